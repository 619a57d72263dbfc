"""What the keys must be: those that sealed what is stored, and by which linked accounts and API keys are recognised."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.db import Database, name_workspace
from api.core.secrets import CannotUnsealError, KeyedHash, Sealer
from api.doctor.findings import Finding, ok, wrong
from api.linking.actions.attempts import claim_key
from api.linking.queries.credentials import secret_place

MOST_WORKSPACES: Final = 100
MOST_PEOPLE: Final = 1_000
_PEOPLE = text("SELECT id FROM person ORDER BY id LIMIT :most")
_ENTERED = text("SELECT workspace_id FROM membership WHERE person_id = :person ORDER BY workspace_id")
_SEALED = text("SELECT id, sealed FROM connection WHERE workspace_id = :workspace AND sealed IS NOT NULL")
_CLAIMS = text("""
SELECT claim.platform AS side, claim.external_key AS key,
       CASE claim.platform WHEN 'inksoft' THEN link.inksoft_account ELSE link.printavo_account END AS account
FROM account_claim claim JOIN link ON link.workspace_id = claim.workspace_id AND link.id = claim.link_id
WHERE claim.workspace_id = :workspace
""")


@dataclass(frozen=True, slots=True)
class Looked:
    """The workspaces that are looked at; `is_all` is false when there may be more."""

    workspaces: Sequence[UUID]
    is_all: bool

    def tell(self, told: str) -> str:
        return (
            told
            if self.is_all
            else f"{told} Only the first {len(self.workspaces)} workspaces were looked at."
        )


async def check_keys(
    database: Database, sealer: Sealer, hashes: KeyedHash, *, most: int = MOST_WORKSPACES
) -> list[Finding]:
    """Whether PLATEN_MASTER_KEYS opens what is sealed, and PLATEN_HMAC_KEY recognises who is linked. Nothing is written."""
    looked = await _find_workspaces(database, most=most)
    return [await _check_sealing(database, sealer, looked), await _check_hashing(database, hashes, looked)]


async def _find_workspaces(database: Database, *, most: int) -> Looked:
    """A workspace is seen by its members before anybody enters it: row-level security shows them to no one else."""
    found: dict[UUID, None] = {}
    async with database.look(None) as session:
        people = list(await session.scalars(_PEOPLE, {"most": MOST_PEOPLE + 1}))
        for person_id in people[:MOST_PEOPLE]:
            await name_workspace(session, None, person_id=person_id)
            found.update(dict.fromkeys(await session.scalars(_ENTERED, {"person": person_id})))
            if len(found) > most:
                break
    is_all = len(found) <= most and len(people) <= MOST_PEOPLE
    return Looked(list(found)[:most], is_all)


async def _check_sealing(database: Database, sealer: Sealer, looked: Looked) -> Finding:
    opened = 0
    for workspace_id in looked.workspaces:
        try:
            async with database.look(workspace_id) as session:
                opened += await _open_all(session, sealer, workspace_id)
        except CannotUnsealError as error:
            return wrong(
                "keys",
                f"Stored credentials cannot be opened: {error}.",
                "Put the key that sealed them back into PLATEN_MASTER_KEYS, behind the new one.",
            )
    return ok("keys", looked.tell(f"{opened} stored credentials open." if opened else _none(looked)))


def _none(looked: Looked) -> str:
    return "No credentials are stored yet." if looked.is_all else "No stored credentials were found."


async def _open_all(session: AsyncSession, sealer: Sealer, workspace_id: UUID) -> int:
    rows = (await session.execute(_SEALED, {"workspace": workspace_id})).all()
    for row in rows:
        await sealer.unseal(session, secret_place(workspace_id, row.id), row.sealed)
    return len(rows)


async def _check_hashing(database: Database, hashes: KeyedHash, looked: Looked) -> Finding:
    known = strange = 0
    for workspace_id in looked.workspaces:
        async with database.look(workspace_id) as session:
            claims: Sequence[Any] = (await session.execute(_CLAIMS, {"workspace": workspace_id})).all()
        same = sum(claim_key(hashes, claim.side, claim.account) == claim.key for claim in claims)
        known, strange = known + same, strange + len(claims) - same
    if strange:
        return wrong(
            "hash_key",
            f"PLATEN_HMAC_KEY is not the key that {strange} linked accounts were recorded with: API keys made with that one "
            "are refused, an account could be linked twice, and what was written to Printavo is not found by its mark.",
            "Put the earlier key back into PLATEN_HMAC_KEY: it is one that never changes.",
        )
    told = (
        f"{known} linked accounts are recognised."
        if known
        else "No account is linked that PLATEN_HMAC_KEY could be tried on."
    )
    return ok("hash_key", looked.tell(told))
