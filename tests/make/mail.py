"""A real mail server on loopback that keeps what it is given, and can be told to refuse."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


# Without slots: an early Python 3.11 cannot list the members of a class with slots made by a dataclass, as aiosmtpd does.
@dataclass
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


@dataclass(frozen=True, slots=True)
class Certified:
    """A server's side of TLS for 127.0.0.1; `authority` is a file that a client may trust."""

    context: ssl.SSLContext
    authority: Path


def certify(folder: Path) -> Certified:
    """A certificate that nobody in the world trusts, made now."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.test")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    shown, private = folder / "mail.crt", folder / "mail.key"
    shown.write_bytes(certificate.public_bytes(Encoding.PEM))
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(shown, private)
    return Certified(context, shown)


@asynccontextmanager
async def running_mail_server(
    *, starttls: Certified | None = None, tls: Certified | None = None
) -> AsyncIterator[MailServer]:
    """A mail server on a free port of this machine: in clear, with `starttls` only after it, or with `tls` from the first byte."""
    kept = MailServer()
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(
            kept, hostname="mail.test", auth_require_tls=False, authenticator=kept.authenticate,
            tls_context=starttls.context if starttls else None, require_starttls=starttls is not None,
        ),
        "127.0.0.1",
        0,
        ssl=tls.context if tls else None,
    )  # fmt: skip
    kept.port = server.sockets[0].getsockname()[1]
    async with server:
        yield kept
