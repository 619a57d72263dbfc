"""The 24 sizes of the shop system, the texts that mean them, and their order: youth before adult, Other last."""

from collections.abc import Mapping

from api.settings.rules.words import plain_text

OTHER = "size_other"

# In the order in which a size grid shows them.
SIZES: tuple[str, ...] = (
    "size_6m", "size_12m", "size_18m", "size_24m", "size_2t", "size_3t", "size_4t", "size_5t",
    "size_yxs", "size_ys", "size_ym", "size_yl", "size_yxl",
    "size_xs", "size_s", "size_m", "size_l", "size_xl", "size_2xl", "size_3xl", "size_4xl", "size_5xl", "size_6xl",
    OTHER,
)  # fmt: skip
RANK: Mapping[str, int] = {code: rank for rank, code in enumerate(SIZES)}

_ADULT = {
    "xs": ("xs", "x-small", "x small", "extra small", "xsmall", "adult xs"),
    "s": ("s", "sm", "small", "adult s", "adult small", "as"),
    "m": ("m", "md", "med", "medium", "adult m", "adult medium", "am"),
    "l": ("l", "lg", "large", "adult l", "adult large", "al"),
    "xl": ("xl", "x-large", "x large", "extra large", "xlarge", "1xl", "adult xl", "axl"),
    "2xl": ("2xl", "xxl", "2x", "2x-large", "xx-large", "2 xl", "adult 2xl", "a2xl"),
    "3xl": ("3xl", "xxxl", "3x", "3x-large", "xxx-large", "3 xl", "adult 3xl", "a3xl"),
    "4xl": ("4xl", "xxxxl", "4x", "4x-large", "4 xl", "adult 4xl", "a4xl"),
    "5xl": ("5xl", "xxxxxl", "5x", "5x-large", "5 xl", "adult 5xl", "a5xl"),
    "6xl": ("6xl", "xxxxxxl", "6x", "6x-large", "6 xl", "adult 6xl", "a6xl"),
}
_YOUTH = {
    "yxs": ("yxs", "youth xs", "youth x-small", "youth extra small", "y-xs", "y xs"),
    "ys": ("ys", "youth s", "youth small", "y-s", "y s", "ysm"),
    "ym": ("ym", "youth m", "youth medium", "y-m", "y m", "ymd"),
    "yl": ("yl", "youth l", "youth large", "y-l", "y l", "ylg"),
    "yxl": ("yxl", "youth xl", "youth x-large", "youth extra large", "y-xl", "y xl"),
}
_INFANT = {
    "6m": ("6m", "6 m", "6mo", "6 months"),
    "12m": ("12m", "12 m", "12mo", "12 months"),
    "18m": ("18m", "18 m", "18mo", "18 months"),
    "24m": ("24m", "24 m", "24mo", "24 months"),
    "2t": ("2t",),
    "3t": ("3t",),
    "4t": ("4t",),
    "5t": ("5t",),
}
SYNONYMS: Mapping[str, str] = {
    text: f"size_{code}"
    for table in (_ADULT, _YOUTH, _INFANT)
    for code, texts in table.items()
    for text in texts
}


def size_code(text: str, chosen: Mapping[str, str]) -> str | None:
    """The size code that a platform's text means; the shop's own map goes first; None when nobody knows it."""
    plain = plain_text(text)
    return chosen.get(plain) or SYNONYMS.get(plain)
