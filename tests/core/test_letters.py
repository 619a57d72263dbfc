"""Letters that wait: sealed, sent once, tried again, given up, forgotten; whatever happens to the mail server."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from api.connectors.registry import Toolbox
from api.core.letters import LETTERS, MOST_TRIES, claim_letter, write_letter
from api.core.mail import Letter, NoMail, Smtp, parse_smtp_url
from api.identity.jobs import send_letters
from tests.make.clock import SteerableClock
from tests.make.mail import MailServer, running_mail_server

TENANT = uuid4()
LETTER = Letter("lee@harbor.example", "An invitation", "https://platen.test/invitation#canary-token")


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with running_mail_server() as running:
        yield running


@pytest.fixture
def mailing(app: FastAPI, server: MailServer) -> Toolbox:
    """The toolbox of a house with a mail server."""
    tools: Toolbox = app.state.tools
    mail = Smtp(parse_smtp_url(f"smtp://127.0.0.1:{server.port}"), sender="platen@shop.example")
    return replace(tools, mail=mail)


async def write(tools: Toolbox, letter: Letter = LETTER) -> UUID:
    async with tools.database.transaction(TENANT) as session:
        return await write_letter(session, tools.sealer, TENANT, letter, now=tools.clock.now())


async def run(tools: Toolbox) -> None:
    await send_letters(tools, workspace_id=str(TENANT))


async def kept(tools: Toolbox) -> list[tuple[str, int, bool]]:
    """State, tries, and whether the content is still there."""
    async with tools.database.transaction(TENANT) as session:
        rows = await session.execute(
            text("SELECT state, tries, sealed IS NOT NULL AS sealed FROM letter ORDER BY id")
        )
        return [(row.state, row.tries, row.sealed) for row in rows]


async def due_in(tools: Toolbox) -> list[float]:
    """In how many seconds the job looks again."""
    async with tools.database.transaction(TENANT) as session:
        due = await session.scalars(
            text("SELECT due_at FROM workspace_work WHERE workspace_id = :tenant AND kind = :kind"),
            {"tenant": TENANT, "kind": LETTERS},
        )
        return [round((each - tools.clock.now()).total_seconds()) for each in due]


class TestALetterThatWaits:
    @pytest.mark.rule("I13")
    async def test_is_kept_sealed_and_its_content_is_erased_once_it_was_sent(
        self, mailing: Toolbox, server: MailServer
    ) -> None:
        await write(mailing)
        async with mailing.database.transaction(TENANT) as session:
            sealed = await session.scalar(text("SELECT sealed FROM letter"))
        assert sealed is not None
        assert b"canary" not in sealed
        assert LETTER.to.encode() not in sealed
        await run(mailing)
        assert [one.get_content().strip() for one in server.letters] == [LETTER.text]
        assert await kept(mailing) == [("sent", 1, False)]

    async def test_is_sent_once_by_workers_that_come_together(
        self, mailing: Toolbox, server: MailServer
    ) -> None:
        for number in range(5):
            await write(mailing, replace(LETTER, subject=f"letter {number}"))
        await asyncio.gather(*(run(mailing) for _ in range(4)))
        assert sorted(one["Subject"] for one in server.letters) == [f"letter {number}" for number in range(5)]

    async def test_is_tried_again_later_and_less_and_less_often(
        self, mailing: Toolbox, server: MailServer, clock: SteerableClock
    ) -> None:
        server.answers += ["451 later", "451 later"]
        await write(mailing)
        waits = []
        for _ in range(3):
            await run(mailing)
            waits += await due_in(mailing)
            clock.move(seconds=waits[-1] + 1)
        assert waits[:2] == [30, 60]
        assert len(server.letters) == 1
        assert await kept(mailing) == [("sent", 3, False)]

    async def test_is_given_up_in_the_end(
        self, mailing: Toolbox, server: MailServer, clock: SteerableClock
    ) -> None:
        server.answers += ["451 later"] * (MOST_TRIES + 1)
        await write(mailing)
        for _ in range(MOST_TRIES + 1):
            await run(mailing)
            clock.move(hours=2)
        assert await kept(mailing) == [("failed", MOST_TRIES, False)]

    async def test_that_is_refused_has_failed_at_once_and_holds_up_no_other(
        self, mailing: Toolbox, server: MailServer
    ) -> None:
        server.answers.append("550 no such mailbox")
        await write(mailing)
        await write(mailing)
        await run(mailing)
        assert await kept(mailing) == [("failed", 1, False), ("sent", 1, False)]

    async def test_of_a_worker_that_died_is_sent_by_another(
        self, mailing: Toolbox, server: MailServer, clock: SteerableClock
    ) -> None:
        await write(mailing)
        async with mailing.database.transaction(TENANT) as session:
            assert await claim_letter(session, mailing.sealer, TENANT, now=clock.now())
        await run(mailing)
        assert (len(server.letters), await kept(mailing)) == (0, [("waiting", 1, True)])
        clock.move(minutes=3)
        await run(mailing)
        assert (len(server.letters), await kept(mailing)) == (1, [("sent", 2, False)])

    async def test_that_cannot_be_opened_holds_up_no_other_and_has_failed_in_the_end(
        self, mailing: Toolbox, server: MailServer, clock: SteerableClock
    ) -> None:
        await write(mailing)
        async with mailing.database.transaction(TENANT) as session:
            await session.execute(text("UPDATE letter SET sealed = sealed || '\\x00'"))
        await write(mailing, replace(LETTER, subject="the next one"))
        await run(mailing)
        assert [one["Subject"] for one in server.letters] == ["the next one"]
        for _ in range(MOST_TRIES):
            clock.move(minutes=3)
            await run(mailing)
        assert sorted(await kept(mailing)) == [("failed", MOST_TRIES + 1, False), ("sent", 1, False)]

    async def test_fails_when_the_mail_server_was_taken_away(self, mailing: Toolbox) -> None:
        await write(mailing)
        await run(replace(mailing, mail=NoMail()))
        assert await kept(mailing) == [("failed", 1, False)]

    async def test_is_forgotten_a_month_later(self, mailing: Toolbox, clock: SteerableClock) -> None:
        await write(mailing)
        await run(mailing)
        assert await due_in(mailing) == [30 * 24 * 3600]
        clock.move(days=30, minutes=1)
        await run(mailing)
        assert (await kept(mailing), await due_in(mailing)) == ([], [])
