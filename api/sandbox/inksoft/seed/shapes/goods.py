"""Odd goods: sizes, decorations, personalization, things without cards."""

from api.sandbox.inksoft.seed.catalogue import EVERYBODY
from api.sandbox.inksoft.seed.parts import pay
from api.sandbox.inksoft.seed.people import NAMES_IN_MANY_SCRIPTS
from api.sandbox.inksoft.seed.shapes.bench import Bench
from api.sandbox.inksoft.world.order import AddOn, CustomItem, NameNumber, Order, Personal, RetailItem

PERSONALIZED_PIECES = 200


def lay_out_goods(bench: Bench) -> None:
    """One paid order per shape, in a fixed sequence."""
    _plain(bench, "one_piece", bench.item("MC100", {"M": 1}))
    run = {"S": 60, "M": 100, "L": 100, "XL": 80, "2XL": 40, "3XL": 20}
    _plain(bench, "four_hundred_pieces", bench.item("MC100", run))
    _plain(bench, "all_24_sizes", bench.item("EV001", dict.fromkeys(EVERYBODY, 1)))
    _plain(bench, "upcharges", bench.item("ST700", {"M": 2, "XL": 1, "2XL": 2, "3XL": 1, "4XL": 1}))
    _plain(bench, "size_synonyms", bench.item("NB220", {"XL": 1, "XXL": 2, "XXXL": 1}, "left chest"))
    _plain(
        bench, "unknown_sizes",
        bench.item("CP010", {"OSFA": 2}, "left chest"), bench.item("TD310", {"2T/3T": 1}),
        bench.item("PN600", {"32x30": 1, "34x32": 1}, "left chest"), bench.item("TT040", {"XLT": 1}),
    )  # fmt: skip
    _plain(bench, "front_and_back", bench.item("MC150", {"S": 2, "L": 3}, "front and back"))
    _plain(bench, "three_sides", bench.item("ST710", {"M": 1, "2XL": 1}, "both sleeves"))
    _plain(bench, "embroidered", bench.item("NB310", {"L": 1}, "left chest"))
    _plain(bench, "odd_print_method", bench.item("MC100", {"L": 2}, "odd words"))
    _plain(
        bench, "two_decoration_sets",
        bench.item("MC100", {"M": 1}), bench.item("ST700", {"M": 1}), bench.item("MC100", {"M": 1}, "photo"),
    )  # fmt: skip
    _plain(bench, "edited_to_zero", bench.item("MC100", {"M": 2, "L": 0}))
    _plain(bench, "blank_goods", bench.item("BG090", {"One Size": 3}, None))
    _plain(
        bench, "blank_and_printed", bench.item("BG090", {"One Size": 1}, None), bench.item("MC100", {"S": 1})
    )
    _cards_not_made(bench)
    _custom_items(bench)
    _personalized(bench)
    _charged_extras(bench)
    _purchasing(bench)


def _plain(bench: Bench, shape: str, *items: RetailItem) -> Order:
    order = bench.order()
    order.items = list(items)
    pay(bench.world, order)
    return bench.finish(shape, order)


def _cards_not_made(bench: Bench) -> None:
    order = bench.order()
    order.items = [bench.item("MC100", {"M": 1, "2XL": 1})]
    order.cards_made = False
    pay(bench.world, order)
    bench.finish("cards_not_made", order)


def _custom_items(bench: Bench) -> None:
    order = bench.order()
    fresh = bench.world.fresh_id
    order.items = [bench.item("MC100", {"M": 4})]
    order.custom = [
        CustomItem(fresh(), "Vinyl banner 3x6", "Single sided, grommets", 1, 8500, size="3x6 ft"),
        CustomItem(
            fresh(), "Artwork time", "Redraw of the 1987 crest", 2, 4500, taxable=False, unit="PerHour"
        ),
    ]
    pay(bench.world, order)
    bench.finish("custom_line_items", order)
    alone = bench.order()
    alone.custom = [CustomItem(fresh(), "Trophy plate", "Engraved", 12, 650)]
    pay(bench.world, alone)
    bench.finish("only_custom_line_items", alone)


def _personalized(bench: Bench) -> None:
    """200 jerseys, each with its own name and number; the names run through many scripts."""
    order = bench.order()
    sizes = {"S": 30, "M": 50, "L": 50, "XL": 40, "2XL": 20, "3XL": 10}
    jersey = bench.item("JR500", sizes, "jersey")
    number = 0
    for row in jersey.rows:
        names = []
        for _ in range(row.quantity):
            name = NAMES_IN_MANY_SCRIPTS[number % len(NAMES_IN_MANY_SCRIPTS)]
            names.append(NameNumber(name, str(number % 100)))
            number += 1
        row.names = tuple(names)
    order.items = [jersey]
    pay(bench.world, order)
    bench.finish("personalized_200", order)
    small = bench.order()
    small.items = [bench.item("JR500", {"M": 3}, "jersey")]
    small.items[0].rows[0].names = (NameNumber("REYES", "7", 2), NameNumber("OKAFOR", "12"))
    small.items[0].rows[0].personal = (Personal("Position", "Keeper"),)
    pay(bench.world, small)
    bench.finish("names_and_numbers", small)


def _charged_extras(bench: Bench) -> None:
    order = bench.order()
    order.items = [bench.item("JR500", {"L": 2}, "jersey")]
    row = order.items[0].rows[0]
    row.names = (NameNumber("HADDAD", "9", price=600), NameNumber("NOVAK", "10", price=600))
    row.personal = (Personal("Sleeve flag", "NO", 250),)
    row.add_ons = (AddOn(bench.world.fresh_id(), "Gift wrap", 1, 399),)
    pay(bench.world, order)
    bench.finish("charged_extras", order)


def _purchasing(bench: Bench) -> None:
    """Front and back cards that disagree, a text nobody knows, and a row without any."""
    order = bench.order()
    order.items = [bench.item("MC150", {"S": 2, "M": 2, "L": 2}, "front and back")]
    small, medium, _ = order.items[0].rows
    small.purchasing = {"front": "Received", "back": "Ordered"}
    medium.purchasing = {"front": "waiting for Bob", "back": "waiting for Bob"}
    pay(bench.world, order)
    bench.finish("purchasing_differs", order)
