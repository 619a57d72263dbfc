"""How PostgreSQL finds what one person did: by index, in a history in which they are a small part."""

import pytest

from api.core.ids import new_id
from tests.make.database import TestDatabase
from tests.make.plans import Explainer, fill, read_whole, rows_of
from tests.stores.conftest import Shop

EVENTS, OTHERS, OWN = 40_000, 20, 12
DANA = new_id()

# The first of their events are the person's: walking the history from its newest end would read all of it.
_FILL = f"""
WITH made AS (
    INSERT INTO event (workspace_id, id, type, subject_type, subject_id, actor, data)
    SELECT workspace, gen_random_uuid(), 'store.shared', 'store', gen_random_uuid(), jsonb_build_object(
        'name', 'Dana', 'person_id',
        CASE WHEN n <= {OWN} AND shop = 1 THEN CAST('{DANA}' AS uuid) ELSE others.ids[1 + n % {OTHERS}] END), '{{}}'
    FROM unnest(ARRAY[CAST(:shop AS uuid), gen_random_uuid()]) WITH ORDINALITY AS shops (workspace, shop),
        generate_series(1, {EVENTS}) n,
        (SELECT array_agg(gen_random_uuid()) AS ids FROM generate_series(1, {OTHERS})) others
    RETURNING workspace_id, id
)
INSERT INTO event_position (workspace_id, event_id) SELECT workspace_id, id FROM made
"""  # noqa: S608 - constants


@pytest.fixture
async def explain(shop: Shop, database_urls: TestDatabase) -> Explainer:
    """Two shops' histories; a dozen of the oldest events of one are Dana's."""
    return await fill(database_urls, shop, _FILL, analyze=("event", "event_position"))


class TestWhatSomebodyDid:
    async def test_is_found_by_index_however_long_ago(self, explain: Explainer) -> None:
        """Planned for whom it is asked of: who did most of it is found soonest from the newest end."""
        (nodes,) = await explain.plans(
            "/v1/audit-events", "event_position", "force_custom_plan", person_id=str(DANA)
        )
        assert not read_whole(nodes) & {"event", "event_position"}
        assert rows_of(nodes, "event") == rows_of(nodes, "event_position") == OWN
