"""Jobs of identity: letters go out, and what a workspace keeps of requests is forgotten when nobody can repeat them any more."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from api.connectors.registry import Toolbox
from api.core.idempotency import ANSWERS, forget_answers
from api.core.jobs import JobBook
from api.core.letters import LETTERS, Fate, claim_letter, delay_letter, forget_letters, settle_letter
from api.core.mail import MailDelayedError, MailRefusedError
from api.core.work import cancel_work, schedule_work
from api.identity.actions.resets import RESETS, mail_resets

book = JobBook()
# Answers that end one after another are forgotten together, not by one job each.
AT_MOST_EVERY = timedelta(hours=1)


@book.job(ANSWERS)
async def tidy_answers(tools: Toolbox, /, *, workspace_id: str, **_: Any) -> None:
    """Forget the answers to requests of yesterday (I10)."""
    workspace = UUID(workspace_id)
    now = tools.clock.now()
    async with tools.database.transaction(workspace) as session:
        # Taken down first: whoever keeps an answer meanwhile waits here and puts it up again.
        await cancel_work(session, workspace, ANSWERS)
        due_at = await forget_answers(session, workspace, now=now)
        if due_at is not None:
            await schedule_work(session, workspace, ANSWERS, due_at=max(due_at, now + AT_MOST_EVERY))


@book.job(LETTERS)
async def send_letters(tools: Toolbox, /, *, workspace_id: str, **_: Any) -> None:
    """Send what waits, letter by letter; one that is not taken now is tried again later."""
    tenant = UUID(workspace_id)
    while await _send_letter(tools, tenant):
        pass
    async with tools.database.transaction(tenant) as session:
        # Taken down first: whoever writes a letter meanwhile waits here and puts it up again.
        await cancel_work(session, tenant, LETTERS)
        due_at = await forget_letters(session, tenant, now=tools.clock.now())
        if due_at is not None:
            await schedule_work(session, tenant, LETTERS, due_at=due_at)


@book.job(RESETS)
async def mail_password_resets(tools: Toolbox, /, *, workspace_id: str, **_: Any) -> None:
    """Mail the links that somebody asked for; the id is the person's, or nobody's."""
    person_id = UUID(workspace_id)
    public_url = tools.settings.platen_public_url
    async with tools.database.transaction(person_id) as session:
        await mail_resets(session, tools.sealer, person_id, public_url=public_url, now=tools.clock.now())


async def _send_letter(tools: Toolbox, tenant_id: UUID) -> bool:
    """Send the next letter that is due; whether there was one."""
    async with tools.database.transaction(tenant_id) as session:
        claimed = await claim_letter(session, tools.sealer, tenant_id, now=tools.clock.now())
    if claimed is None:
        return False
    letter_id, tries, letter = claimed
    try:
        await tools.mail.send(letter)
    except MailDelayedError:
        async with tools.database.transaction(tenant_id) as session:
            await delay_letter(session, tenant_id, letter_id, tries=tries, now=tools.clock.now())
        return True
    except MailRefusedError:
        fate: Fate = "failed"
    else:
        fate = "sent"
    async with tools.database.transaction(tenant_id) as session:
        await settle_letter(session, tenant_id, letter_id, fate)
    return True
