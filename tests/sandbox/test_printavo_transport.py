"""The door of the simulated Printavo: one endpoint, its moods, and who is let in."""

import pytest

from tests.sandbox.printavo_shop import HARBOR, LOGIN, NORTHSIDE, SMALLTOWN, Books

ME = "{ user { email account { companyName } } }"


class TestTheEndpoint:
    def test_answers_a_post_with_the_caller_s_own_account(self, books: Books) -> None:
        assert books.data(ME)["user"]["account"]["companyName"] == "Northside Print Co"
        assert books.data(ME, HARBOR)["user"]["account"]["companyName"] == "Harbor Stitch"

    @pytest.mark.parametrize("path", ["/api/v2/graphql", "/graphql", "/api/v1/orders"])
    def test_has_no_other_path(self, books: Books, path: str) -> None:
        answer = books.http.post(path, json={"query": ME}, headers={"Accept": "application/json"})
        assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (404, "text/html")

    @pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
    def test_knows_no_other_method(self, books: Books, method: str) -> None:
        assert books.http.request(method, "/api/v2").status_code == 404

    @pytest.mark.parametrize("accept", ["*/*", "text/html", ""])
    def test_falls_over_in_html_without_the_accept_header(self, books: Books, accept: str) -> None:
        answer = books.call(ME, headers={"Accept": accept})
        assert answer.status_code == 500
        assert answer.text.startswith("<!DOCTYPE html>")

    def test_falls_over_when_variables_are_an_empty_list(self, books: Books) -> None:
        assert books.call(ME, []).status_code == 500
        assert books.call(ME, {}).status_code == 200

    def test_says_so_when_there_is_no_query(self, books: Books) -> None:
        email, token = NORTHSIDE
        answer = books.http.post(
            "/api/v2", json={}, headers={"Accept": "application/json", "email": email, "token": token}
        )
        assert answer.json()["errors"][0]["message"] == "No query string was present"

    @pytest.mark.parametrize("query", ["{", "query A { user { id } } query B { user { id } }"])
    def test_answers_an_unreadable_document_with_errors_and_200(self, books: Books, query: str) -> None:
        assert books.errors(query)

    def test_opens_cyclic_fragments_without_losing_its_head(self, books: Books) -> None:
        assert books.errors("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }")

    def test_does_not_follow_a_document_into_the_abyss(self, books: Books) -> None:
        assert "nested too deeply" in books.errors("{ order(id: 1) " * 5000 + "}" * 5000)[0]

    def test_explains_itself_to_an_authenticated_caller(self, books: Books) -> None:
        assert books.data("{ __schema { queryType { name } subscriptionType { name } } }")["__schema"] == {
            "queryType": {"name": "Query"},
            "subscriptionType": None,
        }


class TestBadCredentials:
    @pytest.mark.parametrize(
        "who",
        [
            (NORTHSIDE[0], "wrong"),
            ("nobody@northside.example", NORTHSIDE[1]),
            (NORTHSIDE[0], HARBOR[1]),
            ("", ""),
        ],
        ids=["wrong key", "unknown user", "another user's key", "none"],
    )
    def test_are_refused(self, books: Books, who: tuple[str, str]) -> None:
        answer = books.call(ME, who=who)
        assert (answer.status_code, answer.json()) == (401, {"errors": [{"message": "Unauthorized"}]})

    def test_are_not_helped_by_a_bearer_header(self, books: Books) -> None:
        answer = books.call(ME, who=(NORTHSIDE[0], ""), headers={"Authorization": f"Bearer {NORTHSIDE[1]}"})
        assert answer.status_code == 401

    @pytest.mark.parametrize(("form", "status"), [("http_401", 401), ("http_403", 403), ("graphql", 200)])
    def test_are_refused_in_the_form_of_the_switch(self, books: Books, form: str, status: int) -> None:
        books.switch(auth_failure=form)
        answer = books.call(ME, who=(NORTHSIDE[0], "wrong"))
        assert answer.status_code == status
        assert answer.json()["errors"] == [{"message": "Unauthorized"}]
        assert answer.json().get("data") is None

    def test_say_nothing_about_the_document(self, books: Books) -> None:
        assert books.call("{ nonsense", who=("", "")).status_code == 401

    def test_follow_from_a_revoked_key_until_it_is_restored(self, books: Books) -> None:
        books.act("revoke_token", email=NORTHSIDE[0])
        assert books.call(ME).status_code == 401
        assert books.call(ME, who=HARBOR).status_code == 200
        books.act("restore_token", email=NORTHSIDE[0])
        assert books.call(ME).status_code == 200


