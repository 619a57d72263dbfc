"""The link as it is shown: both sides, since when, and the one thing to say about its health."""

from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.linking.rules import NATIVE_LINK_WARNING, health_message, link_state, troubled_side
from api.linking.schemas.accounts import LinkedInkSoft, LinkedPrintavo
from api.linking.schemas.links import Link, LinkHealth

_SIDE = """
jsonb_build_object('external_id', {side}.external_id, 'account_name', {side}.account_name, 'plan', {side}.plan,
    'currency', {side}.currency, 'state', {side}.state, 'state_since', {side}.state_since,
    'checked_at', {side}.checked_at, {details})
"""
_INKSOFT = _SIDE.format(
    side="inksoft",
    details="'store_uri', inksoft.details -> 'store_uri', 'is_main_store', inksoft.details -> 'is_main_store'",
)
_PRINTAVO = _SIDE.format(
    side="printavo",
    details="'user_email', printavo.details -> 'user_email', 'time_zone', printavo.details -> 'time_zone'",
)
# The newest link of the workspace, ended or not: its version goes on counting from link to link, so that no ETag is
# ever used twice for two different things.
_READ = text(f"""
SELECT link.id, link.currency, link.linked_at, link.last_synced_at, link.share_orders_from, link.native_link,
       link.ended_at, link.version, person.name AS linked_by, {_INKSOFT} AS inksoft, {_PRINTAVO} AS printavo
  FROM link
  JOIN connection inksoft ON inksoft.workspace_id = link.workspace_id AND inksoft.id = link.inksoft_connection_id
  JOIN connection printavo ON printavo.workspace_id = link.workspace_id AND printavo.id = link.printavo_connection_id
  LEFT JOIN person ON person.id = link.linked_by
 WHERE link.workspace_id = :workspace ORDER BY link.epoch DESC LIMIT 1
""")  # noqa: S608 - the parts are the constants above


async def get_link(session: AsyncSession, workspace_id: UUID) -> tuple[Link, int]:
    """The link and its version (0 when there never was one)."""
    row = (await session.execute(_READ, {"workspace": workspace_id})).one_or_none()
    if row is None:
        return Link(), 0
    if row.ended_at is not None:
        return Link(), row.version
    return _link(row), row.version


def _link(row: Any) -> Link:
    inksoft, printavo = LinkedInkSoft(**row.inksoft), LinkedPrintavo(**row.printavo)
    return Link(
        id=row.id,
        state=link_state((inksoft.state, printavo.state)),
        inksoft=inksoft,
        printavo=printavo,
        currency=row.currency,
        linked_at=row.linked_at,
        linked_by=row.linked_by,
        last_synced_at=row.last_synced_at,
        share_orders_from=row.share_orders_from,
        native_link=row.native_link,
        native_link_warning=NATIVE_LINK_WARNING if row.native_link else None,
        health=_health(inksoft, printavo),
    )


def _health(inksoft: LinkedInkSoft, printavo: LinkedPrintavo) -> LinkHealth:
    side = troubled_side(inksoft.state, printavo.state)
    if side is None:
        return LinkHealth(ok=True)
    broken = inksoft if side == "inksoft" else printavo
    return LinkHealth(
        ok=False, side=side, since=broken.state_since, message=health_message(side, broken.state)
    )
