"""Imprints and pictures: what a group's goods are decorated with."""

from typing import Any

import pytest

from tests.sandbox.printavo_shop import Books


@pytest.fixture
def quote(books: Books) -> dict[str, Any]:
    return books.quote()


class TestAnImprint:
    def test_is_created_changed_and_deleted(self, books: Books, quote: dict[str, Any]) -> None:
        create = (
            "mutation($g: ID!, $i: ImprintCreateInput!) { imprintCreate(lineItemGroupId: $g, input: $i) { "
            "id details typeOfWork { name } } }"
        )
        made = books.data(
            create, g=books.group_of(quote), i={"details": "Sleeve", "typeOfWork": {"id": "11801"}}
        )["imprintCreate"]
        assert made["typeOfWork"] == {"name": "Screen Printing"}
        change = "mutation($p: ID!, $i: ImprintInput!) { imprintUpdate(id: $p, input: $i) { details typeOfWork { name } } }"
        assert books.data(change, p=made["id"], i={"details": "Right sleeve"})["imprintUpdate"] == {
            "details": "Right sleeve",
            "typeOfWork": {"name": "Screen Printing"},
        }
        books.data("mutation($p: ID!) { imprintDelete(id: $p) { id } }", p=made["id"])
        assert len(books.order(quote["id"])["groups"][0]["imprints"]) == 1

    def test_knows_only_the_account_s_own_types_of_work(self, books: Books, quote: dict[str, Any]) -> None:
        foreign = books.words("7002")["types_of_work"][0]["id"]
        create = "mutation($g: ID!, $i: ImprintCreateInput!) { imprintCreate(lineItemGroupId: $g, input: $i) { id } }"
        given = {"details": "x", "typeOfWork": {"id": foreign}}
        assert books.errors(create, g=books.group_of(quote), i=given) == ["Type of work not found"]


class TestAPicture:
    CREATE = (
        "mutation($l: ID!, $u: String!) { lineItemMockupCreate(lineItemId: $l, publicImageUrl: $u) { id "
        "fullImageUrl thumbnailUrl } }"
    )
    SENT = "https://artwork.example/front.png?sig=1"

    def test_comes_back_under_another_address(self, books: Books, quote: dict[str, Any]) -> None:
        made = books.data(self.CREATE, l=books.line_of(quote), u=self.SENT)["lineItemMockupCreate"]
        assert made["fullImageUrl"] != self.SENT
        assert made["fullImageUrl"].startswith("https://cdn.filepicker.invalid/")
        kept = books.order(quote["id"])["groups"][0]["lines"][0]["mockups"]
        assert kept == [{"id": made["id"], "source_url": self.SENT}]

    @pytest.mark.parametrize(
        ("mood", "shown"), [("delayed", False), ("silent_blank", False), ("immediate", True)]
    )
    def test_may_be_late_or_blank(self, books: Books, quote: dict[str, Any], mood: str, shown: bool) -> None:
        books.switch(file_fetch=mood)
        made = books.data(self.CREATE, l=books.line_of(quote), u=self.SENT)["lineItemMockupCreate"]
        assert (made["fullImageUrl"] is not None) is shown

    def test_arrives_after_a_while(self, books: Books, quote: dict[str, Any]) -> None:
        books.switch(file_fetch="delayed", file_fetch_seconds=0.0)
        assert books.data(self.CREATE, l=books.line_of(quote), u=self.SENT)["lineItemMockupCreate"][
            "fullImageUrl"
        ]

    def test_may_be_refused_and_always_is_when_it_is_no_address(
        self, books: Books, quote: dict[str, Any]
    ) -> None:
        line = books.line_of(quote)
        assert "not a public URL" in books.errors(self.CREATE, l=line, u="javascript:alert(1)")[0]
        books.switch(file_fetch="refused")
        assert books.errors(self.CREATE, l=line, u=self.SENT) == ["File could not be fetched"]
