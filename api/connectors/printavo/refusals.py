"""The sentences in which Printavo refuses, and what each is about. Error codes are not published, so wording is all there is.

An account whose plan lacks the API can look like bad credentials. So a plan is blamed only on wording that speaks of a plan
(L2); everything else that looks like bad credentials is bad credentials (L6).
"""

import re
from typing import Final, Literal

Topic = Literal["plan", "credentials", "passing", "document"]


def _forms(*forms: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


_PLAN: Final = r"(?:plan|subscription|tier|package)"
_CREDENTIAL: Final = r"(?:token|password|credentials|session|api key)"
_WRONG: Final = r"(?:invalid|wrong|incorrect|unknown|missing|expired|revoked)"
_PART: Final = r"(?:field|argument|variable|fragment|type|enum|directive|input|inputobject)"

_FORMS: Final[tuple[tuple[Topic, tuple[re.Pattern[str], ...]], ...]] = (
    (
        "plan",
        _forms(
            # "your plan does not include API access", "API access is not included in your subscription"
            rf"\b{_PLAN}\b[^.]{{0,60}}\b(?:does not|doesn.t|cannot|not) (?:include|allow|cover|support|use)",
            rf"\bnot (?:included|available|enabled|covered|part|allowed)\b[^.]{{0,40}}\b{_PLAN}\b",
            # "the API requires Printavo Premium", "only available on Premium", "upgrade to use the API"
            r"\b(?:requires?|only (?:available|included)|available only)\b[^.]{0,40}\bpremium\b",
            r"\bupgrade\b[^.]{0,60}\b(?:plan|subscription|premium|api)\b",
            r"\bapi(?: access)? (?:is |has )?not (?:been )?(?:enabled|included|available|activated|part)\b",
        ),
    ),
    (
        "credentials",
        _forms(
            r"^\W*(?:unauthori[sz]ed|unauthenticated|not (?:authori[sz]ed|authenticated|logged in))\W*$",
            rf"\b{_WRONG}\b[^.]{{0,40}}\b{_CREDENTIAL}\b",
            rf"\b{_CREDENTIAL}\b[^.]{{0,40}}\b{_WRONG}\b",
            r"\b(?:log|sign) ?in\b[^.]{0,20}\b(?:required|first|again)\b",
        ),
    ),
    (
        # Whatever was being done may have been done.
        "passing",
        _forms(
            r"^\W*timeout\b",
            r"\btimed? ?out\b",
            r"\binternal (?:server )?error\b",
            r"\b(?:something|it) went wrong\b",
            r"\b(?:try|retry) again\b",
            r"\b(?:temporarily|service) unavailable\b",
        ),
    ),
    (
        # Checked before anything runs, so nothing was done.
        "document",
        _forms(
            r"\bcomplexity of \d+\b",
            r"\bexceeds max(?:imum)? (?:complexity|depth)\b",
            r"\bdepth of \d+\b",
            rf"\b{_PART}\b.{{0,120}}\b(?:doesn.t|does not) (?:exist|accept)\b",
            rf"\b{_PART}\b.{{0,120}}\b(?:isn.t|is not|but not) (?:a )?(?:defined|used|declared|valid)\b",
            rf"\b{_PART}\b.{{0,120}}\b(?:invalid value|is required|required type|of type|not provided)\b",
            rf"\b(?:missing|unknown|invalid)\b.{{0,40}}\b{_PART}s?\b",
            r"\bcannot query field\b",
            r"\b(?:parse error|syntax error|unexpected token|expected (?:type|value))\b",
            r"\bmust not be greater than \d+\b",
        ),
    ),
)


def topic(sentence: str) -> Topic | None:
    """What an error message is about; None for anything not known."""
    for name, forms in _FORMS:
        if any(form.search(sentence) for form in forms):
            return name
    return None


def speaks_of_a_plan(text: str) -> bool:
    """Whether a refusal's whole text is a known form of the plan refusal."""
    return topic(text) == "plan"
