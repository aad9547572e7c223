"""How far each ledger was sent to Kafka: the saved position, and what was sent since.

Saving costs a request to the broker and a row in PostgreSQL, so it is done a few times a second
for many events at once; what is sent in between is kept in memory, and sent again after a kill.
"""

from dataclasses import dataclass, field
from typing import LiteralString

from shared.partitions import partition_of
from shared.postgres import Connection, Pool, transaction

_UNKNOWN = -1
"""Differs from every saved position, so that the next read of the table replaces it."""
_BEHIND: LiteralString = """
    select l.division_code, l.head_seq, coalesce(r.seq, 0)
    from ledger l left join relayed r using (division_code)
    where l.head_seq > coalesce(r.seq, 0)
"""
_RELAYED: LiteralString = "select division_code, seq, topic_id from relayed where seq > 0"
_BEGIN: LiteralString = """
    insert into relayed (division_code) select unnest(%s::text[]) on conflict do nothing
"""
_SAVE: LiteralString = """
    update relayed r set seq = moved.sent, topic_id = %(topic_id)s
    from unnest(%(divisions)s::text[], %(saved)s::bigint[], %(sent)s::bigint[])
         as moved (division, saved, sent)
    where r.division_code = moved.division and r.seq = moved.saved
    returning r.division_code
"""
_FORGET: LiteralString = "update relayed set seq = 0, topic_id = null where seq > 0"
_RESEND: LiteralString = """
    update relayed set seq = 0 where seq > 0 and (%(division)s::text is null
                                                  or division_code = %(division)s)
    returning division_code
"""


@dataclass(frozen=True, slots=True)
class Behind:
    """A ledger with events that Kafka does not have yet: those after `sent`, up to `head`."""

    division: str
    sent: int
    head: int


@dataclass(slots=True)
class Positions:
    """The positions of all ledgers of a service, as its leading relay sees them."""

    connection: Connection
    topic_ids: set[str] = field(default_factory=set)
    saved: dict[str, int] = field(default_factory=dict)
    sent: dict[str, int] = field(default_factory=dict)
    restarts: int = 0
    """How often all ledgers were set back to their first event."""

    async def load(self) -> None:
        """Read the saved positions, and the ids of the topics they belong to."""
        cursor = await self.connection.execute(_RELAYED)
        found = await cursor.fetchall()
        self.saved = {division: seq for division, seq, _ in found}
        self.sent = dict(self.saved)
        self.topic_ids = {topic_id for _, _, topic_id in found if topic_id is not None}

    async def behind(self) -> list[Behind]:
        """The ledgers that have events to send."""
        cursor = await self.connection.execute(_BEHIND)
        found = []
        for division, head, saved in await cursor.fetchall():
            if saved != self.saved.get(division, 0):
                self._set_back(division, saved)
            sent = self.sent.get(division, 0)
            if head > sent:
                found.append(Behind(division, sent, head))
        return found

    def _set_back(self, division: str, saved: int) -> None:
        # an operator asked for this ledger to be sent again
        self.saved[division] = self.sent[division] = saved

    def advance(self, arrived: dict[str, int]) -> None:
        """Take over what Kafka acknowledged; nothing is saved yet."""
        self.sent.update(arrived)

    def unsaved(self) -> int:
        """How many events were sent since the positions were last saved."""
        return sum(seq - self.saved.get(division, 0) for division, seq in self.sent.items())

    async def save(self) -> None:
        """Write the positions; a ledger that was set back meanwhile stays set back."""
        moved = [name for name, seq in self.sent.items() if seq != self.saved.get(name, 0)]
        if not moved:
            return
        await self._begin([name for name in moved if name not in self.saved])
        [topic_id] = self.topic_ids
        values = {
            "topic_id": topic_id,
            "divisions": moved,
            "saved": [self.saved.get(name, 0) for name in moved],
            "sent": [self.sent[name] for name in moved],
        }
        cursor = await self.connection.execute(_SAVE, values)
        kept = {division for (division,) in await cursor.fetchall()}
        for name in moved:
            if name in kept:
                self.saved[name] = self.sent[name]
            else:
                self._set_back(name, _UNKNOWN)

    async def _begin(self, divisions: list[str]) -> None:
        if divisions:
            await self.connection.execute(_BEGIN, (divisions,))

    async def forget(self) -> None:
        """Set all positions to 0: every ledger is sent again from its first event."""
        await self.connection.execute(_FORGET)
        self.saved.clear()
        self.sent.clear()
        self.restarts += 1

    def least_ends(self, partitions: int) -> dict[int, int]:
        """The least end offset of each partition, if it still holds all that was sent."""
        ends = dict.fromkeys(range(partitions), 0)
        for division, seq in self.sent.items():
            ends[partition_of(division, partitions)] += seq
        return ends


async def resend(pool: Pool, *, county: str, division: str | None = None) -> list[str]:
    """Send one ledger, or all of the county, again from the first event; returns their divisions."""
    async with transaction(pool, county) as connection:
        cursor = await connection.execute(_RESEND, {"division": division})
        return [found for (found,) in await cursor.fetchall()]
