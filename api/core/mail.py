"""The way out for letters: a port with two ends, one mail server, and a twin for houses that have none.

Sending happens in a job (`core.letters`), never inside a transaction. Errors name their kind only: what a mail server says
can quote an address.
"""

import asyncio
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, localtime, make_msgid, parseaddr
from typing import Protocol
from urllib.parse import unquote, urlsplit

import aiosmtplib

from api.core.setting_addresses import LOOPBACK, has_gaps
from api.core.transactions import refuse_inside_transaction

_REFUSED = 500


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in plain text to one address."""

    to: str
    subject: str
    text: str


class MailRefusedError(Exception):
    """Nobody will ever take this letter: the address or the letter itself is refused, or there is no mail server."""


class MailDelayedError(Exception):
    """The letter was not taken now. It may be later, and very rarely it was taken all the same."""


class Mail(Protocol):
    """Where letters leave."""

    @property
    def is_open(self) -> bool:
        """Whether letters leave at all; without a mail server people pass links on themselves."""
        ...

    async def send(self, letter: Letter) -> None:
        """Hand one letter over; raises `MailRefusedError` or `MailDelayedError`."""
        ...


class NoMail:
    """The twin for houses without a mail server."""

    is_open = False

    async def send(self, letter: Letter) -> None:
        del letter
        message = "no mail server is configured"
        raise MailRefusedError(message)


@dataclass(frozen=True, slots=True)
class SmtpAddress:
    """A mail server. `implicit_tls` speaks TLS from the first byte, `starttls` insists on it before anything is said."""

    host: str
    port: int
    implicit_tls: bool
    starttls: bool
    username: str | None
    password: str | None


def parse_smtp_url(text: str) -> SmtpAddress:
    """`smtps://login:password@host:465` or `smtp://…:587`; only this machine may be spoken to in clear. Raises ValueError."""
    message = "SMTP_URL is smtp://login:password@host:port or smtps://…, with %2F for a / in the password"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise ValueError(message) from None
    beyond = parts.path.strip("/") or parts.query or parts.fragment
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or port == 0 or beyond or has_gaps(text):
        raise ValueError(message)
    implicit = parts.scheme == "smtps"
    return SmtpAddress(
        host=parts.hostname,
        port=port or (465 if implicit else 587),
        implicit_tls=implicit,
        starttls=not implicit and parts.hostname not in LOOPBACK,
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
    )


class Smtp:
    """One mail server. `sender` is an address, with or without a name; `timeout` is the whole handing-over in seconds."""

    is_open = True

    def __init__(self, address: SmtpAddress, *, sender: str, timeout: float = 30.0) -> None:
        self._address = address
        self._sender = sender
        self._timeout = timeout

    async def send(self, letter: Letter) -> None:
        refuse_inside_transaction("the mail server")
        try:
            message = self._write(letter)
        except (ValueError, MessageError, AttributeError, IndexError):
            # The last two are the standard library's own slips at what is no address, such as `a@[b.example`.
            raise MailRefusedError("not an address") from None
        try:
            async with asyncio.timeout(self._timeout):
                await self._hand_over(message, letter.to)
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise _outcome(max(one.code for one in error.recipients)) from None
        except (aiosmtplib.SMTPDataError, aiosmtplib.SMTPSenderRefused) as error:
            raise _outcome(error.code) from None
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            raise MailDelayedError(type(error).__name__) from None

    async def _hand_over(self, message: EmailMessage, to: str) -> None:
        place = self._address
        await aiosmtplib.send(
            message,
            sender=parseaddr(self._sender)[1],
            recipients=[to],
            hostname=place.host,
            port=place.port,
            username=place.username,
            password=place.password,
            use_tls=place.implicit_tls,
            start_tls=place.starttls,
            timeout=self._timeout,
        )

    def _write(self, letter: Letter) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = Address(addr_spec=letter.to)
        message["Subject"] = letter.subject
        message["Date"] = format_datetime(localtime())
        message["Message-ID"] = make_msgid(domain=parseaddr(self._sender)[1].rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        return message


def _outcome(code: int) -> MailRefusedError | MailDelayedError:
    kind = MailRefusedError if code >= _REFUSED else MailDelayedError
    return kind(f"answer {code}")
