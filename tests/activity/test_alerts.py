"""New exceptions reach people by mail: one letter for all of them, at most every quarter of an hour."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from api.activity.jobs.alerts import mail_alerts
from api.core.attention import AttentionCode, Note, note_all
from api.core.db import Database
from api.core.ids import new_id
from api.core.mail import NoMail
from tests.identity.conftest import MailingHouse, house
from tests.make.browser import Browser, make_browser
from tests.make.clock import SteerableClock
from tests.make.exceptions import exceptions, resolve
from tests.make.tabs import choose

__all__ = ["house"]
MINE = "dana@northside.example"


@pytest.fixture
async def dana(house: MailingHouse) -> AsyncIterator[Browser]:
    async with make_browser(house.app) as made:
        await made.sign_up()
        yield made


async def note(
    house: MailingHouse, browser: Browser, code: AttentionCode, count: int = 1, **details: Any
) -> None:
    database: Database = house.app.state.database
    workspace = UUID(browser.workspace_id)
    notes = [Note(code, "order", new_id(), str(number), details) for number in range(count)]
    async with database.transaction(workspace) as session:
        await note_all(session, workspace, notes)


@pytest.mark.rule("E3")
class TestAlerts:
    async def test_tell_what_is_new_once_in_one_letter(
        self, house: MailingHouse, dana: Browser, clock: SteerableClock
    ) -> None:
        await note(house, dana, "order_unreadable", number="2041")
        await note(house, dana, "rounding", order_number="2042", amount=2)
        await choose(dana, alert_emails=[MINE, "office@northside.example"])
        await house.post()
        assert sorted(house.server.recipients) == [MINE, "office@northside.example"]
        letter = house.server.letters[0]
        assert letter["Subject"] == "2 things need you in Northside Print Co"
        body = letter.get_content()
        assert "- InkSoft lists order 2041 and does not give it in full" in body
        assert "- The parts of order 2042 and its total differ by 0.02." in body
        assert "See to them here: https://platen.test" in body
        clock.move(minutes=16)
        await house.post()
        assert len(house.server.letters) == 2, "nothing new, no letter"

    async def test_come_at_most_every_quarter_of_an_hour(
        self, house: MailingHouse, dana: Browser, clock: SteerableClock
    ) -> None:
        await note(house, dana, "rounding", order_number="1", amount=1)
        await choose(dana, alert_emails=[MINE])
        await house.post()
        await note(house, dana, "rounding", order_number="2", amount=1)
        for _ in range(7):
            clock.move(minutes=2)
            await house.post()
        assert len(house.server.letters) == 1
        clock.move(minutes=2)
        await house.post()
        assert [each["Subject"] for each in house.server.letters[1:]] == [
            "One thing needs you in Northside Print Co"
        ]

    async def test_are_about_the_chosen_kinds_only(
        self, house: MailingHouse, dana: Browser, clock: SteerableClock
    ) -> None:
        await choose(dana, alert_emails=[MINE], alert_kinds=["sync"])
        await note(house, dana, "rounding", order_number="2042", amount=2)
        await house.post()
        assert house.server.letters == []
        await note(house, dana, "orders_missing", missing=3)
        clock.move(minutes=16)
        await house.post()
        (letter,) = house.server.letters
        assert "InkSoft counts 3 orders more" in letter.get_content()

    async def test_leave_out_what_was_resolved_before_anybody_was_told(
        self, house: MailingHouse, dana: Browser
    ) -> None:
        await note(house, dana, "rounding", order_number="2042", amount=2)
        (found,) = await exceptions(dana)
        assert (await resolve(dana, found, fix="dismiss", reason="It is fine.")).status_code == 200
        await choose(dana, alert_emails=[MINE])
        await house.post()
        assert house.server.letters == []

    async def test_of_many_tell_the_first_and_count_the_rest(
        self, house: MailingHouse, dana: Browser
    ) -> None:
        await note(house, dana, "order_unreadable", 25)
        await choose(dana, alert_emails=[MINE])
        await house.post()
        (letter,) = house.server.letters
        lines = [line for line in letter.get_content().splitlines() if line.startswith("- ")]
        assert (letter["Subject"], len(lines), lines[-1]) == (
            "25 things need you in Northside Print Co", 21, "- and 5 more",
        )  # fmt: skip

    async def test_end_when_nobody_wants_them_any_more(
        self, house: MailingHouse, dana: Browser, clock: SteerableClock
    ) -> None:
        await choose(dana, alert_emails=[MINE])
        await house.post()
        await choose(dana, alert_emails=[])
        await note(house, dana, "rounding", order_number="2042", amount=2)
        clock.move(minutes=16)
        await house.post()
        assert house.server.letters == []

    async def test_wait_for_a_mail_server_and_then_tell_all(
        self, house: MailingHouse, dana: Browser, clock: SteerableClock
    ) -> None:
        await note(house, dana, "order_unreadable", number="2041")
        await choose(dana, alert_emails=[MINE])
        without = replace(house.app.state.tools, database=house.worker, mail=NoMail())
        await mail_alerts(without, workspace_id=dana.workspace_id)
        clock.move(minutes=16)
        await house.post()
        (letter,) = house.server.letters
        assert "2041" in letter.get_content()

    @pytest.mark.rule("I12")
    async def test_tell_nothing_of_another_workspace(self, house: MailingHouse, dana: Browser) -> None:
        async with make_browser(house.app) as harper:
            await harper.sign_up(name="Harper Lund", workspace="Harbor Stitch")
            await note(house, harper, "order_unreadable", number="7777")
        await note(house, dana, "order_unreadable", number="2041")
        await choose(dana, alert_emails=[MINE])
        await house.post()
        (letter,) = house.server.letters
        assert "2041" in letter.get_content()
        assert "7777" not in letter.get_content()
