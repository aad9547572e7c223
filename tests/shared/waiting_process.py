"""`python -m tests.shared.waiting_process DSN ROUNDS`: waiters over a real pool, many times over.

A program of its own, so that another Python can run it. Prints what is left when all have ended.
"""

import asyncio
import json
import sys
from collections.abc import Collection

from shared.http.position_waits import PositionWaits
from shared.http.positions import LedgerPlace, Position
from shared.ledger import Ledger
from shared.postgres import new_pool
from shared.refusals import Refusal

COUNTY, DIVISION = "519900", "519900101"
WAITERS = 100
NAME = "waiting"
_OPEN = """
    select count(*) from pg_stat_activity
    where datname = current_database() and application_name = 'waiting'
          and pid <> pg_backend_pid() and state <> 'idle'
"""


async def main(dsn: str, rounds: int) -> None:
    async with new_pool(dsn, name=NAME) as pool:
        ledger, asked = Ledger(pool, source="/trial"), 0

        async def heads(ledgers: Collection[LedgerPlace]) -> dict[LedgerPlace, int]:
            nonlocal asked
            asked += 1
            found = await ledger.heads(COUNTY, [division for _, division in ledgers])
            return {("trial", division): head for division, head in found.items()}

        waits = PositionWaits(heads, follows={"trial"})
        outcomes: dict[str, int] = {}
        for number in range(rounds):
            for outcome in await a_round(waits, number):
                outcomes[outcome] = outcomes.get(outcome, 0) + 1
        await asyncio.sleep(0.2)
        asked_by_the_end = asked
        await asyncio.sleep(0.3)
        async with pool.connection() as connection:
            cursor = await connection.execute(_OPEN)
            (still_open,) = await cursor.fetchone() or (None,)
        told = {
            "outcomes": outcomes,
            "open": still_open,
            "asked": asked,
            "asked since": asked - asked_by_the_end,
            "tasks": sum("PositionWaits" in repr(task) for task in asyncio.all_tasks()),
        }
    sys.stdout.write(json.dumps(told))


async def a_round(waits: PositionWaits, number: int) -> list[str]:
    """A hundred that wait in vain, some of whom are gone before their time."""
    place = [Position("trial", DIVISION, 7)]
    tasks = [
        asyncio.create_task(waits.until(place, post=f"post-{each}", within=0.02 + each / 2000))
        for each in range(WAITERS)
    ]
    await asyncio.sleep(0.001 * number)
    for task in tasks[::3]:
        task.cancel()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    return [each.slug if isinstance(each, Refusal) else type(each).__name__ for each in ended]


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
