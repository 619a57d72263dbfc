"""The contract is fresh, complete and clean."""

from typing import Any

import pytest

from api.contract import build, render
from api.permissions import PERMISSIONS
from api.rooms import ROUTERS
from tests.conftest import PROJECT

DOCUMENT = build()
OPERATIONS: list[tuple[str, str, dict[str, Any]]] = [
    (path, method, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
]
IDS = [operation["operationId"] for _, _, operation in OPERATIONS]


class TestTheContract:
    def test_is_committed_as_it_is(self) -> None:
        committed = (PROJECT / "openapi" / "openapi.json").read_text()
        assert committed == render(), "run `make contract` and commit it"

    def test_operation_ids_are_unique_and_are_the_functions_names(self) -> None:
        assert len(IDS) == len(set(IDS))
        names = {route.name for router in ROUTERS for route in router.routes if hasattr(route, "name")}
        assert set(IDS) == names

    def test_every_operation_has_a_line_in_the_permission_table(self) -> None:
        assert set(IDS) - set(PERMISSIONS) == set()

    @pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=IDS)
    def test_an_operation_says_what_it_does_and_how_it_fails(
        self, path: str, method: str, operation: dict[str, Any]
    ) -> None:
        del path, method
        assert len(operation["tags"]) == 1
        assert operation.get("description"), "the route function's docstring"
        statuses = {int(status) for status in operation["responses"]}
        assert 422 in statuses
        if operation["security"]:
            assert {401, 403, 404} <= statuses
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                assert list(response["content"]) == ["application/problem+json"], status

    def test_components_are_described(self) -> None:
        bare = [
            name
            for name, schema in DOCUMENT["components"]["schemas"].items()
            if schema.get("type") == "object" and not schema.get("description")
        ]
        assert bare == []
