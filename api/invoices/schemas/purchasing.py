"""The purchasing status of lines and groups: what is shown, of how many pieces, who said it, and what the other side says."""

from typing import Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from api.connectors.print_shop import LineStatus
from api.core.schema import Count, Wire, examples

_Example = dict[str, Any]
_COUNT: _Example = {"status": "received", "text": "", "pieces": 2}
_UNKNOWN: _Example = {"status": None, "text": "waiting for Bob", "pieces": 1}
_NOTE: _Example = {"texts": ["Received"], "status": "received", "pieces": 2}
PURCHASING: _Example = {
    "status": "received", "source": "inksoft", "piece_count": 3, "counts": [_COUNT, _UNKNOWN],
}  # fmt: skip
LINE_PURCHASING: _Example = {
    **PURCHASING,
    "line_item_id": "0192f0c4-7a10-7000-8000-000000000501",
    "printavo_status": "ordered",
    "inksoft": [_NOTE, {"texts": ["waiting for Bob"], "status": None, "pieces": 1}],
    "overruled": "printavo",
    "overruled_count": 3,
}


class GoodsCountRead(Wire):
    """So many pieces. `status` null with a `text`: InkSoft's own words that nobody explained; both empty: nothing is known."""

    model_config = ConfigDict(json_schema_extra=examples(_COUNT, _UNKNOWN))

    status: LineStatus | None
    text: str
    pieces: Count


class Purchasing(Wire):
    """The least advanced status that is known, with counts in pieces, least advanced first (B2, B3)."""

    model_config = ConfigDict(json_schema_extra=examples(PURCHASING))

    status: LineStatus | None
    source: Literal["inksoft", "printavo", "both"] | None = Field(
        description="Whose words these are; null when nobody said anything."
    )
    piece_count: Count
    counts: list[GoodsCountRead]


class InkSoftNote(Wire):
    """What the production cards of some pieces say, front and back together, and what that means."""

    model_config = ConfigDict(json_schema_extra=examples(_NOTE))

    texts: list[str]
    status: LineStatus | None = Field(
        description="The least advanced of them; null when one is not explained."
    )
    pieces: Count


class LinePurchasing(Purchasing):
    """A line's status, and what each side says by itself, whether it is what is shown or not."""

    model_config = ConfigDict(json_schema_extra=examples(LINE_PURCHASING))

    line_item_id: UUID | None = Field(description="Null for a moment, until a new line was looked at.")
    printavo_status: LineStatus | None
    inksoft: list[InkSoftNote]
    overruled: Literal["inksoft", "printavo"] | None = Field(
        description="The side that says something else than what is shown; null when the sides agree or one is silent."
    )
    overruled_count: Count = Field(description="Pieces on which that side is not what is shown.")
