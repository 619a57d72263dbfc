"""How free texts of a store platform are compared: case and spacing say nothing."""


def plain_text(text: str) -> str:
    """`"  Screen   Print "` and `"screen print"` are one; the maps of the settings are keyed by this form."""
    return " ".join(text.lower().split())
