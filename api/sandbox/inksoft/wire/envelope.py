"""The envelope of every answer, with errors as with results."""

from dataclasses import dataclass
from typing import Any

HTTP_STATUS = {"OK": 200, "BadRequest": 400, "Unauthorized": 401, "Forbidden": 403, "NotFound": 404,
               "MethodNotAllowed": 405, "InternalServerError": 500}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """Where a list stands: all that match, how many are in this answer, the offset of the first."""

    total: int
    included: int
    index: int


@dataclass(frozen=True, slots=True)
class Reply:
    """A success. ``data`` may be an object, a list, a number or a boolean."""

    data: Any
    page: Page | None = None


class Problem(Exception):
    """A failure in the vendor's words: a status word and a text for people."""

    def __init__(self, word: str, text: str, *, http: int | None = None, html: bool = False) -> None:
        super().__init__(text)
        self.word = word
        self.http = http if http is not None else HTTP_STATUS[word]
        self.html = html


def wrap(reply: Reply) -> dict[str, Any]:
    """The envelope of a success."""
    page = reply.page
    pagination = page and {"TotalResults": page.total, "IncludedResults": page.included, "Index": page.index}
    return {"OK": True, "StatusCode": "OK", "Data": reply.data, "Pagination": pagination, "Messages": []}


def wrap_problem(problem: Problem, severity_key: str) -> dict[str, Any]:
    """The envelope of a failure: ``Data`` is false, the text is in the first message."""
    message = {"Content": str(problem), "Title": None, severity_key: "Error"}
    return {"OK": False, "StatusCode": problem.word, "Data": False, "Pagination": None, "Messages": [message]}
