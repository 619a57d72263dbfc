"""Asks the vendors whose credentials these are (L1): guesses are counted first, then both sides at once, outside transactions."""

import asyncio
from collections.abc import Mapping
from uuid import UUID

from api.connectors.partner import PARTNERS, PartnerUnavailable, unavailable
from api.connectors.ports import PrintShop, StorePlatform
from api.connectors.print_shop import ShopCredentials
from api.connectors.registry import Toolbox
from api.connectors.store_platform import PlatformCredentials
from api.connectors.vendor_errors import LinkBroken, Refused, Side, Unreachable, VendorError
from api.core.problems import Problem
from api.core.schema import Wire
from api.identity.attempts import (
    TooManyAttempts,
    count_failure,
    forget_failures,
    hold_attempts,
    take_back_failure,
)
from api.identity.rules.guessing import FREE
from api.linking.rules import REQUIRED_PLAN, Access, has_required_plan, platform_access, shop_access
from api.linking.schemas.sign_ins import InkSoftSignIn, PrintavoSignIn

# Below the time that the edge gives a request, so that the answer names the partner.
ASK_SECONDS = 15.0

Way = InkSoftSignIn | PrintavoSignIn | PlatformCredentials | ShopCredentials


class InvalidCredentials(Problem):
    """These credentials were not accepted. Check the address, the e-mail and the password or key."""

    status = 422

    class Extra(Wire):
        side: Side


class PlanNotEligible(Problem):
    """The plan of this account does not include the link."""

    status = 409

    class Extra(Wire):
        """`plan` is null where the vendor does not tell it."""

        side: Side
        plan: str | None


VERIFY_PROBLEMS = (InvalidCredentials, PlanNotEligible, PartnerUnavailable, TooManyAttempts)


async def verify_accounts(
    tools: Toolbox, ways: Mapping[Side, Way], *, workspace_id: UUID, address: str
) -> dict[Side, Access]:
    """The verified account of every side asked for. Raises one of `VERIFY_PROBLEMS`, InkSoft's first; stores nothing."""
    guesses = {
        side: [tools.hashes.digest(f"attempt:{side}", _subject(way))]
        for side, way in ways.items()
        if isinstance(way, InkSoftSignIn | PrintavoSignIn)
    }
    shared = [
        tools.hashes.digest("attempt:link", str(workspace_id)),
        tools.hashes.digest("attempt:link-address", address),
    ]
    await _count(tools, guesses, shared)
    answers = await _ask_all(tools, ways)
    await _settle(tools, guesses, shared, answers)
    for answer in answers.values():
        if isinstance(answer, Problem):
            raise answer
    return {side: answer for side, answer in answers.items() if isinstance(answer, Access)}


async def ask(tools: Toolbox, side: Side, way: Way) -> Access | Problem:
    """One side's account, or the problem with it: one of `VERIFY_PROBLEMS`, returned and not raised."""
    try:
        async with asyncio.timeout(ASK_SECONDS):
            access = await _access(tools, way)
    except VendorError as error:
        return _as_problem(error, is_stored=isinstance(way, PlatformCredentials | ShopCredentials))
    except TimeoutError:
        return unavailable(Unreachable(side, "no answer in time"))
    return access if has_required_plan(access.account) else plan_refused(side, access.account.plan)


def plan_refused(side: Side, plan: str | None) -> PlanNotEligible:
    """The problem that names the side, the plan found and the plan needed (L2)."""
    found = f"is {plan}" if plan else "does not include the link"
    needed = REQUIRED_PLAN[side].capitalize()
    return PlanNotEligible(
        f"The plan of this {PARTNERS[side]} account {found}; {needed} is needed. Nothing was linked.",
        side=side,
        plan=plan,
    )


def _subject(way: InkSoftSignIn | PrintavoSignIn) -> str:
    return (way.store_uri if isinstance(way, InkSoftSignIn) else way.email).lower()


async def _count(tools: Toolbox, guesses: Mapping[Side, list[bytes]], shared: list[bytes]) -> None:
    """Count the guess before it is made, so that many at once are slowed as well (L4)."""
    if not guesses:
        return
    subjects = [*shared, *(subject for side in guesses.values() for subject in side)]
    now = tools.clock.now()
    async with tools.database.transaction(None) as session:
        held = await hold_attempts(session, dict.fromkeys(subjects, FREE), now=now)
        await count_failure(session, held, now=now)


async def _settle(
    tools: Toolbox,
    guesses: Mapping[Side, list[bytes]],
    shared: list[bytes],
    answers: Mapping[Side, Access | Problem],
) -> None:
    """A right guess clears its count; trouble that is nobody's guess is taken back; a wrong guess stays counted."""
    if not guesses:
        return
    wrong = {side for side, answer in answers.items() if isinstance(answer, InvalidCredentials)}
    right = {side for side, answer in answers.items() if isinstance(answer, Access)}
    forget = [subject for side in guesses if side in right for subject in guesses[side]]
    take_back = [
        subject for side in guesses if side not in right and side not in wrong for subject in guesses[side]
    ]
    if not wrong:
        (forget if len(right) == len(answers) else take_back).extend(shared)
    async with tools.database.transaction(None) as session:
        await forget_failures(session, forget)
        await take_back_failure(session, take_back)


async def _ask_all(tools: Toolbox, ways: Mapping[Side, Way]) -> dict[Side, Access | Problem]:
    async with asyncio.TaskGroup() as group:
        tasks = {side: group.create_task(ask(tools, side, ways[side])) for side in sorted(ways)}
    return {side: task.result() for side, task in tasks.items()}


async def _access(tools: Toolbox, way: Way) -> Access:
    match way:
        case InkSoftSignIn() | PlatformCredentials():
            return await _ask_platform(tools.vendors.store_platform, way)
        case PrintavoSignIn() | ShopCredentials():
            return await _ask_shop(tools.vendors.print_shop, way)


async def _ask_platform(platform: StorePlatform, way: InkSoftSignIn | PlatformCredentials) -> Access:
    if isinstance(way, PlatformCredentials):
        credentials = way
    elif way.api_key is not None:
        credentials = PlatformCredentials(store_uri=way.store_uri, api_key=way.api_key)
    else:
        credentials = await platform.sign_in(
            store_uri=way.store_uri, email=way.email or "", password=way.password or ""
        )
    return platform_access(await platform.verify(credentials), credentials)


async def _ask_shop(shop: PrintShop, way: PrintavoSignIn | ShopCredentials) -> Access:
    if isinstance(way, ShopCredentials):
        credentials = way
    elif way.api_token is not None:
        credentials = ShopCredentials(email=way.email, token=way.api_token, lane="interactive")
    else:
        credentials = await shop.sign_in(email=way.email, password=way.password or "")
    return shop_access(await shop.verify(credentials), credentials)


def _as_problem(error: VendorError, *, is_stored: bool) -> Problem:
    """An unknown store or person reads like a wrong password (L4); only a recognised plan refusal names the plan (L2)."""
    if isinstance(error, LinkBroken) and error.reason == "plan":
        return plan_refused(error.side, error.plan)
    if isinstance(error, LinkBroken | Refused):
        partner = PARTNERS[error.side]
        sentence = (
            f"The {partner} sign-in that is kept here does not work any more. Sign in to {partner} again."
            if is_stored
            else f"{partner} did not accept these credentials. Check the address, the e-mail and the password or key."
        )
        return InvalidCredentials(sentence, side=error.side)
    return unavailable(error)
