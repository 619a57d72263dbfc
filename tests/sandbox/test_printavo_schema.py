"""The sandbox's SDL: a part of the vendor's, and every field of it can really be asked."""

import os
from pathlib import Path
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    get_named_type,
    is_required_argument,
    validate_schema,
)

from api.sandbox.printavo.resolvers import SCHEMA_PATH
from tests.sandbox.printavo_shop import Books

OURS = build_schema(SCHEMA_PATH.read_text())
TYPES = sorted(name for name in OURS.type_map if not name.startswith("__"))
CAPTURED = os.environ.get("PRINTAVO_SCHEMA")


@pytest.fixture(scope="session")
def captured() -> GraphQLSchema:
    if not CAPTURED:
        pytest.skip("PRINTAVO_SCHEMA does not name the vendor's captured schema")
    return build_schema(Path(CAPTURED).read_text())


def shape(field: Any) -> dict[str, Any]:
    """The type of a field with the types and defaults of its arguments, as text."""
    arguments = getattr(field, "args", {})
    return {
        "type": str(field.type),
        "args": {name: (str(each.type), each.default_value) for name, each in arguments.items()},
        "deprecated": getattr(field, "deprecation_reason", None),
    }


class TestTheSDL:
    def test_is_valid(self) -> None:
        assert validate_schema(OURS) == []

    def test_makes_no_invoice_directly(self) -> None:
        assert OURS.mutation_type is not None
        assert "invoiceCreate" not in OURS.mutation_type.fields

    @pytest.mark.parametrize("name", TYPES)
    def test_says_what_the_vendor_says(self, captured: GraphQLSchema, name: str) -> None:
        ours, theirs = OURS.type_map[name], captured.type_map.get(name)
        assert theirs is not None, f"{name} is no type of the vendor's"
        assert type(ours) is type(theirs)
        if isinstance(ours, GraphQLEnumType):
            assert isinstance(theirs, GraphQLEnumType)
            assert list(ours.values) == list(theirs.values)
        if isinstance(ours, GraphQLUnionType):
            assert isinstance(theirs, GraphQLUnionType)
            assert {each.name for each in ours.types} <= {each.name for each in theirs.types}
        for field, own in getattr(ours, "fields", {}).items():
            assert field in theirs.fields, f"{name}.{field} is no field of the vendor's"  # type: ignore[attr-defined]  # as ours
            assert shape(own) == shape(theirs.fields[field]), f"{name}.{field}"  # type: ignore[attr-defined]  # as ours

    @pytest.mark.parametrize(
        "name", [name for name in TYPES if isinstance(OURS.type_map[name], GraphQLInputObjectType)]
    )
    def test_leaves_out_nothing_that_the_vendor_requires(self, captured: GraphQLSchema, name: str) -> None:
        ours, theirs = OURS.type_map[name], captured.type_map[name]
        assert isinstance(ours, GraphQLInputObjectType)
        assert isinstance(theirs, GraphQLInputObjectType)
        required = {field for field, each in theirs.fields.items() if str(each.type).endswith("!")}
        assert required <= set(ours.fields)


def asked(kind: GraphQLNamedType, deep: int) -> str:
    """A selection of every field of a type that needs no argument, this many levels down."""
    if isinstance(kind, GraphQLUnionType):
        parts = " ".join(f"... on {each.name} {asked(each, deep)}" for each in kind.types)
        return "{ __typename " + parts + " }"
    if not isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        return ""
    fields = []
    for name, field in kind.fields.items():
        below = get_named_type(field.type)
        leaf = not isinstance(below, GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType)
        if any(is_required_argument(each) for each in field.args.values()) or (not leaf and deep == 0):
            continue
        first = "(first: 1)" if "first" in field.args else ""
        # Two members of a union may give one field different nullability; an alias keeps them apart.
        alias = f"{kind.name.lower()}_{name}: " if deep else ""
        fields.append(f"{alias}{name}{first} {asked(below, deep - 1)}")
    return "{ __typename " + " ".join(fields) + " }"


