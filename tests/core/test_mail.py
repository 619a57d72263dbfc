"""Letters leave over real SMTP; what a mail server refuses, delays or cannot do has a kind of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from pydantic import SecretStr, ValidationError

from api.core.mail import (
    Letter,
    MailDelayedError,
    MailRefusedError,
    NoMail,
    Smtp,
    SmtpAddress,
    parse_smtp_url,
)
from api.core.transactions import CalledInsideTransactionError
from tests.conftest import make_settings
from tests.make.database import TestDatabase
from tests.make.mail import MailServer, certify, running_mail_server

LETTER = Letter(
    "lee@harbor.example", "Join Côté & Sons – Northside", "Open https://platen.test/invitation#abc\n\nMerci!"
)


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with running_mail_server() as running:
        yield running


def mail_to(server: MailServer, login: str = "") -> Smtp:
    address = parse_smtp_url(f"smtp://{login}127.0.0.1:{server.port}")
    return Smtp(address, sender="Platen <platen@shop.example>", timeout=5)


class TestALetter:
    async def test_arrives_as_it_was_written(self, server: MailServer) -> None:
        await mail_to(server).send(LETTER)
        (arrived,) = server.letters
        assert (arrived["From"], arrived["To"]) == ("Platen <platen@shop.example>", LETTER.to)
        assert arrived["Subject"] == LETTER.subject
        assert arrived["Auto-Submitted"] == "auto-generated"
        assert arrived["Message-ID"].endswith("@shop.example>")
        assert arrived.get_content().splitlines() == LETTER.text.splitlines()
        assert server.recipients == [LETTER.to]

    async def test_is_handed_over_with_the_login(self, server: MailServer) -> None:
        await mail_to(server, "shop%40host:p%2Fss@").send(LETTER)
        assert server.logins == [("shop@host", "p/ss")]

    @pytest.mark.parametrize(
        ("answer", "kind"),
        [
            ("550 no such mailbox", MailRefusedError),
            ("554 spam", MailRefusedError),
            ("451 try later", MailDelayedError),
            ("421 shutting down", MailDelayedError),
        ],
    )
    async def test_that_is_not_taken_says_whether_it_ever_will_be(
        self, server: MailServer, answer: str, kind: type[Exception]
    ) -> None:
        server.answers.append(answer)
        with pytest.raises(kind) as caught:
            await mail_to(server).send(LETTER)
        assert LETTER.to not in str(caught.value)
        assert server.letters == []

    @pytest.mark.parametrize(
        "to",
        [
            "one@a.example,two@b.example",
            "a@b.example>\r\nBcc: c@d.example",
            "<a@b.example",
            "a b@c.example",
            "a@[b.example",
        ],
    )
    async def test_to_what_is_no_single_address_is_refused(self, server: MailServer, to: str) -> None:
        with pytest.raises(MailRefusedError):
            await mail_to(server).send(Letter(to, "s", "t"))
        assert (server.letters, server.recipients) == ([], [])

    async def test_waits_for_a_server_that_is_away(self) -> None:
        away = SmtpAddress("127.0.0.1", 9, implicit_tls=False, starttls=False, username=None, password=None)
        with pytest.raises(MailDelayedError):
            await Smtp(away, sender="a@b.example").send(LETTER)

    async def test_is_not_said_in_clear_to_a_server_that_must_speak_tls(self, server: MailServer) -> None:
        place = SmtpAddress(
            "127.0.0.1", server.port, implicit_tls=False, starttls=True, username="u", password="p"
        )
        with pytest.raises(MailDelayedError):
            await Smtp(place, sender="a@b.example").send(LETTER)
        assert (server.letters, server.logins) == ([], [])

    async def test_is_not_sent_inside_a_transaction(self, app: FastAPI, server: MailServer) -> None:
        async with app.state.database.transaction(None):
            with pytest.raises(CalledInsideTransactionError):
                await mail_to(server).send(LETTER)

    async def test_has_nowhere_to_go_without_a_mail_server(self) -> None:
        assert not NoMail().is_open
        with pytest.raises(MailRefusedError):
            await NoMail().send(LETTER)


@pytest.mark.parametrize("way", ["starttls", "tls"])
class TestTls:
    """A mail server elsewhere is spoken to in TLS only, and only when its certificate is trusted."""

    @staticmethod
    def mail_to(server: MailServer, way: str) -> Smtp:
        login = {"username": "shop", "password": "p"}
        place = SmtpAddress(
            "127.0.0.1", server.port, implicit_tls=way == "tls", starttls=way == "starttls", **login
        )
        return Smtp(place, sender="platen@shop.example", timeout=5)

    async def test_takes_login_and_letter_to_a_server_that_is_trusted(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
    ) -> None:
        certified = certify(tmp_path)
        monkeypatch.setenv("SSL_CERT_FILE", str(certified.authority))
        async with running_mail_server(**{way: certified}) as server:
            await self.mail_to(server, way).send(LETTER)
        assert ([one["To"] for one in server.letters], server.logins) == ([LETTER.to], [("shop", "p")])

    async def test_takes_nothing_to_one_that_is_not(self, tmp_path: Path, way: str) -> None:
        async with running_mail_server(**{way: certify(tmp_path)}) as server:
            with pytest.raises(MailDelayedError, match=r"^SMTP\w+$|^SSL\w+$"):
                await self.mail_to(server, way).send(LETTER)
        assert (server.letters, server.logins) == ([], [])


class TestAnAddressOfAServer:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("smtp://u:p@mail.example", SmtpAddress("mail.example", 587, False, True, "u", "p")),
            ("smtp://mail.example:25", SmtpAddress("mail.example", 25, False, True, None, None)),
            ("smtps://u:p@mail.example", SmtpAddress("mail.example", 465, True, False, "u", "p")),
            ("smtp://localhost:1025", SmtpAddress("localhost", 1025, False, False, None, None)),
        ],
    )
    def test_says_how_to_speak(self, text: str, expected: SmtpAddress) -> None:
        assert parse_smtp_url(text) == expected

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "mail.example:25",
            "http://mail.example",
            "smtp://",
            "smtp://u:p@mail.example:port",
            "smtp://m.example/x",
            "smtp://u:1#p@m.example",
            "smtp://u:p@m.example:0",
            "smtp://u:p@m. example",
            "smtp://u:p@m.ex\nample",
        ],
    )
    def test_that_cannot_be_read_is_refused_without_being_repeated(
        self, database_urls: TestDatabase, text: str
    ) -> None:
        with pytest.raises(ValidationError) as caught:
            make_settings(database_urls, smtp_url=SecretStr(text), mail_from="a@b.example")
        (error,) = caught.value.errors()
        assert error["loc"] == ("smtp_url",)
        assert error["msg"].endswith(
            "SMTP_URL is smtp://login:password@host:port or smtps://…, with %2F for a / in the password"
        )

    @pytest.mark.parametrize(
        ("half", "about"),
        [
            ({"smtp_url": SecretStr("smtp://localhost")}, "SMTP_URL and MAIL_FROM are set together"),
            ({"mail_from": "a@b.example"}, "SMTP_URL and MAIL_FROM are set together"),
            ({"mail_from": "nobody"}, "MAIL_FROM is an e-mail address"),
        ],
    )
    def test_comes_with_a_sender(
        self, database_urls: TestDatabase, half: dict[str, object], about: str
    ) -> None:
        with pytest.raises(ValidationError) as caught:
            make_settings(database_urls, **half)
        assert [about in error["msg"] for error in caught.value.errors()] == [True]

    def test_that_is_empty_is_none(self, database_urls: TestDatabase) -> None:
        made = make_settings(database_urls, smtp_url="", mail_from="")
        assert (made.smtp_url, made.mail_from) == (None, None)
