"""RFC 9457 problems: one base class, one registry of codes, and how a route declares the ones it raises.

A problem's docstring is the sentence that people read; its class name cut to snake case is its `code`.
"""

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, ClassVar, Literal, Union, get_type_hints

import orjson
from pydantic import BaseModel, ConfigDict, Field, create_model
from starlette.requests import Request
from starlette.responses import Response

from api.core.schema import Wire

MEDIA_TYPE = "application/problem+json"


class InputFault(Wire):
    """One thing that is wrong with the input; `pointer` is a JSON pointer, or a parameter's name."""

    pointer: str
    code: str
    message: str


class ProblemBody(BaseModel):
    """What every error answer looks like (RFC 9457)."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(examples=["/problems/not_found"])
    title: str
    status: int
    detail: str
    instance: str
    code: str
    request_id: str
    retryable: bool
    errors: list[InputFault] = []


class Problem(Exception):
    """Base of all problems. Subclasses set `status`; members beyond the standard ones are annotated fields of `Extra`."""

    status: ClassVar[int]
    retryable: ClassVar[bool] = False
    registry: ClassVar[dict[str, type["Problem"]]] = {}

    class Extra(Wire):
        """Further members of the answer; none by default."""

    def __init__(
        self,
        detail: str | None = None,
        *,
        errors: tuple[InputFault, ...] = (),
        headers: dict[str, str] | None = None,
        **extra: Any,
    ) -> None:
        self.detail = detail or sentence(type(self))
        self.errors = errors
        self.headers = headers or {}
        self.extra = self.Extra(**extra)
        super().__init__(self.detail)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        other = Problem.registry.setdefault(cls.code(), cls)
        if other.__qualname__ != cls.__qualname__ or other.__module__ != cls.__module__:
            message = f"two problems share the code {cls.code()}"
            raise TypeError(message)

    @classmethod
    def code(cls) -> str:
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    @classmethod
    def title(cls) -> str:
        words = cls.code().replace("_", " ")
        return words[0].upper() + words[1:]


class InvalidInput(Problem):
    """Something in the request is not as the contract asks."""

    status = 422


class MalformedBody(Problem):
    """The body is not JSON that this service reads."""

    status = 400


class NotFound(Problem):
    """There is nothing here, or it is not yours."""

    status = 404


class Busy(Problem):
    """The service is busy. Nothing was done; try again in a moment."""

    status = 503
    retryable = True


class InternalError(Problem):
    """Something went wrong on our side. Nothing was half done; the request id helps us find it."""

    status = 500
    retryable = True


def sentence(kind: type[Problem]) -> str:
    """The first paragraph of the class's docstring, on one line."""
    return " ".join((kind.__doc__ or kind.title()).split("\n\n")[0].split())


def body_of(request: Request, problem: Problem) -> ProblemBody:
    """The standard members, with the request's own id (also for one item of a bulk answer)."""
    kind = type(problem)
    return ProblemBody(
        type=f"/problems/{kind.code()}",
        title=kind.title(),
        status=kind.status,
        detail=problem.detail,
        instance=request.url.path,
        code=kind.code(),
        request_id=str(request.scope.get("platen.request_id", "")),
        retryable=kind.retryable,
        errors=list(problem.errors),
    )


def answer(request: Request, problem: Problem) -> Response:
    """The problem as an HTTP answer, extra members included."""
    members = {
        **body_of(request, problem).model_dump(mode="json"),
        **problem.extra.model_dump(mode="json"),
    }
    return Response(
        orjson.dumps(members),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers=problem.headers,
    )


_models: dict[type[Problem], type[ProblemBody]] = {}


def model_of(kind: type[Problem]) -> type[ProblemBody]:
    """The typed body of one problem, for the contract: `code` and `status` are constants, extra members are typed."""
    if kind not in _models:
        fields: dict[str, Any] = {
            "code": (Literal[kind.code()], ...),
            "status": (Literal[kind.status], ...),
        }
        for name, hint in get_type_hints(kind.Extra, include_extras=True).items():
            if name in kind.Extra.model_fields:
                fields[name] = (hint, kind.Extra.model_fields[name])
        _models[kind] = create_model(
            f"{kind.__name__}Problem", __base__=ProblemBody, __doc__=sentence(kind), **fields
        )
    return _models[kind]


def merge_declared(
    own: Mapping[int | str, dict[str, Any]], shared: Mapping[int | str, dict[str, Any]]
) -> dict[int | str, dict[str, Any]]:
    """Two sets of declared answers; where both have problems of one status, it can be either's."""
    merged = {**shared, **own}
    for status in own.keys() & shared.keys():
        mine, ours = own[status], shared[status]
        if "model" in mine and "model" in ours:
            merged[status] = {
                "model": mine["model"] | ours["model"],
                "description": f"{mine['description']} / {ours['description']}",
            }
    return merged


def declare(*kinds: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """`responses=` of a route: its problems by status, typed in the contract."""
    by_status: dict[int, list[type[Problem]]] = {}
    for kind in kinds:
        by_status.setdefault(kind.status, []).append(kind)
    return {
        status: {
            "model": Union[tuple(model_of(kind) for kind in found)],  # noqa: UP007 - made at run time
            "description": " / ".join(kind.title() for kind in found) or HTTPStatus(status).phrase,
        }
        for status, found in sorted(by_status.items())
    }