def roots() -> list[str]:
    assert OURS.query_type is not None
    return sorted(OURS.query_type.fields)


IDS = {
    "contact": "50001",
    "customer": "30001",
    "invoice": "900040",
    "lineItem": "700001",
    "lineItemGroup": "400001",
    "merchOrder": "1",
    "merchStore": "1",
    "order": "900001",
    "quote": "900001",
    "status": "256601",
    "transaction": "830001",
}


class TestEveryField:
    """Asked of a seeded shop, no field falls over and no non-null one is null."""

    @pytest.mark.parametrize("root", roots())
    def test_below_a_root_can_be_asked(self, books: Books, root: str) -> None:
        assert OURS.query_type is not None
        field = OURS.query_type.fields[root]
        argument = f'(id: "{IDS[root]}")' if "id" in field.args else ""
        argument = "(first: 2)" if "first" in field.args else argument
        body = books.body(f"{{ {root}{argument} {asked(get_named_type(field.type), 3)} }}")
        assert "errors" not in body, body["errors"][:3]
        assert body["data"][root] is not None, "the seed holds nothing to ask here"

    @pytest.mark.parametrize(
        "switch", [{"zero_sizes": "listed"}, {"money_noise": "off"}, {"time_zone_form": "rails"}]
    )
    def test_can_be_asked_under_other_switches(self, books: Books, switch: dict[str, str]) -> None:
        books.switch(**switch)
        query = f'{{ order(id: "900040") {asked(OURS.type_map["OrderUnion"], 5)} user {{ timeZone }} }}'
        assert "errors" not in books.body(query)


class TestTheWording:
    """Wrong documents are refused whole, in graphql-ruby's manner."""

    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("{ account { plan } }", "Field 'plan' doesn't exist on type 'Account'"),
            (
                "{ orders(ids: [1]) { pageInfo { endCursor } } }",
                "Field 'orders' doesn't accept argument 'ids'",
            ),
            ("mutation { invoiceCreate { id } }", "Field 'invoiceCreate' doesn't exist on type 'Mutation'"),
            ("{ order { __typename } }", "Field 'order' is missing required arguments: id"),
            (
                'mutation { lineItemUpdate(id: "1", input: { price: 1 }) { id } }',
                "Argument 'position' on InputObject 'LineItemInput' is required",
            ),
            (
                'mutation { lineItemUpdate(id: "1", input: { position: 1, personalizations: [] }) { id } }',
                "InputObject 'LineItemInput' doesn't accept argument 'personalizations'",
            ),
        ],
    )
    def test_of_a_document(self, books: Books, query: str, said: str) -> None:
        body = books.body(query)
        assert body["errors"][0]["message"] == said
        assert "data" not in body

    @pytest.mark.parametrize(
        ("value", "said"),
        [
            ({}, "Variable $i was provided invalid value for position (Expected value to not be null)"),
            (
                {"position": None},
                "Variable $i was provided invalid value for position (Expected value to not be null)",
            ),
            ({"position": 1, "x": 1}, "Variable $i was provided invalid value for x (Field is not defined)"),
            (
                {"position": 1, "sizes": [{"size": "M"}]},
                "Variable $i was provided invalid value for sizes[0].size",
            ),
            (None, "Variable $i was provided invalid value"),
        ],
    )
    def test_of_a_variable(self, books: Books, value: Any, said: str) -> None:
        query = 'mutation($i: LineItemInput!) { lineItemUpdate(id: "700001", input: $i) { id } }'
        assert books.errors(query, i=value)[0] == said
        assert books.written() == []

    def test_never_repeats_what_was_sent(self, books: Books) -> None:
        query = 'mutation($i: LineItemInput!) { lineItemUpdate(id: "700001", input: $i) { id } }'
        assert "Dana" not in str(books.errors(query, i={"position": 1, "buyer": "Dana"}))
