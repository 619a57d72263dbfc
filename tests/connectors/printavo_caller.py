"""A process of its own that calls Printavo as the product does, at the pace that all processes share."""

import asyncio
import sys

import asyncpg

from api.connectors.print_shop import ShopCredentials
from api.connectors.printavo.adapter import Printavo
from api.connectors.vendor_errors import SlowDown
from api.core.http import HttpDoor
from api.core.pacing import PacingRow
from api.core.secrets import KeyedHash


async def call(shop: Printavo, keys: ShopCredentials, times: int) -> int:
    """How many of `times` calls were refused as too many."""
    refused = 0
    for _ in range(times):
        try:
            await shop.verify(keys)
        except SlowDown:
            refused += 1
    return refused


async def main(url: str, database: str, interval: float, keys: ShopCredentials, times: int) -> None:
    settings = {"role": "platen_app"}
    async with (
        asyncpg.create_pool(database, min_size=1, max_size=2, server_settings=settings) as pool,
        HttpDoor(url, timeout=10) as door,
    ):
        pace = PacingRow(pool, KeyedHash("tests"), interval=interval)
        await pool.fetchval("SELECT 1")
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.readline)
        sys.stdout.write(f"{await call(Printavo(door, pace), keys, times)}\n")


if __name__ == "__main__":
    url, database, interval, email, token, times = sys.argv[1:]
    asyncio.run(main(url, database, float(interval), ShopCredentials(email, token), int(times)))
