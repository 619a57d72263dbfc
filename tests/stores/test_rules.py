"""The pure decisions of sharing, and that the SQL expression decides alike."""

import itertools
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from api.stores.queries import SHARED
from api.stores.rules import Marks, Mode, change_marks, is_shared, kind_of, name_of, share_marks, store_uri_of
from tests.stores.conftest import Shop

MODES: tuple[Mode, ...] = ("none", "selected", "all")
A, B = uuid4(), uuid4()


def _marks(*, selected: set[UUID] = frozenset(), excluded: set[UUID] = frozenset()) -> dict[UUID, Marks]:  # type: ignore[assignment] # an empty default
    return {id_: Marks(id_ in selected, id_ in excluded) for id_ in (A, B)}


def _shared(mode: Mode, marks: dict[UUID, Marks]) -> set[UUID]:
    return {id_ for id_, known in marks.items() if is_shared(mode, known)}


@pytest.mark.rule("S1")
class TestSharingOneStore:
    def test_in_no_mode_begins_a_new_selection(self) -> None:
        mode, marks = share_marks("none", _marks(selected={B}), {A}, shared=True)
        assert (mode, _shared(mode, marks)) == ("selected", {A})

    def test_in_all_takes_back_an_exception(self) -> None:
        mode, marks = share_marks("all", _marks(excluded={A, B}), {A}, shared=True)
        assert (mode, _shared(mode, marks)) == ("all", {A})

    def test_unsharing_in_all_makes_an_exception_and_keeps_the_selection(self) -> None:
        mode, marks = share_marks("all", _marks(selected={A}), {A}, shared=False)
        assert (_shared(mode, marks), _shared("selected", marks)) == ({B}, {A})

    def test_unsharing_in_no_mode_changes_nothing(self) -> None:
        before = _marks(selected={A})
        assert share_marks("none", before, {A}, shared=False) == ("none", before)

    @pytest.mark.parametrize("mode", MODES)
    @pytest.mark.parametrize("shared", [True, False])
    def test_shares_exactly_what_was_asked_whatever_the_mode(self, mode: Mode, shared: bool) -> None:
        for selected, excluded in itertools.product([set(), {A}, {B}, {A, B}], repeat=2):
            before = _marks(selected=selected, excluded=excluded)
            after_mode, after = share_marks(mode, before, {A}, shared=shared)
            assert (A in _shared(after_mode, after)) is shared
            assert (B in _shared(after_mode, after)) is (B in _shared(mode, before))


@pytest.mark.rule("S1")
class TestChangingMarks:
    def test_a_list_that_is_left_out_stays(self) -> None:
        before = _marks(selected={A}, excluded={B})
        assert change_marks(before, selected=None, excluded=None) == before

    def test_a_list_that_is_given_is_the_whole_list(self) -> None:
        after = change_marks(_marks(selected={A}), selected=[B], excluded=[])
        assert after == _marks(selected={B})


@pytest.mark.rule("S1")
async def test_the_sql_expression_decides_like_the_rule(shop: Shop) -> None:
    async with shop.database.transaction(shop.id) as session:
        for mode, selected, excluded in itertools.product((*MODES, None), (True, False), (True, False)):
            found = await session.scalar(
                text(
                    f"SELECT {SHARED} FROM (SELECT CAST(:selected AS boolean) AS is_selected, "  # noqa: S608 - a constant
                    "CAST(:excluded AS boolean) AS is_excluded) s, (SELECT CAST(:mode AS text) AS mode) g"
                ),
                {"mode": mode, "selected": selected, "excluded": excluded},
            )
            assert found is is_shared(mode or "none", Marks(selected, excluded)), (mode, selected, excluded)


@pytest.mark.parametrize(
    ("given", "segment"),
    [
        ("lincoln_high", "lincoln_high"),
        ("https://stores.inksoft.com/lincoln_high/shop/home", "lincoln_high"),
        ("stores.inksoft.com/lincoln_high", "lincoln_high"),
        ("https://stores.inksoft.com//lincoln_high?x=1#y", "lincoln_high"),
        ("https://stores.inksoft.com/", ""),
        ("/lincoln_high/", "lincoln_high"),
    ],
)
def test_a_pasted_address_is_read_as_its_path_segment(given: str, segment: str) -> None:
    assert store_uri_of(given) == segment


@pytest.mark.rule("S3")
def test_proposals_without_a_store_have_a_system_store() -> None:
    assert (kind_of("proposals"), name_of("proposals", "")) == ("proposals", "Proposals")
    assert (kind_of("70211"), name_of("70211", "")) == ("store", "Store 70211")
