"""Members over HTTP: listed, given other roles, removed; a workspace keeps an owner."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from tests.make.browser import Browser
from tests.make.people import events, invite, joined, person_id
from tests.make.programs import Json, make_api_key
from tests.make.queries import queries


@pytest.fixture
async def lee(app: FastAPI, browser: Browser) -> AsyncIterator[Browser]:
    """A second owner."""
    async with joined(app, browser, "owner") as made:
        yield made


async def refused_while_demoted(
    app: FastAPI, owner: Browser, path: str, body: Json | None, method: str = "POST"
) -> None:
    """What an owner sends while their role is being taken away waits for that, and is refused."""
    ids = {"workspace": owner.workspace_id, "person": await person_id(owner)}
    demote = text(
        "UPDATE membership SET role = 'manager' WHERE workspace_id = :workspace AND person_id = :person"
    )
    async with app.state.database.transaction(ids["workspace"]) as session:
        await session.execute(demote, ids)
        late = asyncio.create_task(owner.send(method, path, body))
        done, _ = await asyncio.wait({late}, timeout=0.7)
        assert not done, "it did not wait"
    assert (await late).json()["code"] == "not_allowed"


class TestTheMembers:
    async def test_are_listed_by_name_page_by_page(self, app: FastAPI, browser: Browser) -> None:
        async with joined(app, browser, "viewer", "Ada Moss"), joined(app, browser, "production", "Zoe Lind"):
            with queries(app, 1):
                page = (await browser.get("/v1/members", limit=2)).json()
            rest = (await browser.get("/v1/members", limit=2, cursor=page["next_cursor"])).json()
            back = (await browser.get("/v1/members", limit=2, cursor=rest["prev_cursor"])).json()
        told = [(one["name"], one["role"]) for one in (*page["data"], *rest["data"])]
        assert told == [("Ada Moss", "viewer"), ("Dana Reyes", "owner"), ("Zoe Lind", "production")]
        assert back["data"] == page["data"]
        assert rest["next_cursor"] is None

    async def test_are_seen_by_every_member_and_changed_by_owners_only(
        self, app: FastAPI, browser: Browser
    ) -> None:
        dana = await person_id(browser)
        async with joined(app, browser, "manager") as manager:
            assert (await manager.get(f"/v1/members/{dana}")).json()["role"] == "owner"
            for method, path, body in (
                ("PATCH", f"/v1/members/{dana}", {"role": "viewer"}),
                ("DELETE", f"/v1/members/{dana}", None),
                ("POST", "/v1/invitations", {"email": "a@b.example", "role": "owner"}),
                ("GET", "/v1/invitations", None),
            ):
                assert (await manager.send(method, path, body)).status_code == 403, path

    async def test_of_another_workspace_are_not_there(
        self, app: FastAPI, browser: Browser, lee: Browser
    ) -> None:
        member = await person_id(lee)
        await browser.sign_up()
        for method, body in (("GET", None), ("PATCH", {"role": "viewer"}), ("DELETE", None)):
            answer = await browser.send(method, f"/v1/members/{member}", body)
            assert (answer.status_code, answer.json()["detail"]) == (404, "There is no such member.")
        del app


@pytest.mark.rule("P3")
class TestARole:
    async def test_holds_from_the_next_request_on(self, browser: Browser, lee: Browser) -> None:
        path = f"/v1/members/{await person_id(lee)}"
        assert (await lee.get("/v1/invitations")).status_code == 200
        assert (await browser.send("PATCH", path, {"role": "viewer"})).json()["role"] == "viewer"
        assert (await lee.get("/v1/invitations")).status_code == 403
        assert (await lee.get("/v1/me")).json()["workspaces"][0]["role"] == "viewer"

    async def test_that_is_taken_away_takes_the_invitations_with_it(
        self, app: FastAPI, browser: Browser, lee: Browser
    ) -> None:
        open_door = await invite(lee, "owner")
        await browser.send("PATCH", f"/v1/members/{await person_id(lee)}", {"role": "production"})
        shown = await browser.http.post("/v1/invitations/lookup", json={"token": open_door["token"]})
        assert (shown.status_code, shown.json()["code"]) == (410, "invitation_over")
        told = await events(
            app.state.database, browser.workspace_id, "invitation.revoked", "member.role_changed"
        )
        assert told == [
            ("invitation.revoked", "Dana Reyes", {"email": open_door["invitation"]["email"]}),
            (
                "member.role_changed",
                "Dana Reyes",
                {"name": "Lee Park", "before": "owner", "after": "production"},
            ),
        ]

    async def test_that_is_being_taken_away_invites_nobody_any_more(
        self, app: FastAPI, browser: Browser, lee: Browser
    ) -> None:
        """The door let the owner in before: without the lock the invitation would outlast the role."""
        body = {"email": "friend@of-lee.example", "role": "owner"}
        await refused_while_demoted(app, lee, "/v1/invitations", body)
        assert (await browser.get("/v1/invitations")).json()["data"] == []

    async def test_that_is_being_taken_away_leaves_no_new_key_behind(
        self, app: FastAPI, browser: Browser, lee: Browser
    ) -> None:
        await refused_while_demoted(app, lee, "/v1/api-keys", {"name": "Lee's", "scopes": ["orders:read"]})
        assert (await browser.get("/v1/api-keys")).json()["data"] == []

    async def test_that_is_being_taken_away_gets_no_successor_of_a_key(
        self, app: FastAPI, browser: Browser, lee: Browser
    ) -> None:
        key = await make_api_key(browser, ["orders:read"])
        await refused_while_demoted(app, lee, f"/v1/api-keys/{key['id']}/rotation", {})
        (left,) = (await browser.get("/v1/api-keys")).json()["data"]
        assert (left["id"], left["state"], left["replaced_by_id"]) == (key["id"], "active", None)

    async def test_that_is_being_taken_away_gives_none_and_shuts_nobody_out(
        self, app: FastAPI, browser: Browser, lee: Browser
    ) -> None:
        """Without the lock, whoever is demoted could make themselves an owner again in the same moment."""
        for target, method, body in (
            (lee, "PATCH", {"role": "owner"}), (browser, "PATCH", {"role": "viewer"}), (browser, "DELETE", None),
        ):  # fmt: skip
            await refused_while_demoted(app, lee, f"/v1/members/{await person_id(target)}", body, method)
            path = f"/v1/members/{await person_id(lee)}"
            assert (await browser.get(path)).json()["role"] == "manager"
            assert (await browser.send("PATCH", path, {"role": "owner"})).status_code == 200

    async def test_of_two_owners_who_demote_each_other_is_left_to_one(
        self, browser: Browser, lee: Browser
    ) -> None:
        paths = [f"/v1/members/{await person_id(each)}" for each in (lee, browser)]
        answers = await asyncio.gather(
            *(
                each.send("PATCH", path, {"role": "viewer"})
                for each, path in zip((browser, lee), paths, strict=True)
            )
        )
        assert sorted(answer.status_code for answer in answers) == [200, 403]

    async def test_over_somebody_elses_change_is_refused(self, browser: Browser, lee: Browser) -> None:
        path = f"/v1/members/{await person_id(lee)}"
        tag = {"If-Match": (await browser.get(path)).headers["ETag"]}
        answers = [
            await browser.send("PATCH", path, {"role": role}, headers=tag) for role in ("manager", "viewer")
        ]
        assert [answer.status_code for answer in answers] == [200, 412]
        assert answers[1].json()["current"]["role"] == "manager"


@pytest.mark.rule("P3")
class TestARemovedMember:
    async def test_is_shut_out_from_the_next_request_on(
        self, app: FastAPI, browser: Browser, lee: Browser
    ) -> None:
        assert (await lee.get("/v1/members")).status_code == 200
        gone = await browser.send("DELETE", f"/v1/members/{await person_id(lee)}")
        assert gone.status_code == 204
        assert (await lee.get("/v1/members")).status_code == 404
        assert (await lee.http.get("/v1/me")).json()["workspaces"] == []
        told = await events(app.state.database, browser.workspace_id, "member.removed")
        assert told == [("member.removed", "Dana Reyes", {"name": "Lee Park"})]

    async def test_may_be_invited_again(self, browser: Browser, lee: Browser) -> None:
        await browser.send("DELETE", f"/v1/members/{await person_id(lee)}")
        made = await invite(browser, "viewer", lee.email)
        answer = await lee.http.post("/v1/invitations/acceptance", json={"token": made["token"]})
        assert (answer.status_code, answer.json()["role"]) == (200, "viewer")

    async def test_who_goes_by_themselves_has_left(
        self, app: FastAPI, browser: Browser, lee: Browser
    ) -> None:
        assert (await lee.send("DELETE", "/v1/membership")).status_code == 204
        assert (await lee.get("/v1/workspace")).status_code == 404
        told = await events(app.state.database, browser.workspace_id, "member.left")
        assert told == [("member.left", "Lee Park", {"name": "Lee Park"})]


@pytest.mark.rule("P1")
class TestTheLastOwner:
    async def test_stays_one(self, browser: Browser) -> None:
        path = f"/v1/members/{await person_id(browser)}"
        for answer in (
            await browser.send("PATCH", path, {"role": "manager"}),
            await browser.send("DELETE", path),
            await browser.send("DELETE", "/v1/membership"),
        ):
            assert (answer.status_code, answer.json()["code"]) == (409, "last_owner")
        assert (await browser.get(path)).json()["role"] == "owner"

    async def test_may_go_once_there_is_another(self, browser: Browser, lee: Browser) -> None:
        assert (await browser.send("DELETE", "/v1/membership")).status_code == 204
        assert (await lee.send("DELETE", "/v1/membership")).json()["code"] == "last_owner"

    async def test_is_kept_when_two_owners_leave_at_the_same_moment(
        self, app: FastAPI, browser: Browser
    ) -> None:
        for _ in range(5):
            async with joined(app, browser, "owner") as other:
                answers = await asyncio.gather(
                    browser.send("DELETE", "/v1/membership"), other.send("DELETE", "/v1/membership")
                )
                statuses = [answer.status_code for answer in answers]
                assert sorted(statuses) == [204, 409]
            await browser.sign_up()

    async def test_is_kept_when_each_waits_for_the_other(
        self, app: FastAPI, browser: Browser, lee: Browser
    ) -> None:
        """The first has not ended when the second asks: without the lock both would count the other one."""
        leave = text("DELETE FROM membership WHERE workspace_id = :workspace AND person_id = :person")
        ids = {"workspace": browser.workspace_id, "person": await person_id(browser)}
        async with app.state.database.transaction(ids["workspace"]) as session:
            await session.execute(leave, ids)
            second = asyncio.create_task(lee.send("DELETE", "/v1/membership"))
            done, _ = await asyncio.wait({second}, timeout=0.5)
            assert not done, "it did not wait"
        assert (await second).json()["code"] == "last_owner"
