"""A caller of the Printavo sandbox for tests: GraphQL on one side, the hands of the shop's people on the other."""

from types import TracebackType
from typing import Any, Self

import httpx

NORTHSIDE = ("office@northside.example", "DEMO-NORTHSIDE-PRINTAVO-TOKEN")
HARBOR = ("office@harbor.example", "DEMO-HARBOR-PRINTAVO-TOKEN")
SMALLTOWN = ("office@smalltown.example", "DEMO-SMALLTOWN-PRINTAVO-TOKEN")

QUOTE_CREATE = (
    "mutation($input: QuoteCreateInput!) { quoteCreate(input: $input) { id visualId total status { name type } "
    "lineItemGroups(first: 5) { nodes { id lineItems(first: 5) { nodes { id } } imprints(first: 5) { nodes { id } } } } } }"
)
LOGIN = "mutation($e: String!, $p: String!) { login(email: $e, password: $p) { token user { email } } }"


class Books:
    """``call`` gives the raw answer, ``data`` the data of a call that must succeed, ``act`` does as a person would."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=20, trust_env=False)
        self.who = NORTHSIDE

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.close()

    def call(
        self,
        query: str,
        variables: Any = None,
        *,
        who: tuple[str, str] | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        """As Northside's office unless said otherwise."""
        email, token = who or self.who
        sent = {"Accept": "application/json", "email": email, "token": token} | (headers or {})
        return self.http.post(
            "/api/v2",
            json={"query": query, "variables": {} if variables is None else variables},
            headers=sent,
        )

    def body(self, query: str, who: tuple[str, str] | None = None, **variables: Any) -> dict[str, Any]:
        """The JSON of an answer that has status 200."""
        answer = self.call(query, variables, who=who)
        assert answer.status_code == 200, f"{answer.status_code} {answer.text[:500]}"
        return dict(answer.json())

    def data(self, query: str, who: tuple[str, str] | None = None, **variables: Any) -> dict[str, Any]:
        body = self.body(query, who, **variables)
        assert "errors" not in body, body["errors"]
        return dict(body["data"])

    def errors(self, query: str, who: tuple[str, str] | None = None, **variables: Any) -> list[str]:
        """What the errors say; there must be some."""
        return [error["message"] for error in self.body(query, who, **variables)["errors"]]

    def desk(self, path: str, method: str = "GET", content: Any = None) -> Any:
        answer = self.http.request(method, f"/_control/{path}", json=content)
        assert answer.is_success, f"{path}: {answer.status_code} {answer.text}"
        return answer.json()

    def act(self, verb: str, **arguments: Any) -> Any:
        return self.desk(verb, "POST", arguments)

    def switch(self, **values: Any) -> None:
        self.desk("switches", "PUT", values)

    def fault(self, kind: str, operation: str, **params: Any) -> None:
        self.desk("faults", "POST", {"kind": kind, "match": {"operation": operation}, "params": params})

    def order(self, order_id: str) -> dict[str, Any]:
        """The whole order in cents, as the books have it."""
        return dict(self.desk(f"state/orders/{order_id}"))

    def words(self, account_id: str = "7001") -> dict[str, Any]:
        return dict(self.desk(f"state/accounts/{account_id}"))

    def status(self, name: str, account_id: str = "7001") -> str:
        """The id of a status by its name."""
        return next(str(each["id"]) for each in self.words(account_id)["statuses"] if each["name"] == name)

    def calls(self) -> dict[str, int]:
        return dict(self.desk("calls"))

    def written(self) -> list[str]:
        """The acts in the ledger, in order."""
        return [entry["op"] for entry in self.desk("ledger")]

    def quote(self, **more: Any) -> dict[str, Any]:
        """A new quote without sales tax: one group, one line of 3 x 12.37, one imprint; ``more`` overrides its input."""
        return dict(self.data(QUOTE_CREATE, input=quote_input(**more))["quoteCreate"])

    def line_of(self, quote: dict[str, Any]) -> str:
        """The id of the first line of a quote made by ``quote``."""
        return str(self.order(quote["id"])["groups"][0]["lines"][0]["id"])

    def group_of(self, quote: dict[str, Any]) -> str:
        return str(self.order(quote["id"])["groups"][0]["id"])


def quote_input(**more: Any) -> dict[str, Any]:
    """The least that a quote with goods needs, and ``more``."""
    return {
        "contact": {"id": "50001"},
        "customerDueAt": "2030-04-18",
        "dueAt": "2030-04-16T17:00:00-05:00",
        "salesTax": 0,
        "lineItemGroups": [
            {
                "position": 1,
                "lineItems": [line_input()],
                "imprints": [{"details": "Full front, 2 colours"}],
            }
        ],
    } | more


def line_input(**more: Any) -> dict[str, Any]:
    """Three pieces at 12.37, untaxed, and ``more``."""
    return {
        "position": 1,
        "itemNumber": "PC54",
        "color": "Navy",
        "price": 12.37,
        "taxed": False,
        "sizes": [{"size": "size_m", "count": 2}, {"size": "size_l", "count": 1}],
    } | more
