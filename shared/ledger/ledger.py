"""All ledgers of a service: append and read."""

from collections.abc import Callable, Mapping, Sequence

from shared.cloudevents import RecordedEvent
from shared.divisions import division_of
from shared.ledger import read
from shared.ledger.append import Appended, Outcome, append
from shared.ledger.append_input import Author, NewEvent, Receipt, Statement
from shared.ledger.clock import AppendClock, SteadyClock
from shared.ledger.receipts import known_keys
from shared.postgres import Pool

_NOTHING_LOOKED_UP: Mapping[str, int] = {}


class Ledger:
    """All ledgers of one service in one database; `source` is its name on the wire (`/intake`)."""

    def __init__(
        self,
        pool: Pool,
        *,
        source: str,
        on_append: Callable[[], None] = lambda: None,
        clock: AppendClock | None = None,
    ) -> None:
        """`on_append` is called after events were appended: it nudges the relay.

        `clock` gives the time of appends; the process's own unless it is given.
        """
        self.pool = pool
        self.source = source
        self.clock = clock or SteadyClock()
        self._on_append = on_append

    async def append(
        self,
        division: str,
        events: Sequence[NewEvent],
        author: Author,
        *,
        receipt: Receipt | None = None,
        position: int = 0,
        looked_up: Mapping[str, int] = _NOTHING_LOOKED_UP,
        also: Sequence[Statement] = (),
    ) -> Outcome:
        """Append to the division's ledger; raises OutsideScope or ClockNotBelieved, else an outcome.

        `position` is what a receipt remembers when there is nothing to append; `looked_up` has
        the versions of other streams of this ledger that must not have moved on.
        """
        now = await self.clock.now()
        async with self.pool.connection() as connection:
            outcome = await append(
                connection,
                source=self.source,
                division=division,
                events=events,
                author=author,
                receipt=receipt,
                now=now,
                position=position,
                looked_up=looked_up,
                also=also,
            )
        if isinstance(outcome, Appended) and events:
            self._on_append()
        return outcome

    async def receipt(
        self, division: str, author: Author, route: str, key: str
    ) -> read.StoredReceipt | None:
        """What an earlier request of this author with this key was answered, if there was one."""
        async with self.pool.connection() as connection:
            return await read.receipt(
                connection,
                scope=author.scope,
                division=division,
                actor_refs=author.refs,
                route=route,
                key=key,
            )

    async def known_keys(
        self, division: str, author: Author, route: str, keys: Sequence[str]
    ) -> set[str]:
        """Those of the keys under which this author's command was appended before."""
        async with self.pool.connection() as connection:
            return await known_keys(connection, division, author, route, keys)

    async def stream(self, scope: str, stream_id: str) -> list[read.StreamEvent]:
        """One stream, oldest first; empty when it is out of scope or has not begun."""
        async with self.pool.connection() as connection:
            return await read.stream(connection, scope, division_of(stream_id), stream_id)

    async def streams(
        self, scope: str, division: str, stream_ids: Sequence[str]
    ) -> dict[str, list[read.StreamEvent]]:
        """Several streams of one ledger by their ids; those not begun are empty."""
        found: dict[str, list[read.StreamEvent]] = {name: [] for name in stream_ids}
        if not found:
            return found
        async with self.pool.connection() as connection:
            for event in await read.streams(connection, scope, division, list(found)):
                found[event.stream_id].append(event)
        return found

    async def ledgers(self, scope: str, *, after: str = "", limit: int) -> list[read.LedgerHead]:
        """The ledgers within the scope that follow division `after`."""
        async with self.pool.connection() as connection:
            return await read.ledgers(connection, scope, after=after, limit=limit)

    async def event(self, scope: str, event_id: str) -> RecordedEvent | None:
        """One event by its id; None when it is out of scope or not there."""
        division = division_of(event_id)
        async with self.pool.connection() as connection:
            place = await read.place_of(connection, scope, division, event_id)
        if place is None:
            return None
        [found] = await self.read(scope, division, after=place - 1, limit=1)
        return found

    async def read(
        self, scope: str, division: str, *, after: int = 0, limit: int = 1000
    ) -> list[RecordedEvent]:
        """The events of a ledger that follow position `after`, in order."""
        async with self.pool.connection() as connection:
            return await read.ledger(
                connection, self.source, scope, division, after=after, limit=limit
            )

    async def heads(self, scope: str, divisions: Sequence[str]) -> dict[str, int]:
        """How far the ledgers reach that lie within the scope; 0 for those not begun."""
        async with self.pool.connection() as connection:
            found = await read.heads(connection, scope, divisions)
        return dict.fromkeys(divisions, 0) | found
