"""The three shops, made from the anchor's number: the same folder always holds the same shops."""

from random import Random

from api.sandbox.printavo.seed.accounts import plant_accounts
from api.sandbox.printavo.seed.merch import plant_merch
from api.sandbox.printavo.seed.people import plant_customers
from api.sandbox.printavo.seed.work import plant_orders
from api.sandbox.printavo.world import World


def plant(world: World) -> World:
    """Accounts with their words and customers; orders and merch orders unless the seed is ``empty``."""
    for account in plant_accounts(world):
        luck = Random(f"{world.anchor.number}/{account.company_name}")
        plant_customers(world, account, luck)
        with_orders = world.anchor.seed != "empty"
        if with_orders:
            plant_orders(world, account, luck)
        plant_merch(world, account, luck, with_orders=with_orders)
    return world
