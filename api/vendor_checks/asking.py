"""Raw questions to both vendors: what stands on the wire, before our adapters make sense of it."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from api.connectors.inksoft.address import method_path
from api.connectors.inksoft.client import keys_of
from api.connectors.inksoft.wire.envelope import NotJson, read_envelope
from api.connectors.inksoft.wire.lenient import Unreadable
from api.connectors.pacing import Unpaced
from api.connectors.print_shop import Lane, ShopCredentials
from api.connectors.store_platform import PlatformCredentials
from api.core.http import Answer, HttpDoor

# Asked for with every probe of the credentials: no such key was ever issued.
NO_KEY: Final = "platen-check-no-such-key"


class Apart(Unpaced):
    """Calls `interval` seconds apart: this process is the only one that checks."""

    def __init__(self, interval: float) -> None:
        self._interval = interval

    async def wait_turn(self, subjects: tuple[str, ...], *, lane: Lane) -> None:
        del subjects, lane
        await asyncio.sleep(self._interval)


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as it came. `ok` is null where it was no envelope; `form` is JSON, XML, HTML or another type."""

    status: int
    form: str
    headers: Mapping[str, str]
    ok: bool | None = None
    data: Any = None
    total: int | None = None
    errors: tuple[str, ...] = ()

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The data as a list of objects: one object stands for a list of one."""
        found = self.data if isinstance(self.data, list) else [self.data]
        return [row for row in found if isinstance(row, dict)]

    @property
    def short(self) -> str:
        told = "" if self.ok is None else f", OK {str(self.ok).lower()}"
        return f"HTTP {self.status} {self.form}{told}"


@dataclass(frozen=True, slots=True)
class InkSoftDesk:
    """Asks one account's main store."""

    door: HttpDoor
    credentials: PlatformCredentials

    async def ask(
        self, method: str, *, store_uri: str | None = None, key: str | None = None, **params: str
    ) -> Told:
        """One GET; `key` instead of the account's own."""
        keys = {"ApiKey": key} if key is not None else keys_of(self.credentials)
        path = method_path(store_uri or self.credentials.store_uri, method)
        answer = await self.door.send("GET", path, params={**params, **keys, "Format": "JSON"})
        form = _form(answer)
        try:
            envelope = read_envelope(answer.body)
        except (NotJson, Unreadable):
            return Told(answer.status, form, answer.headers)
        total = envelope.pagination.total_results if envelope.pagination else None
        return Told(answer.status, form, answer.headers, ok=envelope.ok, data=envelope.data, total=total)

    async def list_orders(self, *, first: int, most: int, descending: bool = False, **more: str) -> Told:
        """A page of the order list, by id."""
        direction = "Descending" if descending else "Ascending"
        page = {"Index": str(first), "MaxResults": str(most), "OrderBy": "ID", "OrderByDirection": direction}
        return await self.ask("GetOrderSummaries", **page, **more)

    async def package(self, ids: list[int], *, cards: bool = True) -> Told:
        asked = {"IncludeProductionCards": "true"} if cards else {}
        return await self.ask("GetOrderPackage", OrderIds=json.dumps(ids, separators=(",", ":")), **asked)


@dataclass(slots=True)
class PrintavoDesk:
    """Asks as one user, `interval` seconds apart: ten calls in five seconds are allowed, and other programs call too."""

    door: HttpDoor
    credentials: ShopCredentials
    interval: float
    headers: dict[str, str] = field(default_factory=dict)

    async def ask(self, document: str, *, token: str | None = None, **variables: Any) -> Told:
        """One document. What its headers said of limits is kept in `headers`."""
        await asyncio.sleep(self.interval)
        answer = await self.door.send(
            "POST",
            "/api/v2",
            json={"query": document, "variables": variables},
            headers={
                "Accept": "application/json",
                "email": self.credentials.email,
                "token": token or self.credentials.token,
            },
        )
        self.headers.update({name: answer.headers[name] for name in answer.headers if _is_about_limits(name)})
        return _read(answer)


def _is_about_limits(name: str) -> bool:
    return "limit" in name or "retry" in name or "complexity" in name or "quota" in name


def _read(answer: Answer) -> Told:
    try:
        body = json.loads(answer.body, parse_float=Decimal)
    except ValueError:
        return Told(answer.status, _form(answer), answer.headers)
    errors = body.get("errors") if isinstance(body, dict) else None
    messages = tuple(str(each.get("message", "")) for each in errors or () if isinstance(each, dict))
    data = body.get("data") if isinstance(body, dict) else None
    return Told(answer.status, _form(answer), answer.headers, data=data, errors=messages)


def _form(answer: Answer) -> str:
    kind = answer.content_type
    return {"application/json": "JSON", "text/html": "HTML", "text/xml": "XML", "application/xml": "XML"}.get(
        kind, kind or "without a type"
    )
