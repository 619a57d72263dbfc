"""The 24 sizes of a Printavo line, in its order."""

from typing import Final

SIZES: Final = (
    "size_yxs",
    "size_ys",
    "size_ym",
    "size_yl",
    "size_yxl",
    "size_xs",
    "size_s",
    "size_m",
    "size_l",
    "size_xl",
    "size_2xl",
    "size_3xl",
    "size_4xl",
    "size_5xl",
    "size_6xl",
    "size_other",
    "size_6m",
    "size_12m",
    "size_18m",
    "size_24m",
    "size_2t",
    "size_3t",
    "size_4t",
    "size_5t",
)
