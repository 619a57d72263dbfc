"""Printavo's API over HTTP: one document per call, paced per user and per egress address (I14)."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Final

from api.connectors.answers import DEFAULT_PAUSE
from api.connectors.pacing import Pace
from api.connectors.print_shop import Lane, ShopCredentials
from api.connectors.printavo.documents import DOCUMENTS, Document, FurtherPage, join_pages, join_writes
from api.connectors.printavo.outcomes import sort_answer, sort_failure
from api.connectors.vendor_errors import LinkBroken, SlowDown, Unexpected, Unreachable
from api.core.http import HttpDoor, HttpFailure

PATH: Final = "/api/v2"

# Seconds that a caller waits for its turn before it is told to come back.
_PATIENCE: Final[Mapping[Lane, float]] = {"interactive": 10.0, "background": 120.0}


class PrintavoClient:
    """Every method raises the five vendor errors and nothing else. `egress` names the address that calls leave from."""

    def __init__(self, door: HttpDoor, pace: Pace, *, egress: str) -> None:
        self._door = door
        self._pace = pace
        self._egress = egress

    async def ask(
        self,
        credentials: ShopCredentials,
        name: str,
        variables: Mapping[str, Any] | None = None,
        *,
        atomic: bool = True,
    ) -> Any:
        """Send the document called `name` and return what its root field holds; `atomic` as in `sort_answer`.

        Only a query may be answered by null: a mutation that says neither what it did nor why not is `Unexpected`.
        """
        document = DOCUMENTS[name]
        (value,) = await self._call_signed(credentials, document, variables or {}, atomic=atomic)
        if value is None and document.is_write:
            raise Unexpected("printavo", f"{name}: null without an error")
        return value

    async def ask_pages(self, credentials: ShopCredentials, pages: Sequence[FurtherPage]) -> list[Any]:
        """One call for all these pages; each is what its root field holds, in their order."""
        return await self._call_signed(credentials, *join_pages(pages))

    async def ask_writes(
        self,
        credentials: ShopCredentials,
        writes: Sequence[tuple[str, Mapping[str, Any]]],
        *,
        atomic: bool,
    ) -> list[Any]:
        """One call for all these mutations (document, variables); each is what its root field holds, in their order."""
        document, variables = join_writes(writes)
        values = await self._call_signed(credentials, document, variables, atomic=atomic)
        if None in values:
            raise Unexpected("printavo", "null without an error")
        return values

    async def sign_in(self, *, email: str, password: str) -> Any:
        """`login`, which needs no token and counts against the user like every call; null when it is refused."""
        (value,) = await self._call(
            DOCUMENTS["login"],
            {"email": email, "password": password},
            email=email,
            lane="interactive",
            headers={},
            secrets=(password,),
        )
        return value

    async def _call_signed(
        self,
        credentials: ShopCredentials,
        document: Document,
        variables: Mapping[str, Any],
        *,
        atomic: bool = True,
    ) -> list[Any]:
        if not credentials.token:
            raise LinkBroken("printavo", "the stored credentials do not open")
        headers = {"email": credentials.email, "token": credentials.token}
        if not all(value.isascii() and value.isprintable() for value in headers.values()):
            # They travel as headers, which carry nothing else: Printavo cannot have issued these.
            raise LinkBroken("printavo", "the credentials cannot be sent")
        return await self._call(
            document,
            variables,
            email=credentials.email,
            lane=credentials.lane,
            headers=headers,
            secrets=(credentials.token,),
            atomic=atomic,
        )

    async def _call(
        self,
        document: Document,
        variables: Mapping[str, Any],
        *,
        email: str,
        lane: Lane,
        headers: Mapping[str, str],
        secrets: tuple[str, ...],
        atomic: bool = True,
    ) -> list[Any]:
        """What the document's fields hold, in their order."""
        user = f"printavo:user:{email}"
        await self._wait_turn(user, lane)
        try:
            answer = await self._door.send(
                "POST",
                PATH,
                json={"query": document.text, "variables": dict(variables)},
                headers={"Accept": "application/json", **headers},
            )
            data = sort_answer(answer, document, secrets=secrets, atomic=atomic)
        except HttpFailure as failure:
            raise sort_failure(failure) from None
        except SlowDown as error:
            # Only the user: our own pace keeps the address within the limit, so whoever passed it does so with the same
            # user elsewhere, and the other shops behind our address must not stand still for that.
            await self._pace.push_back((user,), seconds=error.retry_after)
            raise
        if _is_silently_throttled(data):
            await self._pace.push_back((user,), seconds=DEFAULT_PAUSE)
            raise Unreachable("printavo", "an empty page where there is something: silently throttled")
        return [data[field] for field in document.fields]

    async def _wait_turn(self, user: str, lane: Lane) -> None:
        try:
            async with asyncio.timeout(_PATIENCE[lane]):
                await self._pace.wait_turn((user, f"printavo:egress:{self._egress}"), lane=lane)
        except TimeoutError:
            raise SlowDown("printavo", "no turn in time") from None


def _is_silently_throttled(data: Mapping[str, Any]) -> bool:
    """Whether the document's witness, a page that is never empty, came back empty."""
    witness = data.get("witness")
    return isinstance(witness, dict) and not witness.get("nodes")
