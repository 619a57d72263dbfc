"""One GraphQL request: read from the wire, judged (schema, depth, cost), run."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from ariadne import graphql
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    get_operation_ast,
    parse,
    validate,
)

from api.sandbox.printavo.cost import MAX_COMPLEXITY, MAX_DEPTH, Cost
from api.sandbox.printavo.resolvers.caller import Caller
from api.sandbox.printavo.wording import say_error
from api.sandbox.simulator import Refused

_NOBODY_NEEDS_A_PASS_FOR = {"login", "__typename"}


class Unreadable(Exception):
    """The body cannot be a request. ``status`` 500 is what the vendor's server falls over with."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed request; ``operation`` is None when it names none, or one of several without saying which."""

    text: str
    parsed: DocumentNode
    operation: OperationDefinitionNode | None
    name: str | None
    variables: dict[str, Any]

    @property
    def roots(self) -> list[str]:
        """The root fields in order of appearance, twice when aliased twice."""
        if self.operation is None:
            return []
        parts = {
            each.name.value: each
            for each in self.parsed.definitions
            if isinstance(each, FragmentDefinitionNode)
        }
        return _fields(parts, self.operation.selection_set)

    @property
    def signs_in(self) -> bool:
        """Nothing but ``login``: the one thing that may be asked without credentials."""
        return "login" in self.roots and set(self.roots) <= _NOBODY_NEEDS_A_PASS_FOR

    @property
    def changes(self) -> bool:
        return self.operation is not None and self.operation.operation is OperationType.MUTATION


def read_document(body: bytes) -> Document:
    """Raises Unreadable, or GraphQLError when the query is no GraphQL."""
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError as broken:
        raise Unreadable("Bad Request", 400) from broken
    if not isinstance(content, dict) or not isinstance(content.get("query"), str):
        raise GraphQLError("No query string was present")
    variables = content.get("variables")
    if variables is None:
        variables = {}
    if not isinstance(variables, dict):  # an empty PHP array arrives as [] and is the classic case
        raise Unreadable("variables", 500)
    name = content.get("operationName") or None
    parsed = parse(content["query"])
    return Document(content["query"], parsed, get_operation_ast(parsed, name), name, variables)


def judge(schema: GraphQLSchema, document: Document) -> list[GraphQLError]:
    """Everything that is wrong before it runs: one unknown field fails the whole document."""
    faults = validate(schema, document.parsed, max_errors=20)
    if faults:
        return faults
    if document.operation is None:
        return [GraphQLError("An operation name is required")]
    cost = Cost(schema, document.parsed, document.variables)
    depth = cost.depth(document.operation)
    if depth > MAX_DEPTH:
        return [GraphQLError(f"Query has depth of {depth}, which exceeds max depth of {MAX_DEPTH}")]
    complexity = cost.complexity(document.operation)
    if complexity > MAX_COMPLEXITY:
        sentence = f"Query has complexity of {complexity}, which exceeds max complexity of {MAX_COMPLEXITY}"
        return [GraphQLError(sentence)]
    return []


async def run(schema: GraphQLSchema, document: Document, caller: Caller) -> dict[str, Any]:
    """The body of the answer. Fields of a mutation run one after the other, each complete before the next."""
    faults = judge(schema, document)
    if faults:
        return {"errors": [say_error(fault) for fault in faults]}
    _, result = await graphql(
        schema,
        {"query": document.text, "variables": document.variables, "operationName": document.name},
        context_value=caller,
        query_document=document.parsed,
        query_validator=_judged_already,
        error_formatter=lambda error, _: say_error(error),
        logger=_LOG,
    )
    return result


def _judged_already(*_: Any, **__: Any) -> list[GraphQLError]:
    return []


def _fields(parts: Mapping[str, FragmentDefinitionNode], selections: SelectionSetNode) -> list[str]:
    """Fields by name, fragments opened once each: nothing has been validated yet."""
    names: list[str] = []
    for node in selections.selections:
        if isinstance(node, FieldNode):
            names.append(node.name.value)
        elif isinstance(node, InlineFragmentNode):
            names += _fields(parts, node.selection_set)
        elif isinstance(node, FragmentSpreadNode) and node.name.value in parts:
            rest = {name: part for name, part in parts.items() if name != node.name.value}
            names += _fields(rest, parts[node.name.value].selection_set)
    return names


def _is_a_surprise(record: logging.LogRecord) -> bool:
    """Refusals are answers, not faults of the sandbox."""
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(getattr(error, "original_error", error), Refused | GraphQLError)


_LOG = logging.getLogger("api.sandbox.printavo")
_LOG.addFilter(_is_a_surprise)
