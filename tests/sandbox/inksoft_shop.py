"""A caller of the InkSoft sandbox for tests: Api2 on one side, the hands of its staff on the other."""

import json
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import httpx

KEYS = {
    "northside": "DEMO-NORTHSIDE-INKSOFT-KEY",
    "harbor": "DEMO-HARBOR-INKSOFT-KEY",
    "smalltown": "DEMO-SMALLTOWN-INKSOFT-KEY",
    "maple": "DEMO-MAPLE-INKSOFT-KEY",
}


class Shop:
    """``call`` gives the raw answer of a method, ``data`` its result, ``act`` does as a person would."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=20, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.close()

    def call(
        self,
        method: str,
        *,
        store: str = "northside_main",
        key: str | None = KEYS["northside"],
        post: bool = False,
        **params: Any,
    ) -> httpx.Response:
        """``params`` are written as the vendor wants them: lists in brackets, objects as JSON text."""
        written = {"Format": "JSON"} | {
            name: _written(value) for name, value in params.items() if value is not None
        }
        if key is not None:
            written["ApiKey"] = key
        path = f"/{store}/Api2/{method}"
        return self.http.post(path, data=written) if post else self.http.get(path, params=written)

    def envelope(self, method: str, **params: Any) -> dict[str, Any]:
        return dict(self.call(method, **params).json())

    def data(self, method: str, **params: Any) -> Any:
        """The result of a call that must succeed."""
        answer = self.call(method, **params)
        assert answer.status_code == 200, f"{method}: {answer.status_code} {answer.text[:500]}"
        envelope = answer.json()
        assert envelope["OK"] is True, envelope
        return envelope["Data"]

    def summaries(self, **params: Any) -> list[dict[str, Any]]:
        """Every row that matches, walked page by page."""
        rows: list[dict[str, Any]] = []
        while True:
            envelope = self.envelope("GetOrderSummaries", Index=len(rows), MaxResults=100, **params)
            rows += envelope["Data"]
            if not envelope["Data"] or len(rows) >= envelope["Pagination"]["TotalResults"]:
                return rows

    def ids(self, **params: Any) -> set[int]:
        return {row["ID"] for row in self.summaries(**params)}

    def detail(self, order: int, **params: Any) -> dict[str, Any]:
        """One order by the package method, with its cards."""
        found = self.data("GetOrderPackage", OrderIds=[order], IncludeProductionCards=True, **params)
        assert isinstance(found, dict)
        return found

    def shape(self, name: str) -> int:
        """The number of the order that carries a shape."""
        return int(self.state("shapes")[name][0]["order"])

    def state(self, path: str, **params: Any) -> Any:
        answer = self.http.get(f"/_control/state/{path}", params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def act(self, verb: str, **arguments: Any) -> Any:
        answer = self.http.post(f"/_control/{verb}", json=arguments)
        assert answer.status_code == 200, f"{verb}: {answer.status_code} {answer.text}"
        return answer.json()

    def refused(self, verb: str, **arguments: Any) -> int:
        """The status with which an act is refused, having said why."""
        answer = self.http.post(f"/_control/{verb}", json=arguments)
        assert answer.json()["error"]
        return answer.status_code

    def switch(self, **values: Any) -> None:
        answer = self.http.put("/_control/switches", json=values)
        assert answer.status_code == 200, answer.text

    def fault(
        self, kind: str, method: str | None = None, *, nth: int = 1, times: int = 1, **params: Any
    ) -> None:
        match: Mapping[str, Any] = {"nth": nth} if method is None else {"method": method, "nth": nth}
        answer = self.http.post(
            "/_control/faults", json={"match": match, "kind": kind, "times": times, "params": params}
        )
        assert answer.status_code == 200, answer.text

    def ledger(self) -> list[dict[str, Any]]:
        return list(self.http.get("/_control/ledger", params={"limit": 100_000}).json())

    def reset(self) -> None:
        assert self.http.post("/_control/reset").status_code == 200


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value) if isinstance(value, list | dict) else str(value)
