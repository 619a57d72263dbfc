"""The one way out: HTTP calls to vendors with time-outs, a byte limit after decompression, no redirects, no logging of addresses.

Errors leave as `HttpFailure`, which says whether the request can have reached the other side.
"""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal, Self

import httpx

from api.core.places import stepped_aside
from api.core.transactions import refuse_inside_transaction

MAX_BYTES = 10 * 1024 * 1024

# httpx and httpcore write whole addresses at INFO and DEBUG; the keys of one vendor travel in them.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)
    logging.getLogger(_name).addFilter(lambda record: record.levelno >= logging.WARNING)


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: status, lower-case headers, decoded body of at most the limit's bytes."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class HttpFailure(Exception):
    """No whole answer. `sent` is `no` when nothing can have reached the other side, otherwise `maybe`."""

    def __init__(self, kind: str, *, sent: Literal["no", "maybe"]) -> None:
        super().__init__(kind)
        self.kind = kind
        self.sent = sent


class HttpDoor:
    """A pool of connections to one vendor. `timeout` is the whole call in seconds, answer included."""

    def __init__(self, base_url: str, *, timeout: float = 30.0, max_bytes: int = MAX_BYTES) -> None:
        self._timeout = timeout
        self._max_bytes = max_bytes
        self._client = httpx.AsyncClient(
            base_url=base_url,
            timeout=httpx.Timeout(timeout, connect=min(5.0, timeout)),
            limits=httpx.Limits(max_connections=20, max_keepalive_connections=10, keepalive_expiry=30),
            follow_redirects=False,
            trust_env=False,
            headers={"User-Agent": "Platen/1", "Accept-Encoding": "gzip"},
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        await self._client.aclose()

    async def send(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        json: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """One call; raises `HttpFailure`, never an httpx error. Refuses to run inside a database transaction."""
        refuse_inside_transaction("a vendor")
        request = self._client.build_request(
            method, path, params=params, data=form, json=json, headers=dict(headers or {})
        )
        try:
            async with stepped_aside(), asyncio.timeout(self._timeout):
                return await self._read(request)
        except (
            httpx.ConnectError,
            httpx.ConnectTimeout,
            httpx.PoolTimeout,
            httpx.UnsupportedProtocol,
        ) as error:
            raise HttpFailure(type(error).__name__, sent="no") from None
        except (httpx.HTTPError, httpx.StreamError, TimeoutError) as error:
            raise HttpFailure(type(error).__name__, sent="maybe") from None

    async def _read(self, request: httpx.Request) -> Answer:
        response = await self._client.send(request, stream=True)
        try:
            chunks: list[bytes] = []
            size = 0
            async for chunk in response.aiter_bytes():
                size += len(chunk)
                if size > self._max_bytes:
                    raise HttpFailure("AnswerTooLarge", sent="maybe")
                chunks.append(chunk)
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Answer(status=response.status_code, headers=headers, body=b"".join(chunks))
        finally:
            await response.aclose()