class TestALowerPlan:
    @pytest.mark.parametrize(
        ("form", "status", "says"),
        [("http_403", 403, "plan"), ("graphql", 200, "plan"), ("as_auth_failure", 401, "Unauthorized")],
    )
    def test_is_refused_in_the_form_of_the_switch(
        self, books: Books, form: str, status: int, says: str
    ) -> None:
        books.switch(plan_refusal=form)
        answer = books.call(ME, who=SMALLTOWN)
        assert answer.status_code == status
        assert says in answer.json()["errors"][0]["message"]

    def test_is_refused_at_sign_in_or_after_it(self, books: Books) -> None:
        secret = {"e": SMALLTOWN[0], "p": "smalltown-print"}
        assert books.call(LOGIN, secret, who=("", "")).status_code == 403
        books.switch(plan_checked_at_login="no")
        token = books.data(LOGIN, ("", ""), **secret)["login"]["token"]
        assert books.call(ME, who=(SMALLTOWN[0], token)).status_code == 403

    def test_comes_and_goes_with_the_plan(self, books: Books) -> None:
        books.act("downgrade_plan", account_id="7001")
        assert books.call(ME).status_code == 403
        books.act("upgrade_plan", account_id="7001")
        books.act("upgrade_plan", account_id="7003")
        assert [books.call(ME, who=who).status_code for who in (NORTHSIDE, SMALLTOWN)] == [200, 200]


class TestASession:
    def sign_in(self, books: Books) -> str:
        answer = books.data(LOGIN, ("", ""), e=NORTHSIDE[0], p="northside-print")["login"]
        assert answer["user"]["email"] == NORTHSIDE[0]
        return str(answer["token"])

    def test_is_opened_by_the_password_and_works_like_a_key(self, books: Books) -> None:
        assert books.data(ME, (NORTHSIDE[0], self.sign_in(books)))["user"]["email"] == NORTHSIDE[0]

    @pytest.mark.parametrize(
        ("email", "password"),
        [(NORTHSIDE[0], "harbor-print"), (NORTHSIDE[0], NORTHSIDE[1]), ("nobody@x.example", "x")],
    )
    def test_is_not_opened_by_a_wrong_password(self, books: Books, email: str, password: str) -> None:
        body = books.body(LOGIN, ("", ""), e=email, p=password)
        assert body["data"] == {"login": None}
        assert body["errors"][0]["message"] == "Invalid email or password"

    def test_cannot_carry_another_question_in_without_credentials(self, books: Books) -> None:
        both = 'mutation { login(email: "a", password: "b") { token } logout }'
        assert books.call(both, who=("", "")).status_code == 401

    def test_belongs_to_its_user(self, books: Books) -> None:
        assert books.call(ME, who=(HARBOR[0], self.sign_in(books))).status_code == 401

    def test_ends_with_logout_while_the_key_goes_on(self, books: Books) -> None:
        token = self.sign_in(books)
        books.data("mutation { logout }", (NORTHSIDE[0], token))
        assert books.call(ME, who=(NORTHSIDE[0], token)).status_code == 401
        assert books.call(ME).status_code == 200

    def test_ends_when_access_is_revoked_and_stays_ended(self, books: Books) -> None:
        token = self.sign_in(books)
        books.act("revoke_token", email=NORTHSIDE[0])
        books.act("restore_token", email=NORTHSIDE[0])
        assert books.call(ME, who=(NORTHSIDE[0], token)).status_code == 401

    def test_ends_by_age(self, books: Books) -> None:
        token = self.sign_in(books)
        books.switch(session_lifetime_seconds=0.0)
        assert books.call(ME, who=(NORTHSIDE[0], token)).status_code == 401

    def test_may_travel_in_another_header(self, books: Books) -> None:
        token = self.sign_in(books)
        books.switch(session_token_header="authorization")
        assert books.call(ME, who=(NORTHSIDE[0], token)).status_code == 401
        bearer = {"Authorization": f"Bearer {token}"}
        assert books.call(ME, who=(NORTHSIDE[0], ""), headers=bearer).status_code == 200

    def test_leaves_no_password_in_the_ledger(self, books: Books) -> None:
        token = self.sign_in(books)
        kept = str(books.desk("ledger"))
        assert "login" in kept
        assert "northside-print" not in kept
        assert token not in kept


class TestAnotherAccount:
    """Nothing of one account can be read or written by another."""

    @pytest.mark.parametrize(
        "query",
        [
            '{ it: order(id: "900001") { __typename } }',
            '{ it: contact(id: "50001") { id } }',
            '{ it: customer(id: "30001") { id } }',
            '{ it: status(id: "256601") { id } }',
            '{ it: merchStore(id: "1") { id } }',
        ],
    )
    def test_reads_null(self, books: Books, query: str) -> None:
        assert books.data(query)["it"] is not None
        assert books.data(query, HARBOR)["it"] is None

    @pytest.mark.parametrize(
        "mutation",
        [
            'lineItemDelete(id: "700001") { id }',
            'lineItemGroupDelete(id: "400001") { id }',
            'lineItemUpdate(id: "700001", input: { position: 1, price: 1 }) { id }',
            'feeCreate(parentId: "900001", input: { amount: 1 }) { id }',
            'statusUpdate(parentId: "900001", statusId: "256601") { __typename }',
            'contactCreate(id: "30001", input: { firstName: "X" }) { id }',
        ],
    )
    def test_writes_nothing(self, books: Books, mutation: str) -> None:
        before = books.order("900001")
        body = books.body(f"mutation {{ it: {mutation} }}", HARBOR)
        assert body["data"] == {"it": None}
        assert "not found" in body["errors"][0]["message"]
        assert books.order("900001") == before
        assert books.written() == []
