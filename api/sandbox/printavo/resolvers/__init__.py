"""The executable schema: the SDL beside this package, with a resolver wherever the record does not speak for itself."""

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ariadne import ObjectType, ScalarType, UnionType, load_schema_from_path, make_executable_schema
from graphql import GraphQLObjectType, GraphQLSchema, get_named_type

from api.sandbox.printavo.orders import Order
from api.sandbox.printavo.resolvers.caller import Caller
from api.sandbox.printavo.resolvers.mutations import MUTATION_ROOTS
from api.sandbox.printavo.resolvers.order_fields import ORDER_FIELDS
from api.sandbox.printavo.resolvers.queries import QUERIES
from api.sandbox.printavo.resolvers.shop_fields import SHOP_FIELDS

SCHEMA_PATH = Path(__file__).parent.parent / "schema.graphql"
_HUMP = re.compile(r"(?<!^)([A-Z])")


def build_schema() -> GraphQLSchema:
    """Raises when the SDL and the resolvers do not fit together."""
    roots = {"Query": QUERIES, "Mutation": MUTATION_ROOTS}
    bound = [_object(name, fields) for name, fields in {**roots, **SHOP_FIELDS, **ORDER_FIELDS}.items()]
    unions = [
        UnionType("OrderUnion", _order_kind),
        UnionType("TransactedForUnion", _order_kind),
        UnionType("TransactionUnion", lambda entry, *_: "Refund" if entry.refunds else "Payment"),
    ]
    scalars = [
        ScalarType("ISO8601Date", serializer=date.isoformat, value_parser=_read_date),
        ScalarType("ISO8601DateTime", serializer=_write_instant, value_parser=_read_instant),
    ]
    sdl = load_schema_from_path(str(SCHEMA_PATH))
    schema = make_executable_schema(sdl, *bound, *unions, *scalars, convert_names_case=snake)
    _complete(schema)
    return schema


def snake(name: str, *_: Any) -> str:
    """``publicImageUrl`` is ``public_image_url``; ``address1`` stays."""
    return _HUMP.sub(r"_\1", name).lower()


def _object(name: str, fields: dict[str, Callable[..., Any]]) -> Any:
    bound = ObjectType(name)
    for field, resolver in fields.items():
        bound.set_field(field, resolver)
    return bound


def _complete(schema: GraphQLSchema) -> None:
    """Timestamps are the record's own; every other connection pages a list that the record holds."""
    special = {**SHOP_FIELDS, **ORDER_FIELDS, "Query": QUERIES, "Mutation": MUTATION_ROOTS}
    for kind in schema.type_map.values():
        if not isinstance(kind, GraphQLObjectType):
            continue
        for name, field in kind.fields.items():
            if name == "timestamps":
                field.resolve = _itself
            elif get_named_type(field.type).name.endswith("Connection") and name not in special.get(
                kind.name, {}
            ):
                field.resolve = _paged(snake(name))
    stamps = schema.type_map["ObjectTimestamps"]
    if isinstance(stamps, GraphQLObjectType):
        stamps.fields["createdAt"].resolve = lambda record, _: record.made_at
        stamps.fields["updatedAt"].resolve = lambda record, _: record.changed_at


def _itself(record: Any, _: Any) -> Any:
    return record


def _paged(attribute: str) -> Callable[..., Any]:
    def resolve(record: Any, info: Any, **window: Any) -> Any:
        caller: Caller = info.context
        items = getattr(record, attribute)
        if items and hasattr(items[0], "position"):
            items = sorted(items, key=lambda item: item.position)
        return caller.page(items, window)

    return resolve


def _order_kind(order: Order, *_: Any) -> str:
    return "Invoice" if order.is_invoice else "Quote"


def _write_instant(instant: datetime) -> str:
    """Whole seconds with the account's offset."""
    return instant.isoformat(timespec="seconds")


def _read_instant(text: Any) -> str:
    """As the ledger keeps it. Raises ValueError."""
    return datetime.fromisoformat(_text(text)).isoformat()


def _read_date(text: Any) -> str:
    return date.fromisoformat(_text(text)).isoformat()


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("an ISO 8601 text is expected")
    return value
