"""A real mail server on loopback that keeps what it is given, and can be told to refuse."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass(slots=True)
class MailServer:
    """What arrived is in `letters`, in order; `answers` are said to the next letters instead of 250."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        del server, session
        if self.answers:
            return self.answers.pop(0)
        content = envelope.original_content or b""
        self.letters.append(message_from_bytes(content, policy=policy.default))
        self.recipients += [str(one) for one in envelope.rcpt_tos]
        return "250 kept"

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        del server, session, envelope, mechanism
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=True)


@asynccontextmanager
async def running_mail_server() -> AsyncIterator[MailServer]:
    """A mail server on a free port of this machine."""
    kept = MailServer()
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(kept, hostname="mail.test", auth_require_tls=False, authenticator=kept.authenticate),
        "127.0.0.1",
        0,
    )
    kept.port = server.sockets[0].getsockname()[1]
    async with server:
        yield kept
