"""Secrets that went through the whole job, failures and all, are in no log, no answer and no row (L4, I13)."""

import os
import subprocess
import sys
from base64 import b64encode, urlsafe_b64encode
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import quote, quote_plus, urlsplit, urlunsplit

import asyncpg
import pytest
from pydantic import SecretStr

from api.core.config import Settings, parse_master_keys
from api.core.db import Database
from api.core.secrets import Sealer
from tests.journeys.canary_story import Canaries, Story, Told
from tests.make.canaries import dump, find
from tests.make.database import TestDatabase
from tests.make.mail import running_mail_server
from tests.make.sandboxes import Sandboxes
from tests.make.service import environment_of, open_browser, run_command, running_service

# The one answer that shows a one-time link.
INVITED = "POST /v1/invitations 201"


def enumerate_texts(texts: list[str]) -> list[tuple[str, str]]:
    return [(str(place), text) for place, text in enumerate(texts)]


@dataclass(frozen=True, slots=True)
class Swept:
    """Everything that the service left behind, and what must not be in it."""

    canaries: dict[str, str | bytes]
    told: Told
    logs: list[tuple[str, str]]
    dumped: str


@pytest.fixture(scope="module")
def canaries() -> Canaries:
    return Canaries()


@pytest.fixture(scope="module")
async def login(own_database: TestDatabase, canaries: Canaries) -> AsyncIterator[str]:
    """An address with a password that is a canary, for a login that may take the narrow roles."""
    name = f"canary_{os.getpid()}"
    admin = await asyncpg.connect(own_database.admin)
    try:
        await admin.execute(
            f"CREATE ROLE {name} LOGIN PASSWORD '{canaries.database_password}' IN ROLE platen_app, platen_dispatch"
        )
        yield _address(own_database.app, name, canaries.database_password)
        await admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1", name)
        await admin.execute(f"DROP ROLE {name}")
    finally:
        await admin.close()


@pytest.fixture(scope="module")
def canary_settings(door_settings: Settings, login: str, canaries: Canaries) -> Settings:
    return door_settings.model_copy(update={
        "database_url": SecretStr(login), "database_direct_url": SecretStr(login), "database_owner_url": None,
        "platen_master_keys": SecretStr(canaries.master_keys), "platen_hmac_key": SecretStr(canaries.hmac_key),
        "vendor_timeout": 1.0, "log_level": "DEBUG",
    })  # fmt: skip


@pytest.fixture(scope="module")
async def swept(
    canary_settings: Settings, own_database: TestDatabase, own_sandboxes: Sandboxes, canaries: Canaries,
    tmp_path_factory: pytest.TempPathFactory,
) -> Swept:  # fmt: skip
    """The story, told once; the tests look at what is left."""
    told, folder = Told(), tmp_path_factory.mktemp("canaries")
    database = Database(own_database.app, role="platen_app")
    sealer = Sealer(parse_master_keys(canaries.master_keys))
    try:
        async with running_mail_server() as mail:
            login = f"canary:{quote(canaries.mail_password, safe='')}"
            mailing = canary_settings.model_copy(update={
                "smtp_url": SecretStr(f"smtp://{login}@127.0.0.1:{mail.port}"), "mail_from": "platen@canary.example",
            })  # fmt: skip
            with running_service(mailing, folder) as service:
                async with open_browser(service) as browser:
                    await Story(
                        browser,
                        own_sandboxes,
                        own_database,
                        canaries,
                        sealer,
                        database,
                        mail,
                        service.said,
                        told,
                    ).tell()
    finally:
        await database.close()
    logs = [(log.name, log.read_text()) for log in sorted(folder.glob("*.log"))]
    logs += failed_starts(canary_settings, canaries)
    known = {**canaries.known(), **told.cookies, **told.tokens, **told.links}
    return Swept(known, told, logs, dump(own_database.admin))


def failed_starts(settings: Settings, canaries: Canaries) -> list[tuple[str, str]]:
    """What commands say that cannot work with the secrets that they are given."""
    whole, key = environment_of(settings), canaries.master_keys
    login = settings.database_url.get_secret_value()
    shown, wrong = quote(canaries.database_password, safe=""), canaries.wrong_database_password
    given = {
        "a master key that is there twice": {"PLATEN_MASTER_KEYS": f"{key},{key}"},
        "a short key for hashes": {"PLATEN_HMAC_KEY": canaries.hmac_key[:31]},
        "another kind of database": {"DATABASE_URL": login.replace("postgresql", "mysql")},
        "a bare slash in the password": {"DATABASE_URL": login.replace(shown, f"{wrong}/{wrong}")},
        "a wrong password": {"DATABASE_URL": login.replace(shown, wrong)},
        "another kind of mail server": {
            "SMTP_URL": f"http://canary:{quote(canaries.mail_password, safe='')}@mail.example"
        },
    }
    starts = (
        ("serve", "a master key that is there twice"), ("work", "a short key for hashes"),
        ("serve", "another kind of database"), ("work", "a bare slash in the password"), ("migrate", "a wrong password"),
        ("work", "another kind of mail server"),
    )  # fmt: skip

    def start(command: str, about: str) -> tuple[str, str]:
        return f"{command} with {about}", run_command([command], {**whole, **given[about]})

    with ThreadPoolExecutor(4) as threads:
        return list(threads.map(start, *zip(*starts, strict=True)))


