"""Every GraphQL document of the Printavo connector: valid, small, of one operation, and never one that acts outside."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    build_schema,
    parse,
    validate,
)

import api.connectors.printavo as connector
from api.connectors.printavo.documents import DOCUMENTS, PAGES, Document, FurtherPage, join_pages, join_writes
from api.connectors.printavo.invoices import MOST_WEIGHT, WEIGHTS
from api.connectors.printavo.mapping.writing import MOST_AT_ONCE

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(connector.__file__).parent
MOST_COMPLEX = 25_000
DEEPEST = 13
ENTRIES = (
    "imprint_create", "imprint_update", "fee_creates", "fee_updates", "payment_create", "payment_update",
    "quote_update", "invoice_update",
)  # fmt: skip
LARGEST_PAGE = 25
ACTS_OUTSIDE = ("fulfilled", "emailMessageCreate", "paymentRequestCreate", "approvalRequestCreate")


def fullest(connection: str) -> Document:
    """As many pages of this connection as are asked for at once."""
    page = FurtherPage(connection, id="1", after="MjU")
    return join_pages([page] * (MOST_WEIGHT // WEIGHTS[connection]))[0]


def fullest_writes(name: str) -> Document:
    """As many of this mutation as are sent at once."""
    return join_writes([(name, {})] * MOST_AT_ONCE)[0]


JOINED = {f"pages of {connection}": fullest(connection) for connection in PAGES}
JOINED |= {f"{name}, joined": fullest_writes(name) for name in ENTRIES}
each_document = pytest.mark.parametrize(
    "document", [*DOCUMENTS.values(), *JOINED.values()], ids=[*DOCUMENTS, *JOINED]
)


@pytest.fixture(scope="module")
def sandbox_schema() -> GraphQLSchema:
    return build_schema((ROOT / "api/sandbox/printavo/schema.graphql").read_text())


@pytest.fixture(scope="module")
def captured_schema() -> GraphQLSchema:
    path = os.environ.get("PRINTAVO_SCHEMA")
    if not path:
        pytest.skip("PRINTAVO_SCHEMA does not name the vendor's captured schema")
    return build_schema(Path(path).read_text())


class Measure:
    """A rough model of Printavo's cost: a field costs 1, what is on a page costs as often as the page is long.

    Both branches of a union are added up, and an omitted `first` counts as the default 25, so this errs on the high side.
    """

    def __init__(self, document: Document) -> None:
        nodes = parse(document.text).definitions
        self.operations = [node for node in nodes if isinstance(node, OperationDefinitionNode)]
        self._fragments = {
            node.name.value: node for node in nodes if isinstance(node, FragmentDefinitionNode)
        }
        # A size that callers choose is stated as the largest they may.
        self._largest = {
            given.variable.name.value: given.default_value
            for operation in self.operations
            for given in operation.variable_definitions or ()
        }
        self.first_of_pages: list[int | None] = []
        self.cost, self.depth = self._measure(self.operations[0].selection_set)

    def _measure(self, selections: SelectionSetNode | None) -> tuple[int, int]:
        cost, depth = 0, 0
        for node in selections.selections if selections else ():
            if isinstance(node, FieldNode):
                inner_cost, inner_depth = self._measure(node.selection_set)
                cost += 1 + inner_cost * self._page(node)
                depth = max(depth, 1 + inner_depth)
                continue
            inner = self._fragments[node.name.value] if isinstance(node, FragmentSpreadNode) else node
            assert isinstance(inner, FragmentDefinitionNode | InlineFragmentNode)
            inner_cost, inner_depth = self._measure(inner.selection_set)
            cost, depth = cost + inner_cost, max(depth, inner_depth)
        return cost, depth

    def _page(self, node: FieldNode) -> int:
        """How often what is below this field is counted: the page size of a connection, otherwise once."""
        if not self._is_connection(node.selection_set):
            return 1
        first = next((value.value for value in node.arguments or () if value.name.value == "first"), None)
        if isinstance(first, VariableNode):
            first = self._largest[first.name.value]
        size = int(first.value) if isinstance(first, IntValueNode) else None
        self.first_of_pages.append(size)
        return LARGEST_PAGE if size is None else size

    def _is_connection(self, selections: SelectionSetNode | None) -> bool:
        for node in selections.selections if selections else ():
            if isinstance(node, FieldNode):
                if node.name.value in {"nodes", "edges"}:
                    return True
            elif isinstance(node, FragmentSpreadNode):
                if self._is_connection(self._fragments[node.name.value].selection_set):
                    return True
            elif isinstance(node, InlineFragmentNode) and self._is_connection(node.selection_set):
                return True
        return False


class TestADocument:
    @each_document
    def test_is_valid_in_the_sandbox(self, document: Document, sandbox_schema: GraphQLSchema) -> None:
        assert validate(sandbox_schema, parse(document.text)) == []

    @each_document
    def test_is_valid_in_the_captured_schema(
        self, document: Document, captured_schema: GraphQLSchema
    ) -> None:
        assert validate(captured_schema, parse(document.text)) == []

    @each_document
    def test_is_far_below_the_limits_of_complexity_and_depth(self, document: Document) -> None:
        measure = Measure(document)
        assert measure.cost <= MOST_COMPLEX
        assert measure.depth <= DEEPEST

    @each_document
    def test_asks_for_pages_of_a_stated_size_of_at_most_25(self, document: Document) -> None:
        for size in Measure(document).first_of_pages:
            assert size is not None
            assert 1 <= size <= LARGEST_PAGE

    @each_document
    def test_is_one_operation_about_its_fields(self, document: Document) -> None:
        (operation,) = Measure(document).operations
        fields = [node for node in operation.selection_set.selections if isinstance(node, FieldNode)]
        answers = [node.alias.value if node.alias else node.name.value for node in fields]
        assert answers in ([*document.fields], [*document.fields, "witness"])
        assert document.is_write == (operation.operation.value == "mutation")

    @each_document
    def test_has_a_witness_when_it_may_honestly_bring_an_empty_page(self, document: Document) -> None:
        if not document.is_write and Measure(document).first_of_pages:
            assert "witness: statuses(first: 1)" in document.text

    @each_document
    def test_never_acts_outside_the_books(self, document: Document) -> None:
        assert not [word for word in ACTS_OUTSIDE if word in document.text]


class TestAllDocuments:
    def test_are_each_used(self) -> None:
        code = "".join(path.read_text() for path in FOLDER.rglob("*.py"))
        assert {name for name in (*DOCUMENTS, *PAGES) if f'"{name}"' not in code} == set()

    def test_but_pages_are_about_one_field(self) -> None:
        assert {len(document.fields) for document in DOCUMENTS.values()} == {1}

    def test_of_pages_answer_in_the_order_asked(self) -> None:
        asked = [FurtherPage("group_lines", "71", "MjU"), FurtherPage("order_fees", "9", "MQ")]
        document, variables = join_pages(asked)
        assert document.fields == ("page0", "page1")
        assert variables == {"id0": "71", "after0": "MjU", "id1": "9", "after1": "MQ"}
        assert document.text.index("page0: lineItemGroup(id: $id0)") < document.text.index(
            "page1: order(id: $id1)"
        )

    def test_of_entries_answer_in_the_order_asked(self) -> None:
        writes: list[tuple[str, dict[str, Any]]] = [
            ("fee_updates", {"inputs": []}),
            ("payment_update", {"id": "7", "input": {}}),
        ]
        document, variables = join_writes(writes)
        assert document.fields == ("write0", "write1")
        assert variables == {"inputs0": [], "id1": "7", "input1": {}}
        assert document.text.index("write0: feeUpdates(inputs: $inputs0)") < document.text.index(
            "write1: transactionPaymentUpdate(id: $id1, input: $input1)"
        )

    def test_use_every_fragment(self) -> None:
        used = set(
            re.findall(
                r"fragment (\w+) on",
                "".join(document.text for document in (*DOCUMENTS.values(), *JOINED.values())),
            )
        )
        written = "".join(path.read_text() for path in (FOLDER / "documents/fragments").glob("*.graphql"))
        assert set(re.findall(r"fragment (\w+) on", written)) == used

    def test_ask_the_same_of_quotes_and_of_invoices(self) -> None:
        fragments = FOLDER / "documents/fragments"
        quote = (fragments / "quote_header.graphql").read_text()
        assert quote.replace("Quote", "Invoice") == (fragments / "invoice_header.graphql").read_text()

    def test_are_measured_as_the_model_says(self) -> None:
        """Two checks by hand, so that a model that counts nothing cannot pass."""
        fees = Measure(join_pages([FurtherPage("order_fees", "9", "MQ")])[0])
        page = 1 + 25 * (1 + 1 + 2 + 1 + 7)  # fees: totalNodes, pageInfo and its two, nodes and their seven
        assert fees.cost == 1 + 2 * page + 1 + 1 * (1 + 1)  # order, both branches, witness
        assert Measure(DOCUMENTS["login"]).cost == 2
        assert Measure(DOCUMENTS["order"]).cost > 5_000
