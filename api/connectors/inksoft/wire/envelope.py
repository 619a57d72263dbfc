"""The envelope around every JSON answer, also around those with a 4xx or 5xx status."""

import json
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from pydantic import AliasChoices, Field

from api.connectors.inksoft.wire.lenient import Count, Lenient, Rows, Text, Unreadable, read


class WireMessage(Lenient):
    """One client spells the severity `Serverity`, another `severity`; both are read."""

    content: Text = ""
    severity: Text = Field(default="", validation_alias=AliasChoices("severity", "serverity"))


class WirePagination(Lenient):
    total_results: Count = 0
    included_results: Count = 0
    index: Count = 0


class Envelope(Lenient):
    """`data` is false on failure, but false can be a legal result too: `ok` decides.

    `told_at` is the server's own time, from the answer's `Date`; the body has no say in it.
    """

    ok: bool
    status_code: Text = ""
    data: Any = None
    pagination: WirePagination | None = None
    messages: Rows[WireMessage] = ()
    told_at: datetime | None = None

    @property
    def complaint(self) -> str:
        """What the vendor says is wrong, or ""."""
        texts = [message.content for message in self.messages if message.severity.lower() == "error"]
        texts += [message.content for message in self.messages]
        return next((text for text in texts if text), "")


class NotJson(ValueError):
    """The body is no JSON at all: a page, XML, or cut off."""


def read_envelope(body: bytes) -> Envelope:
    """Numbers become exact decimals. Raises `NotJson`, or `Unreadable` for JSON that is no envelope."""
    try:
        data = json.loads(body.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_refuse_constant)
    except RecursionError:
        raise Unreadable("Envelope: nested too deeply") from None
    except ValueError:
        raise NotJson from None
    return read(Envelope, data)


_CONSTANTS: Final = "NaN and Infinity are not JSON"


def _refuse_constant(name: str) -> None:
    raise ValueError(_CONSTANTS, name)
