"""InkSoft Api2 over HTTP: one method per call, always as JSON, paced per account.

Keys travel in the body of a POST; reads are GET and have no body, so there they travel in the query, which nothing of
ours logs.
"""

from collections.abc import Mapping
from typing import Literal

from api.connectors.inksoft.address import method_path
from api.connectors.inksoft.outcomes import sort_answer, sort_failure
from api.connectors.inksoft.wire.envelope import Envelope
from api.connectors.pacing import Pace
from api.connectors.print_shop import Lane
from api.connectors.store_platform import PlatformCredentials
from api.connectors.vendor_errors import LinkBroken, SlowDown
from api.core.http import Answer, HttpDoor, HttpFailure

Params = Mapping[str, str]


class InkSoftClient:
    """Every method raises the five vendor errors and nothing else."""

    def __init__(self, door: HttpDoor, pace: Pace) -> None:
        self._door = door
        self._pace = pace

    async def read(
        self,
        credentials: PlatformCredentials,
        method: str,
        params: Params | None = None,
        *,
        store_uri: str | None = None,
        lane: Lane = "background",
    ) -> Envelope:
        """A GET with the account's key, on the account's own store or on another one."""
        path = method_path(credentials.store_uri if store_uri is None else store_uri, method)
        return await self._call(
            "GET",
            path,
            {**(params or {}), **keys_of(credentials)},
            subject=credentials.store_uri,
            lane=lane,
            secrets=_secrets(credentials),
        )

    async def read_without_key(
        self,
        credentials: PlatformCredentials,
        method: str,
        params: Params,
        *,
        secrets: tuple[str, ...],
        lane: Lane = "background",
    ) -> Envelope:
        """A GET of a method that asks for no key, so it gets none; the pace is still the account's."""
        path = method_path(credentials.store_uri, method)
        return await self._call(
            "GET", path, params, subject=credentials.store_uri, secrets=secrets, lane=lane, keyed=False
        )

    async def sign_in(self, store_uri: str, *, email: str, password: str) -> Envelope:
        """`SignIn`, in the body of a POST."""
        path = method_path(store_uri, "SignIn")
        form = {"Email": email, "Password": password}
        return await self._call(
            "POST", path, form, subject=store_uri, lane="interactive", secrets=(password, email)
        )

    async def _call(
        self,
        verb: Literal["GET", "POST"],
        path: str,
        params: Params,
        *,
        subject: str,
        secrets: tuple[str, ...],
        lane: Lane = "background",
        keyed: bool = True,
    ) -> Envelope:
        subjects = (f"inksoft:{subject}",)
        await self._pace.wait_turn(subjects, lane=lane)
        try:
            return sort_answer(await self._send(verb, path, params), secrets=secrets, keyed=keyed)
        except SlowDown as error:
            await self._pace.push_back(subjects, seconds=error.retry_after)
            raise

    async def _send(self, verb: Literal["GET", "POST"], path: str, params: Params) -> Answer:
        # Without Format the answer is XML.
        fields = {**params, "Format": "JSON"}
        try:
            if verb == "POST":
                return await self._door.send(verb, path, form=fields)
            return await self._door.send(verb, path, params=fields)
        except HttpFailure as failure:
            raise sort_failure(failure) from None


def keys_of(credentials: PlatformCredentials) -> dict[str, str]:
    """The parameter that every call carries: a secret. Without one there is nothing to ask: raises `LinkBroken`."""
    if credentials.api_key:
        return {"ApiKey": credentials.api_key}
    if credentials.session_token:
        return {"SessionToken": credentials.session_token}
    raise LinkBroken("inksoft", "the stored credentials do not open")


def _secrets(credentials: PlatformCredentials) -> tuple[str, ...]:
    return tuple(filter(None, (credentials.api_key, credentials.session_token)))
