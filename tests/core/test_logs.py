"""Nothing secret reaches a log line: our own lines carry named fields only, foreign ones are scrubbed."""

import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.core.logs import JsonLines, scrub

CANARY = "canary7f3a9c"


@pytest.mark.parametrize(
    "text",
    [
        f"GET /falcons/Api2/GetOrder?ApiKey={CANARY}&Format=JSON",
        f"GET /x?APIKey={CANARY}",
        f"SessionToken={CANARY}",
        f'{{"password": "{CANARY}"}}',
        f"token: {CANARY}",
        f"Authorization: Bearer {CANARY}",
        f"postgresql://platen_app:{CANARY}@127.0.0.1:5432/platen",
        f"postgresql+asyncpg://platen_app:{CANARY}@db/platen",
        f"somebody {CANARY}@shop.example wrote",
        f"secret={CANARY}",
    ],
)
def test_credentials_are_blanked(text: str) -> None:
    assert CANARY not in scrub(text)


@given(st.from_regex(r"[A-Za-z0-9_\-]{8,40}", fullmatch=True))
def test_any_key_in_an_address_is_blanked(secret: str) -> None:
    assert secret not in scrub(
        f"GET https://stores.example/shop/Api2/GetStoreData?Format=JSON&ApiKey={secret}"
    ).replace("Format=JSON", "")


def test_only_named_fields_are_written() -> None:
    record = logging.LogRecord("platen.test", logging.INFO, __file__, 1, "request", None, None)
    record.__dict__.update({"status": 200, "password": CANARY, "body": {"token": CANARY}})
    line = json.loads(JsonLines().format(record))
    assert line["status"] == 200
    assert CANARY not in json.dumps(line)


def test_a_traceback_carries_places_not_messages() -> None:
    try:
        try:
            raise ValueError(f"could not use {CANARY}")
        except ValueError as error:
            raise RuntimeError(CANARY) from error
    except RuntimeError as error:
        record = logging.LogRecord(
            "x", logging.ERROR, __file__, 1, "failed", None, (type(error), error, None)
        )
        line = JsonLines().format(record)
    assert CANARY not in line
    assert json.loads(line)["error"] == "RuntimeError"
    assert any("test_logs.py" in place for place in json.loads(line)["trace"])
