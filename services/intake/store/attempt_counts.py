"""The counters of residents' attempts and of posts' look-ups, where every process of the service counts together.

`limits` decides by them. Its own stores are memory, which each process has for itself, or servers
that Concord does not run (Redis, Memcached, MongoDB); so this one is a table. The windows are those
of the database's clock.
"""

import math
import time
from ipaddress import ip_network
from typing import Annotated, LiteralString

from limits import RateLimitItem, parse
from limits.aio.storage import Storage
from limits.aio.strategies import FixedWindowRateLimiter
from psycopg import Error
from pydantic import AfterValidator

from shared.postgres import Pool, rows, transaction

PER_NUMBER, PER_NETWORK = "30/hour", "600/hour"
LOOK_UPS_PER_POST = parse("120/hour")
"""More than an office registers; too few to walk through numbers."""


def parts_of(written: str) -> tuple[str, ...]:
    """What stands between commas."""
    return tuple(each.strip() for each in written.split(",") if each.strip())


def _check_limit(written: str) -> str:
    parse(written)
    return written


def _check_networks(written: str) -> str:
    for each in parts_of(written):
        ip_network(each)
    return written


Limit = Annotated[str, AfterValidator(_check_limit)]
"""A rate such as `30/hour`."""
Networks = Annotated[str, AfterValidator(_check_networks)]
"""Networks such as `10.0.0.0/8,fd00::/8`, or nothing."""

# Nobody waits for the disk: a crash forgets the attempts of its last moment, and no record.
_COUNT: LiteralString = """
    insert into resident_attempt as kept (division_code, counter, attempts, ends_at)
    select %(division)s, %(counter)s, %(amount)s, now() + make_interval(secs => %(seconds)s)
    from set_config('synchronous_commit', 'off', true)
    on conflict (division_code, counter) do update set
        attempts = case when kept.ends_at <= now() then excluded.attempts
                        else kept.attempts + excluded.attempts end,
        ends_at = case when kept.ends_at <= now() then excluded.ends_at else kept.ends_at end
    returning attempts
"""
_READ: LiteralString = """
    select attempts, extract(epoch from ends_at)::float8 as ends_at from resident_attempt
    where counter = %(counter)s and ends_at > now()
"""
_END: LiteralString = "update resident_attempt set ends_at = now() where counter = %(counter)s"
_END_ALL: LiteralString = """
    update resident_attempt set ends_at = now() where ends_at > now() returning counter
"""
_NOBODYS = "000000"
"""No county has this code: an attempt is counted before it is known whether the number is one."""


class AttemptCounts(Storage):
    """Counts in the service's database."""

    STORAGE_SCHEME = None

    def __init__(self, pool: Pool) -> None:
        """The pool has to be open when something is counted."""
        super().__init__()
        self._pool = pool

    @property
    def base_exceptions(self) -> type[Exception]:
        """What the database may raise."""
        return Error

    async def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count, in a new window where the last one is over."""
        named = {"division": _NOBODYS, "counter": key, "amount": amount, "seconds": expiry}
        async with transaction(self._pool, _NOBODYS) as connection:
            (counted,) = await rows(connection, _COUNT, named)
        return int(counted["attempts"])

    async def get(self, key: str) -> int:
        """The attempts of the running window."""
        found = await self._read(key)
        return int(found[0])

    async def get_expiry(self, key: str) -> float:
        """When the running window ends, in seconds since 1970; 0 where none runs."""
        found = await self._read(key)
        return found[1]

    async def check(self) -> bool:
        """Whether the database answers."""
        async with self._pool.connection() as connection:
            await connection.execute("select 1")
        return True

    async def reset(self) -> int | None:
        """End the window of every counter; gives how many ran."""
        async with transaction(self._pool, _NOBODYS) as connection:
            return len(await rows(connection, _END_ALL, {}))

    async def clear(self, key: str) -> None:
        """End the window of one counter."""
        async with transaction(self._pool, _NOBODYS) as connection:
            await connection.execute(_END, {"counter": key})

    async def _read(self, key: str) -> tuple[int, float]:
        async with transaction(self._pool, _NOBODYS) as connection:
            found = await rows(connection, _READ, {"counter": key})
        return (found[0]["attempts"], float(found[0]["ends_at"])) if found else (0, 0.0)


async def seconds_to_wait(
    counts: AttemptCounts, limit: RateLimitItem, what: str, counter: str
) -> int | None:
    """Count one more; None where the limit allows it, else what is left of the window."""
    limiter = FixedWindowRateLimiter(counts)
    if await limiter.hit(limit, what, counter):
        return None
    window = await limiter.get_window_stats(limit, what, counter)
    return max(1, math.ceil(window.reset_time - time.time()))
