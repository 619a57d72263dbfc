"""The four demo accounts. Names, keys and passwords are invented, public, and fixed."""

from api.sandbox.inksoft.world.account import LOWER, Account


def make_accounts() -> list[Account]:
    """Two linkable accounts, one on a lower plan, one that bills in Canadian dollars."""
    return [
        Account(41001, "northside", "Northside Print Co", "owner@northside.example", "northside-ink",
                "DEMO-NORTHSIDE-INKSOFT-KEY"),
        Account(41002, "harbor", "Harbor Stitch", "owner@harbor.example", "harbor-ink", "DEMO-HARBOR-INKSOFT-KEY"),
        Account(41003, "smalltown", "Smalltown Tees", "owner@smalltown.example", "smalltown-ink",
                "DEMO-SMALLTOWN-INKSOFT-KEY", plan=LOWER),
        Account(41004, "maple", "Maple Leaf Prints", "owner@maple.example", "maple-ink", "DEMO-MAPLE-INKSOFT-KEY",
                currency="CAD"),
    ]  # fmt: skip
