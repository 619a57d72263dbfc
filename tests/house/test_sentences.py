"""Whatever the code records can be told: every event type has a sentence, every exception its words and its fixes."""

import re
from typing import get_args

import pytest

from api.activity.actions.exceptions import RETRIES
from api.activity.rules.causes import Trouble
from api.activity.rules.sentences import WORDS, Happened, say
from api.activity.rules.troubles import KINDS, Area, codes_of, fixes_of
from api.activity.schemas.exceptions import ResolutionFix
from api.core.attention import AttentionCode
from api.core.outbox import EventType
from api.invoices.rules import stops
from api.settings.schemas.kinds import AlertKind

RESOLUTIONS = {get_args(kind.model_fields["fix"].annotation)[0] for kind in get_args(ResolutionFix)}


@pytest.mark.rule("E1")
class TestEveryEvent:
    """That a type is on the list at all is held by its type: `record` takes no other."""

    def test_has_a_sentence(self) -> None:
        assert sorted(WORDS) == sorted(get_args(EventType))

    @pytest.mark.parametrize("type_", WORDS)
    def test_is_told_in_one_line_whatever_its_data_lacks(self, type_: str) -> None:
        for data in (
            {},
            {"changed": ["total_amount"], "side": "inksoft", "native_link": True, "difference_count": 2},
        ):
            told = say(type_, actor={"name": "Dana Reyes", "person_id": "1"}, about="2041", data=data)
            assert told.endswith("."), told
            assert not re.search(r"\b[a-z]+_[a-z]+\b|None|\{|\n", told), told

    def test_of_a_changed_invoice_says_what_changed_it(self) -> None:
        actor = {"name": "Dana Reyes", "person_id": "1"}
        told = [
            say("invoice.changed", actor=actor, about="1307", data={"reason": reason})
            for reason in ("attached", "remade")
        ]
        assert told == [
            "Dana Reyes changed what invoice 1307 holds: orders were attached.",
            "Dana Reyes had invoice 1307 made anew with today's settings.",
        ]

    def test_of_changed_settings_says_what_each_was_and_is(self) -> None:
        before = {
            "alert_emails": [], "purchasing_precedence": "inksoft_first", "record_payments": True,
            "size_map": {"osfa": None, "wee": "size_yxs"}, "sources": ["store"], "order_number_prefix": "",
        }  # fmt: skip
        after = {
            "alert_emails": ["a_b@shop.example"], "purchasing_precedence": "printavo_first", "record_payments": False,
            "size_map": {"osfa": "size_other", "wee": None}, "sources": ["a", "b", "c", "d", "e"],
            "order_number_prefix": "W_",
        }  # fmt: skip
        data = {"before": before, "after": after}
        told = say("settings.changed", actor={"name": "Dana Reyes", "person_id": "1"}, about="", data=data)
        assert told == (
            "Dana Reyes changed the settings: alert emails from nothing to “a_b@shop.example”; "
            "purchasing precedence from inksoft first to printavo first; record payments from yes to no; "
            "size map, where “osfa” is size other, “wee” is nothing; sources from store to a, b, c and 2 more; "
            "order number prefix from nothing to “W_”."
        )

    def test_of_a_chosen_contact_names_the_one_before(self) -> None:
        def tell(before: str | None) -> str:
            data = {"contact_name": "Lions Club", "before": {"contact_id": "501", "contact_name": before}}
            actor = {"name": "Dana Reyes", "person_id": "1"}
            return say("store.contact_chosen", actor=actor, about="Alder", data=data)

        assert tell(None) == "Dana Reyes chose Lions Club for invoices of the store Alder."
        assert tell("Falcons") == (
            "Dana Reyes chose Lions Club for invoices of the store Alder, instead of Falcons."
        )

    def test_of_a_newer_service_is_told_by_its_type(self) -> None:
        told = say("order.folded_twice", actor={"system": "sync"}, about="2041", data={})
        assert told == "Platen: order folded twice 2041"


def test_who_did_it_is_a_person_a_person_by_a_key_or_platen() -> None:
    def who(**actor: str) -> str:
        return say("workspace.created", actor=actor, about="", data={})

    assert who(name="Dana Reyes", person_id="1") == "Dana Reyes opened the workspace."
    assert who(name="Dana Reyes", key_name="Shipping", key_id="2").startswith(
        "Dana Reyes (by the key Shipping)"
    )
    assert who(system="sync", name="anything") == "Platen opened the workspace."


def test_words_fall_back_where_data_is_empty() -> None:
    assert Happened("Dana", "", {"name": ""}).get("name", "a store") == "a store"


@pytest.mark.rule("E2")
class TestEveryException:
    """That a code is on the list at all is held by its type: `note` takes no other."""

    def test_has_words_and_fixes(self) -> None:
        assert sorted(KINDS) == sorted(get_args(AttentionCode))

    @pytest.mark.parametrize("code", KINDS)
    def test_is_told_in_plain_words_whatever_its_details_lack(self, code: str) -> None:
        for trouble in (Trouble("", "", {}), Trouble("2041", "osfa", {"amount": -3, "side": "printavo"})):
            told = KINDS[code].tell(trouble)
            assert told.endswith("."), told
            assert not re.search(r"\b[a-z]+_[a-z]+\b|None|\{|\n|  ", told), told

    @pytest.mark.parametrize("code", KINDS)
    def test_offers_only_what_can_be_done(self, code: str) -> None:
        facts = ("", *KINDS[code].by_fact)
        offered = {fix.kind for fact in facts for fix in fixes_of(code, fact)}
        assert offered, "nobody can do anything about it"
        assert ("retry" in offered) == (code in RETRIES)
        assert offered - {"retry", "sign_in"} <= RESOLUTIONS

    def test_of_a_stopped_push_has_fixes_for_every_reason_to_stop(self) -> None:
        reasons = {stop.code for stop in vars(stops).values() if isinstance(stop, stops.Stop)}
        assert set(KINDS["push_stopped"].by_fact) <= reasons | {stops.CONTACT_REFUSED}

    def test_belongs_to_an_area_that_alerts_can_name(self) -> None:
        assert get_args(Area) == get_args(AlertKind)
        assert sorted(code for area in get_args(Area) for code in codes_of(area)) == sorted(KINDS)