@pytest.mark.rule("L4", "I13")
class TestSecrets:
    def test_are_in_no_log_line_at_debug_and_in_no_failed_start(self, swept: Swept) -> None:
        assert find(swept.canaries, swept.logs) == []

    def test_are_in_no_answer_and_no_address_that_it_names(self, swept: Swept) -> None:
        texts = [
            (about, f"{answer.text}\n{name}: {value}")
            for about, answer in swept.told.answers
            for name, value in [("", ""), *answer.headers.items()]
            if name != "set-cookie" and about != INVITED
        ]
        assert find(swept.canaries, texts) == []

    def test_of_an_invitation_are_in_the_one_answer_that_shows_them(self, swept: Swept) -> None:
        shown = [answer.text for about, answer in swept.told.answers if about == INVITED]
        links = {name: secret for name, secret in swept.canaries.items() if name in swept.told.links}
        assert find(links, enumerate_texts(shown)) == ["first invitation in 0", "renewed invitation in 1"]
        others = {name: secret for name, secret in swept.canaries.items() if name not in links}
        assert find(others, enumerate_texts(shown)) == []

    def test_are_in_no_row_of_the_database(self, swept: Swept) -> None:
        assert find(swept.canaries, [("the dump", swept.dumped)]) == []

    def test_of_a_session_are_in_the_cookie_alone(self, swept: Swept) -> None:
        others = {name: secret for name, secret in swept.canaries.items() if name not in swept.told.cookies}
        cookies = [(about, answer.headers.get("set-cookie", "")) for about, answer in swept.told.answers]
        assert find(others, cookies) == []
        assert len(swept.told.cookies) == 3


class TestTheStory:
    """What makes the sweep mean something: the secrets were used, kept sealed, and met every kind of trouble."""

    def test_reached_the_books(self, swept: Swept) -> None:
        assert (swept.told.invoice["push_state"], swept.told.invoice["differences"]) == ("in_printavo", [])

    def test_kept_credentials_sealed(self, swept: Swept, canaries: Canaries) -> None:
        opened = set(swept.told.tokens.values())
        assert {canaries.inksoft_key, canaries.printavo_token} <= opened
        assert sum(token.startswith("ses-") for token in opened) >= 2
        assert canaries.printavo_password not in opened

    def test_met_every_kind_of_refusal(self, swept: Swept) -> None:
        assert {answer.status_code for _, answer in swept.told.answers} >= {
            200, 201, 400, 401, 409, 415, 422, 500, 503,
        }  # fmt: skip

    def test_was_logged_at_debug_with_its_failures(self, swept: Swept) -> None:
        said = dict(swept.logs)
        assert '"level":"debug"' in said["worker.log"]
        assert "request failed" in said["api.log"]
        assert "job failed" in said["worker.log"]
        for about, text in swept.logs:
            assert text.strip(), about


class TestTheSweep:
    """It finds what is there, in every coding, in a log line and in a row."""

    CODINGS: tuple[tuple[str, Callable[[str], str]], ...] = (
        ("plain", str),
        ("URL-encoded", lambda secret: quote(secret, safe="")),
        ("as a form", quote_plus),
        ("in hex", lambda secret: secret.encode().hex().upper()),
        ("in base64", lambda secret: b64encode(secret.encode()).decode()),
        ("in base64 of more", lambda secret: b64encode(f"key={secret}&x".encode()).decode()),
        (
            "in base64 of still more",
            lambda secret: urlsafe_b64encode(f"the key={secret}&xy".encode()).decode(),
        ),
        ("in bytes of base64", lambda secret: b64encode(secret.encode()).hex()),
    )

    @pytest.mark.parametrize(("coding", "code"), CODINGS, ids=[name for name, _ in CODINGS])
    def test_finds_a_secret(self, canaries: Canaries, coding: str, code: Callable[[str], str]) -> None:
        text = f"before {code(canaries.inksoft_key)} after"
        assert find({"key": canaries.inksoft_key}, [(coding, text)]) == [f"key in {coding}"]
        assert find({"key": canaries.wrong_key}, [(coding, text)]) == []

    def test_finds_one_in_a_line_of_our_own_log(self, canaries: Canaries) -> None:
        program = (
            "import logging; from api.core.logs import set_up; set_up('DEBUG'); "
            f"logging.getLogger('platen').debug({canaries.wrong_key!r})"
        )
        command = [sys.executable, "-c", program]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stderr  # noqa: S603 - our own program
        assert find(canaries.known(), [("log", said)]) == ["wrong_key in log"]

    async def test_finds_one_in_any_column(
        self, swept: Swept, own_database: TestDatabase, canaries: Canaries
    ) -> None:
        admin = await asyncpg.connect(own_database.admin)
        try:
            await admin.execute("UPDATE workspace SET name = $1", f"Northside {canaries.password} Co")
            await admin.execute("UPDATE data_key SET wrapped = $1", canaries.inksoft_key.encode())
        finally:
            await admin.close()
        found = find(swept.canaries, [("dump", dump(own_database.admin))])
        assert [place for place in found if not place.startswith("connection")] == [
            "password in dump",
            "inksoft_key in dump",
        ]


def _address(url: str, login: str, password: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(
        parts._replace(netloc=f"{login}:{quote(password, safe='')}@{parts.hostname}:{parts.port}")
    )
