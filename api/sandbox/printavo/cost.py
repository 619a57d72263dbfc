"""What a document costs before it runs: one point a field, times the page size below every connection; and how deep it goes."""

from collections.abc import Iterable, Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
)

from api.sandbox.printavo.pages import PAGE_CAP

MAX_COMPLEXITY = 25_000
MAX_DEPTH = 13


class Cost:
    """Of one operation with its variables. Valid documents only; introspection is free."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any]) -> None:
        self._schema = schema
        self._variables = variables
        self._fragments = {
            each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
        }

    def complexity(self, operation: OperationDefinitionNode) -> int:
        return self._of_sets(self._root(operation), [operation.selection_set])

    def depth(self, operation: OperationDefinitionNode) -> int:
        return self._depth_of([operation.selection_set])

    def _root(self, operation: OperationDefinitionNode) -> GraphQLObjectType:
        root = self._schema.get_root_type(operation.operation)
        if root is None:
            raise LookupError(operation.operation.value)
        return root

    def _depth_of(self, sets: Iterable[SelectionSetNode]) -> int:
        deepest = 0
        for node in (each for one in sets for each in one.selections):
            if isinstance(node, FieldNode):
                if not node.name.value.startswith("__"):
                    below = [node.selection_set] if node.selection_set else []
                    deepest = max(deepest, 1 + self._depth_of(below))
            elif isinstance(node, FragmentSpreadNode):
                deepest = max(deepest, self._depth_of([self._fragments[node.name.value].selection_set]))
            elif isinstance(node, InlineFragmentNode):
                deepest = max(deepest, self._depth_of([node.selection_set]))
        return deepest

    def _of_sets(self, parent: GraphQLNamedType, sets: list[SelectionSetNode]) -> int:
        """The dearest of the types that can stand here."""
        if isinstance(parent, GraphQLUnionType | GraphQLInterfaceType):
            return max(self._of_sets(each, sets) for each in self._schema.get_possible_types(parent))
        if not isinstance(parent, GraphQLObjectType):
            return 0
        fields: dict[str, list[FieldNode]] = {}
        for one in sets:
            self._collect(parent, one, fields)
        return sum(self._of_field(parent, nodes) for nodes in fields.values())

    def _collect(
        self, parent: GraphQLObjectType, selections: SelectionSetNode, into: dict[str, list[FieldNode]]
    ) -> None:
        for node in selections.selections:
            if isinstance(node, FieldNode):
                into.setdefault((node.alias or node.name).value, []).append(node)
                continue
            part: Any = self._fragments[node.name.value] if isinstance(node, FragmentSpreadNode) else node
            if self._applies(parent, part.type_condition):
                self._collect(parent, part.selection_set, into)

    def _applies(self, parent: GraphQLObjectType, condition: Any) -> bool:
        if condition is None or condition.name.value == parent.name:
            return True
        kind = self._schema.type_map.get(condition.name.value)
        return isinstance(kind, GraphQLUnionType | GraphQLInterfaceType) and self._schema.is_sub_type(
            kind, parent
        )

    def _of_field(self, parent: GraphQLObjectType, nodes: list[FieldNode]) -> int:
        name = nodes[0].name.value
        if name.startswith("__"):
            return 0
        kind = get_named_type(parent.fields[name].type)
        sets = [node.selection_set for node in nodes if node.selection_set]
        below = self._of_sets(kind, sets)
        if not kind.name.endswith("Connection"):
            return 1 + below
        beside = self._beside(kind, sets)
        return 1 + self._page_size(nodes[0]) * (below - beside) + beside

    def _beside(self, connection: Any, sets: list[SelectionSetNode]) -> int:
        """What is asked once a page and not once a node: nodes and edges themselves, page info, totals."""
        fields: dict[str, list[FieldNode]] = {}
        for one in sets:
            self._collect(connection, one, fields)
        own = 0
        for nodes in fields.values():
            name = nodes[0].name.value
            if name in ("nodes", "edges"):
                own += 1
            elif not name.startswith("__"):
                own += self._of_field(connection, nodes)
        return own

    def _page_size(self, node: FieldNode) -> int:
        asked = [
            size
            for argument in node.arguments or ()
            if argument.name.value in ("first", "last") and (size := self._number(argument.value)) is not None
        ]
        return max(asked, default=PAGE_CAP)

    def _number(self, value: Any) -> int | None:
        if isinstance(value, IntValueNode):
            return int(value.value)
        if isinstance(value, VariableNode):
            given = self._variables.get(value.name.value)
            return given if isinstance(given, int) else None
        return None
