"""What crosses the wire about stores and sharing."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from api.core.problems import ProblemBody
from api.core.schema import Amount, Count, Currency, Moment, Wire, check_text, examples
from api.stores.rules import Kind, Mode

Status = Literal["open", "closed"]
StoreUri = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(check_text),
    Field(description="The store's address, or its last part.", examples=["lincoln_high"]),
]

_ID = "0192f0c4-7a10-7000-8000-000000000201"
_FIGURES: dict[str, Any] = {
    "order_count": 412,
    "open_order_count": 37,
    "open_piece_count": 96,
    "open_amount": 214300,
    "attached_order_count": 120,
}
_STORE: dict[str, Any] = {
    "id": _ID,
    "external_id": "70211",
    "name": "Lincoln High Spirit Wear",
    "kind": "store",
    "store_uri": "lincoln_high",
    "status": "open",
    "closes_at": "2026-12-04T23:59:00.000Z",
    "is_embedded": False,
    "shared": True,
    "discovered_at": "2026-11-02T08:12:00.000Z",
    "figures": _FIGURES,
    "currency": "USD",
    "version": 4,
}
_SHARING: dict[str, Any] = {
    "mode": "selected",
    "selected_store_ids": [_ID],
    "excluded_store_ids": [],
    "version": 7,
}


class StoreFigures(Wire):
    """Facts of a store's orders, whatever is shared. *Open* = approved, not cancelled, on no invoice."""

    model_config = ConfigDict(json_schema_extra=examples(_FIGURES))

    order_count: Count
    open_order_count: Count
    open_piece_count: Count
    open_amount: Amount
    attached_order_count: Count


class StoreRead(Wire):
    """An online store. `shared` is what counts now: the mode, the selection and the exceptions together (S1)."""

    model_config = ConfigDict(json_schema_extra=examples(_STORE))

    id: UUID
    external_id: str
    name: str
    kind: Kind
    store_uri: str | None
    status: Status
    closes_at: Moment | None
    is_embedded: bool
    shared: bool
    discovered_at: Moment
    figures: StoreFigures
    currency: Currency
    version: Count


class StoreAdd(Wire):
    """A store that has no orders yet, by its address (S5)."""

    model_config = ConfigDict(json_schema_extra=examples({"store_uri": "lincoln_high"}))

    store_uri: StoreUri


class StoreChange(Wire):
    """What to change; members left out stay as they are."""

    model_config = ConfigDict(json_schema_extra=examples({"shared": True}, {"closes_at": None}))

    # Factories, so that the contract shows no defaults: what is left out is not set.
    shared: bool = Field(default_factory=bool, description="Share orders with Printavo (S2).")
    status: Status = Field(default_factory=lambda: "open")
    closes_at: Moment | None = Field(default_factory=lambda: None)
    is_embedded: bool = Field(
        default_factory=bool, description="Orders of this store come from an embedded designer."
    )


class SharingRead(Wire):
    """How orders are shared (S1). Selection and exceptions stay while another mode is on."""

    model_config = ConfigDict(json_schema_extra=examples(_SHARING))

    mode: Mode
    selected_store_ids: list[UUID]
    excluded_store_ids: list[UUID]
    version: Count


class SharingChange(Wire):
    """The new mode. A list that is left out stays as it was: switching `all` off brings the earlier selection back (S1)."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            {"mode": "all", "excluded_store_ids": []}, {"mode": "selected", "selected_store_ids": [_ID]}
        )
    )

    mode: Mode
    selected_store_ids: Annotated[list[UUID], Field(max_length=20_000)] | None = None
    excluded_store_ids: Annotated[list[UUID], Field(max_length=20_000)] | None = None


class BulkSharing(Wire):
    """Share or un-share up to 200 stores at once."""

    model_config = ConfigDict(json_schema_extra=examples({"store_ids": [_ID], "shared": True}))

    store_ids: Annotated[list[UUID], Field(min_length=1, max_length=200)]
    shared: bool


class BulkSharingItem(Wire):
    """What became of one of the stores asked for: `data` with status 200, `problem` with any other."""

    model_config = ConfigDict(
        json_schema_extra=examples({"index": 0, "status": 200, "data": _STORE, "problem": None})
    )

    index: Count
    status: int
    data: StoreRead | None
    problem: ProblemBody | None


class BulkSharingResult(Wire):
    """One entry for each store asked for, in the order asked."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            {"results": [{"index": 0, "status": 200, "data": _STORE, "problem": None}]}
        )
    )

    results: list[BulkSharingItem]
