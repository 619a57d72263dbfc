"""A house with a mail server: what is mailed arrives over real SMTP, after the jobs ran."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from email.message import EmailMessage

import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from api.core.config import Settings
from api.core.db import Database
from api.main import create_app
from api.worker import drain_jobs, open_databases
from tests.make.clock import SteerableClock
from tests.make.database import TestDatabase
from tests.make.mail import MailServer, running_mail_server


@dataclass(frozen=True, slots=True)
class MailingHouse:
    """The app with a mail server behind it; `post` runs the jobs and returns what has arrived since."""

    app: FastAPI
    settings: Settings
    server: MailServer
    worker: Database
    dispatch: Database

    async def post(self) -> list[EmailMessage]:
        before = len(self.server.letters)
        await drain_jobs(self.settings, replace(self.app.state.tools, database=self.worker), self.dispatch)
        # Resets are found by one job and their letters sent by another, which is due with the next look.
        await drain_jobs(self.settings, replace(self.app.state.tools, database=self.worker), self.dispatch)
        return self.server.letters[before:]


@pytest.fixture
async def house(
    settings: Settings, clock: SteerableClock, database_urls: TestDatabase
) -> AsyncIterator[MailingHouse]:
    async with running_mail_server() as server:
        mailing = settings.model_copy(
            update={
                "smtp_url": SecretStr(f"smtp://127.0.0.1:{server.port}"),
                "mail_from": "Platen <platen@shop.example>",
            }
        )
        app = create_app(mailing, clock=clock)
        worker, dispatch = open_databases(mailing)
        async with app.router.lifespan_context(app):
            yield MailingHouse(app, mailing, server, worker, dispatch)
        await worker.close()
        await dispatch.close()
    await database_urls.empty()


def link_in(letter: EmailMessage) -> str:
    """The token in the one link of a letter."""
    (line,) = [line for line in letter.get_content().splitlines() if line.startswith("https://platen.test/")]
    return str(line).partition("#")[2]
