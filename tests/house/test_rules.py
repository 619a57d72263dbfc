"""docs/rules.md is fresh, and every rule and every setting has a test and a planted break."""

from api.settings.schemas.inksoft import InkSoftSettingsChange
from api.settings.schemas.merch import MerchSettingsChange
from tests.conftest import PROJECT
from tests.make.rules import known_rules, marked_tests, planted_breaks, render


def test_the_page_of_rules_is_committed_as_it_is() -> None:
    assert (PROJECT / "docs" / "rules.md").read_text() == render(), "run `make rules` and commit it"


def test_every_rule_has_a_test_and_every_mark_a_rule() -> None:
    tests = marked_tests()
    assert [rule for rule in known_rules() if rule not in tests] == []


def test_every_rule_has_a_planted_break() -> None:
    broken = {one["rule"] for one in planted_breaks()}
    assert sorted(set(known_rules()) - broken) == []
    assert broken <= set(known_rules())


def test_every_setting_has_a_planted_break_that_ignores_it() -> None:
    chosen = {
        *(f"inksoft.{name}" for name in InkSoftSettingsChange.model_fields),
        *(f"merch.{name}" for name in MerchSettingsChange.model_fields),
        "store.invoice_contact",
    }
    assert {one["setting"] for one in planted_breaks() if "setting" in one} == chosen


def test_every_break_still_finds_what_it_breaks() -> None:
    lost = [
        one["what"] for one in planted_breaks() if (PROJECT / one["file"]).read_text().count(one["find"]) != 1
    ]
    assert lost == []
