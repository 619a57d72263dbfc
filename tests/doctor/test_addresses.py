"""Addresses in the settings that lead nowhere, or somewhere else than they seem to: no door opens, and the doctor says which."""

import os
import subprocess
import sys

import pytest
from pydantic import SecretStr, ValidationError

from api.core.config import Settings, tell_what_is_wrong
from tests.conftest import PROJECT, make_settings
from tests.make.database import TestDatabase
from tests.make.service import environment_of

NONSENSE = ["", "platen.shop", "javascript:alert(1)", "https://:443", "https://pla ten.shop", "https://platen.shop\n", "https://[::1",
            "ftp://platen.shop", "https://platen.shop:port", "https://platen.shop:0", "https://dana:very-secret@platen.shop",
            "https://platen.shop/app", "https://platen.shop?a=b", "https://platen.shop#", "https://*", "//platen.shop"]  # fmt: skip
OF_DATABASES = ["", "db.example", "mysql://a:very-secret@h/x", "postgresql://a:very-secret@h:port/x", "javascript:alert(1)",
                "postgresql://a:12#very-secret@h/x", "postgresql://a:very secret@h/x", "postgresql://a:very-secret@h\n/x",
                "postgresql://a:very-secret@h:0/x"]  # fmt: skip

ALL_WRONG = {
    "PLATEN_PUBLIC_URL": "http://shop.example/very-odd", "APP_ORIGINS": "*", "INKSOFT_URL": "stores.inksoft.com/very",
    "PRINTAVO_URL": "https://a:very-secret@printavo.example", "DATABASE_DIRECT_URL": "postgresql://a:1#very-secret@h/x",
    "SMTP_URL": "smtp://a:very-secret@mail .example", "MAIL_FROM": "dana@shop.example",
}  # fmt: skip


def refusal_of(urls: TestDatabase, name: str, value: object) -> str:
    with pytest.raises(ValidationError) as caught:
        make_settings(urls, **{name: value})
    (told,) = tell_what_is_wrong(caught.value)
    return told


class TestAnAddress:
    @pytest.mark.parametrize("name", ["platen_public_url", "inksoft_url", "printavo_url"])
    @pytest.mark.parametrize("value", NONSENSE)
    def test_of_the_web_that_is_none_is_refused_by_name(
        self, database_urls: TestDatabase, name: str, value: str
    ) -> None:
        told = refusal_of(database_urls, name, value)
        assert told.startswith(f"{name.upper()}: an address ")
        assert not value or value not in told
        assert "very-secret" not in told

    @pytest.mark.parametrize("name", ["database_url", "database_owner_url", "database_direct_url"])
    @pytest.mark.parametrize("value", OF_DATABASES)
    def test_of_a_database_that_is_none_is_refused_by_name(
        self, database_urls: TestDatabase, name: str, value: str
    ) -> None:
        told = refusal_of(database_urls, name, SecretStr(value))
        assert told.startswith(f"{name.upper()}: an address is postgresql://")
        assert "very" not in told

    @pytest.mark.parametrize("name", ["platen_public_url", "app_origins"])
    def test_that_people_open_is_encrypted_but_on_this_machine(
        self, database_urls: TestDatabase, name: str
    ) -> None:
        """Over plain HTTP a browser drops the session cookie, and nobody stays signed in."""
        told = refusal_of(database_urls, name, "http://192.168.1.20:8470")
        assert told.startswith(f"{name.upper()}: an address that people open is https://host")
        assert "session cookie" in told

    @pytest.mark.parametrize(
        ("written", "meant"),
        [("https://Platen.Shop:443/", "https://platen.shop"), ("https://platen.shop:8443", "https://platen.shop:8443"),
         ("http://localhost:8470", "http://localhost:8470"), ("http://[::1]:8470/", "http://[::1]:8470"),
         ("http://127.0.0.1:80", "http://127.0.0.1")],
    )  # fmt: skip
    def test_that_people_open_is_compared_as_browsers_write_it(
        self, database_urls: TestDatabase, written: str, meant: str
    ) -> None:
        made = make_settings(database_urls, platen_public_url=written, app_origins=f"{written}, {written}")
        assert made.origins == {meant}

    def test_of_a_vendor_may_be_plain_and_have_a_port(self, database_urls: TestDatabase) -> None:
        made = make_settings(
            database_urls, inksoft_url="http://ink_soft:8481/", printavo_url="http://[::1]:9"
        )
        assert (made.inksoft_url, made.printavo_url) == ("http://ink_soft:8481/", "http://[::1]:9")


class TestTheCommands:
    """The doors and the doctor, as processes, with everything wrong at once."""

    @pytest.mark.parametrize("command", ["serve", "work", "doctor"])
    def test_name_each_and_repeat_none(self, settings: Settings, command: str) -> None:
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "api.cli", command], cwd=PROJECT, capture_output=True, text=True, check=False,
            env={**environment_of(settings), **ALL_WRONG, "PATH": os.environ["PATH"]}, timeout=60,
        )  # fmt: skip
        said = done.stdout + done.stderr
        assert done.returncode == 1
        for name in set(ALL_WRONG) - {"MAIL_FROM"}:
            assert name in said
        assert "Traceback" not in said
        assert "very" not in said
