"""Tables for quotes, invoices and lines as Printavo tells them. Pure."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from api.connectors.printavo import wire
from api.connectors.printavo.mapping import reading
from api.connectors.printavo.mapping.sizes import SIZES

LINE = {
    "id": "70011",
    "position": 2,
    "itemNumber": "ST100",
    "color": "Navy",
    "description": "Fleece hoodie\nref P-7K2Q9FXM",
    "price": Decimal("21.5"),
    "taxed": False,
    "productStatus": "ordered",
    "sizes": [{"size": "size_m", "count": 6}, {"size": "size_2xl", "count": 1}],
}
HEADER = {
    "__typename": "Quote",
    "id": "9001",
    "visualId": "1207",
    "nickname": "Falcons",
    "visualPoNumber": "P-7K2Q9FXM",
    "tags": ["P-7K2Q9FXM"],
    "status": {"id": "310", "name": "Quote"},
    "publicUrl": "https://shop.example/invoice/abc",
    "discount": Decimal("12.5"),
    "discountAmount": Decimal("12.5"),
    "discountAsPercentage": False,
    "salesTaxAmount": 0,
    "subtotal": Decimal("262.000000000001"),
    "total": Decimal("249.5"),
    "amountPaid": Decimal("100.10"),
    "totalQuantity": 12,
    "timestamps": {"updatedAt": "2030-04-01T09:12:44-05:00"},
}


def changed(raw: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """`raw` with other fields; a field of None is null, as the schema may allow."""
    return {**raw, **fields}


class TestReadingALine:
    def read(self, **fields: Any) -> Any:
        return reading.to_line(wire.Line.model_validate(changed(LINE, **fields)))

    def test_gives_every_part_in_our_words(self) -> None:
        line = self.read()
        assert (line.id, line.position, line.item_number, line.color) == ("70011", 2, "ST100", "Navy")
        assert line.unit_price_amount == 2150
        assert line.taxed is False
        assert line.sizes == (("size_m", 6), ("size_2xl", 1))
        assert line.status == "ordered"
        assert line.description.endswith("ref P-7K2Q9FXM")

    def test_keeps_of_a_text_what_a_database_can_keep(self) -> None:
        line = self.read(color="Na\x00vy", description="hood\ud83d")
        assert (line.color, line.description) == ("Na\ufffdvy", "hood\ufffd")

    @pytest.mark.parametrize("field", ["itemNumber", "color", "description"])
    def test_reads_a_missing_text_as_empty(self, field: str) -> None:
        line = self.read(**{field: None})
        assert "" in (line.item_number, line.color, line.description)

    @pytest.mark.parametrize(
        ("sizes", "expected"),
        [
            ([], ()),
            ([{"size": "size_m", "count": 0}], ()),
            ([{"size": "size_m", "count": None}, {"size": "size_l", "count": 2}], (("size_l", 2),)),
            ([{"size": "size_m", "count": 1}, {"size": "size_m", "count": 2}], (("size_m", 3),)),
            ([{"size": "size_9xl", "count": 4}], (("size_9xl", 4),)),
            ([{"size": size, "count": 1} for size in SIZES], tuple((size, 1) for size in SIZES)),
        ],
    )
    def test_counts_the_pieces_of_each_size(self, sizes: list[Any], expected: tuple[Any, ...]) -> None:
        assert self.read(sizes=sizes).sizes == expected

    @pytest.mark.rule("B1")
    @pytest.mark.parametrize(
        "status",
        ["need_ordering", "attached_to_po", "ordered", "arrived", "partially_received", "received", "in"],
    )
    def test_knows_all_purchasing_statuses(self, status: str) -> None:
        assert self.read(productStatus=status).status == status

    @pytest.mark.parametrize("status", [None, "", "teleported"])
    def test_reads_no_or_an_unknown_status_as_none(self, status: str | None) -> None:
        assert self.read(productStatus=status).status is None

    def test_ignores_fields_that_it_does_not_know(self) -> None:
        assert self.read(holograms=[1, 2]).id == "70011"

    def test_takes_a_numeric_id_as_text(self) -> None:
        assert self.read(id=70011).id == "70011"

    def test_takes_a_line_without_a_price_as_free(self) -> None:
        assert self.read(price=None).unit_price_amount == 0

    @pytest.mark.parametrize(
        "fields",
        [
            {"position": "second"},
            {"position": None},
            {"price": "21.5"},
            {"price": Decimal("21.505")},
            {"sizes": None},
            {"sizes": [{"size": "size_m", "count": "many"}]},
            {"sizes": "size_m"},
            {"taxed": None},
            {"id": None},
            {"id": {"id": "1"}},
        ],
        ids=str,
    )
    def test_refuses_wrong_types(self, fields: dict[str, Any]) -> None:
        with pytest.raises(ValueError, match="validation error"):
            wire.Line.model_validate(changed(LINE, **fields))


class TestReadingAnInvoice:
    def read(self, **fields: Any) -> Any:
        return reading.to_invoice(wire.Header.model_validate(changed(HEADER, **fields)))

    def test_gives_every_part_in_our_words(self) -> None:
        invoice = self.read()
        assert (invoice.external_id, invoice.kind, invoice.visual_id) == ("9001", "quote", "1207")
        assert (invoice.nickname, invoice.po_number, invoice.tags) == (
            "Falcons",
            "P-7K2Q9FXM",
            ("P-7K2Q9FXM",),
        )
        assert (invoice.status_id, invoice.status_name) == ("310", "Quote")
        assert (invoice.subtotal_amount, invoice.total_amount, invoice.paid_amount) == (26200, 24950, 10010)
        assert (invoice.discount_amount, invoice.sales_tax_amount, invoice.total_quantity) == (1250, 0, 12)
        assert invoice.updated_at == datetime(2030, 4, 1, 14, 12, 44, tzinfo=UTC)
        assert invoice.updated_at.utcoffset() == timedelta(0)

    @pytest.mark.rule("A5")
    def test_tells_an_invoice_from_a_quote(self) -> None:
        assert self.read(__typename="Invoice").kind == "invoice"

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"discount": Decimal("12.5"), "discountAsPercentage": False}, 1250),
            ({"discount": Decimal("12.5"), "discountAsPercentage": None}, 1250),
            ({"discount": 10, "discountAsPercentage": True, "discountAmount": Decimal("26.2")}, 2620),
            (
                {
                    "discount": Decimal("33.3333"),
                    "discountAsPercentage": True,
                    "discountAmount": Decimal("87.33"),
                },
                8733,
            ),
            ({"discount": None, "discountAmount": None}, 0),
            ({"discount": None, "discountAmount": Decimal(5)}, 500),
            ({"discount": 10, "discountAsPercentage": True, "discountAmount": None}, 0),
        ],
        ids=str,
    )
    def test_knows_money_off_from_a_percentage(self, fields: dict[str, Any], expected: int) -> None:
        assert self.read(**fields).discount_amount == expected

    @pytest.mark.parametrize(
        "field",
        ["nickname", "visualPoNumber", "visualId", "subtotal", "total", "amountPaid", "totalQuantity"],
    )
    def test_tolerates_nulls(self, field: str) -> None:
        assert self.read(**{field: None}).external_id == "9001"

    @pytest.mark.parametrize(
        "fields",
        [
            {"__typename": "PurchaseOrder"},
            {"timestamps": {"updatedAt": "yesterday"}},
            {"timestamps": {"updatedAt": "2030-04-01T09:12:44"}},
            {"total": Decimal("1.005")},
            {"status": None},
            {"tags": "one"},
            {"discount": "much"},
        ],
        ids=str,
    )
    def test_refuses_wrong_types(self, fields: dict[str, Any]) -> None:
        with pytest.raises(ValueError, match="validation error"):
            self.read(**fields)
