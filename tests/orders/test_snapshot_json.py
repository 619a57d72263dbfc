"""Orders survive being stored: whatever a platform says comes back from JSON as it was."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from api.connectors.store_platform import OrderSnapshot
from api.orders.rules.snapshot_json import snapshot_from_json, snapshot_to_json
from tests.make.snapshots import any_snapshot

thorough = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)


class TestASnapshotInJson:
    @pytest.mark.rule("A4")
    @thorough
    @given(any_snapshot())
    def test_comes_back_as_it_was(self, order: OrderSnapshot) -> None:
        text = snapshot_to_json(order)
        assert snapshot_from_json(text) == order
        assert snapshot_from_json(json.loads(text)) == order

    @thorough
    @given(any_snapshot())
    def test_is_still_read_when_a_member_was_dropped_since(self, order: OrderSnapshot) -> None:
        stored: dict[str, Any] = json.loads(snapshot_to_json(order))
        assert snapshot_from_json({**stored, "gone_since": [1, 2]}) == order

    @pytest.mark.parametrize("broken", ["", "[]", '{"external_id": "1"}', "null"])
    def test_is_refused_when_it_is_something_else(self, broken: str) -> None:
        with pytest.raises(ValueError, match="validation error"):
            snapshot_from_json(broken)
