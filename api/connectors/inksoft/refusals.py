"""The forms in which InkSoft says no to credentials: the plan lacks the API, or the key or session is not accepted.

Neither form is published, there are no error codes, and a plan refusal can look like a bad login. So a plan is blamed
only on wording that speaks of a plan (L2); everything else that looks like a bad key is a bad key (L6).
"""

import re
from http import HTTPStatus
from typing import Final, Literal

Reason = Literal["credentials", "plan"]

_PLAN_FORMS: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # "API access is not included in your plan", "your subscription does not include the API"
        r"\b(?:plan|subscription|licen[cs]e|package)\b[^.]{0,60}\b(?:does not|doesn.t|not) (?:include|allow|cover|support)",
        r"\bnot (?:included|available|enabled|covered|part)\b[^.]{0,40}\b(?:plan|subscription|licen[cs]e|package)\b",
        # "requires InkSoft Unlimited", "upgrade to Unlimited", "upgrade your plan"
        r"\brequires?\b[^.]{0,40}\bunlimited\b",
        r"\bupgrade\b[^.]{0,40}\b(?:plan|subscription|licen[cs]e|unlimited)\b",
        # "API access is not enabled for this store": the add-on is switched on per store
        r"\bapi(?: ?2)?(?: access)? (?:is |has )?not (?:been )?(?:enabled|included|available|activated|part)\b",
    )
)
_PLAN_WORDS: Final = frozenset({"plannoteligible", "plannotallowed", "upgraderequired", "paymentrequired"})

_KEY_FORMS: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"\bapi ?key\b",
        r"\bsession(?: ?token)?\b[^.]{0,40}\b(?:invalid|not|expired|unknown|ended)\b",
        r"\b(?:invalid|expired|unknown|missing)\b[^.]{0,20}\b(?:session|token|credentials)\b",
        r"\b(?:not|un)[ -]?(?:authori[sz]ed|authenticated)\b",
        r"\b(?:log|sign)[ -]?in\b",
        r"\baccess(?: is)? denied\b",
    )
)
_KEY_STATUSES: Final = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
_KEY_WORDS: Final = frozenset({"unauthorized", "forbidden", "unauthenticated"})
_MARKUP: Final = re.compile(r"<[^>]{0,500}>")
_READ_AT_MOST: Final = 20_000


def blame(status: int, status_word: str, complaint: str) -> Reason | None:
    """Say what a refusal is about, from HTTP status, the envelope's status word and the vendor's sentence."""
    word = status_word.lower()
    if status == HTTPStatus.PAYMENT_REQUIRED or word in _PLAN_WORDS or speaks_of_a_plan(complaint):
        return "plan"
    if status in _KEY_STATUSES or word in _KEY_WORDS or any(form.search(complaint) for form in _KEY_FORMS):
        return "credentials"
    # We write the parameters ourselves, so a 400 without a word is about the key: so one known client reads it.
    return "credentials" if status == HTTPStatus.BAD_REQUEST and not complaint else None


def speaks_of_a_plan(text: str) -> bool:
    """Whether a sentence, or the text of a page, is a known form of the plan refusal."""
    words = " ".join(_MARKUP.sub(" ", text[:_READ_AT_MOST]).split())
    return any(form.search(words) for form in _PLAN_FORMS)
