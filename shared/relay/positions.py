"""How far each ledger has got on Kafka: what the table says, and what is sent but not yet noted.

Noting costs a question to the broker and a row in Postgres, so it is done a few times a second
for many events at once; what is sent in between is remembered here, and sent again after a kill.
"""

from dataclasses import dataclass, field
from typing import LiteralString

from shared.partitions import partition_of
from shared.postgres import Connection, Pool, transaction

_UNKNOWN = -1
"""Differs from whatever the table holds, so that the next look at it is believed."""
_BEHIND: LiteralString = """
    select l.division_code, l.head_seq, coalesce(r.seq, 0)
    from ledger l left join relayed r using (division_code)
    where l.head_seq > coalesce(r.seq, 0)
"""
_RELAYED: LiteralString = "select division_code, seq, topic_id from relayed where seq > 0"
_BEGIN: LiteralString = """
    insert into relayed (division_code) select unnest(%s::text[]) on conflict do nothing
"""
_NOTE: LiteralString = """
    update relayed r set seq = moved.sent, topic_id = %(topic_id)s
    from unnest(%(divisions)s::text[], %(noted)s::bigint[], %(sent)s::bigint[])
         as moved (division, noted, sent)
    where r.division_code = moved.division and r.seq = moved.noted
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
    noted: dict[str, int] = field(default_factory=dict)
    sent: dict[str, int] = field(default_factory=dict)
    readings: int = 0
    """How often all ledgers were begun again."""

    async def load(self) -> None:
        """Read what the table says, and of which topics it says so."""
        cursor = await self.connection.execute(_RELAYED)
        found = await cursor.fetchall()
        self.noted = {division: seq for division, seq, _ in found}
        self.sent = dict(self.noted)
        self.topic_ids = {topic_id for _, _, topic_id in found if topic_id is not None}

    async def behind(self) -> list[Behind]:
        """The ledgers with something to send."""
        cursor = await self.connection.execute(_BEHIND)
        found = []
        for division, head, noted in await cursor.fetchall():
            if noted != self.noted.get(division, 0):
                self._set_back(division, noted)
            sent = self.sent.get(division, 0)
            if head > sent:
                found.append(Behind(division, sent, head))
        return found

    def _set_back(self, division: str, noted: int) -> None:
        # someone asked for this ledger to be sent again
        self.noted[division] = self.sent[division] = noted

    def advance(self, arrived: dict[str, int]) -> None:
        """Remember what Kafka acknowledged."""
        self.sent.update(arrived)

    def unnoted(self) -> int:
        """How many events were sent since positions were last noted."""
        return sum(seq - self.noted.get(division, 0) for division, seq in self.sent.items())

    async def note(self) -> None:
        """Write down what was sent; a ledger that someone set back meanwhile stays set back."""
        moved = [name for name, seq in self.sent.items() if seq != self.noted.get(name, 0)]
        if not moved:
            return
        await self._begin([name for name in moved if name not in self.noted])
        [topic_id] = self.topic_ids
        values = {
            "topic_id": topic_id,
            "divisions": moved,
            "noted": [self.noted.get(name, 0) for name in moved],
            "sent": [self.sent[name] for name in moved],
        }
        cursor = await self.connection.execute(_NOTE, values)
        kept = {division for (division,) in await cursor.fetchall()}
        for name in moved:
            if name in kept:
                self.noted[name] = self.sent[name]
            else:
                self._set_back(name, _UNKNOWN)

    async def _begin(self, divisions: list[str]) -> None:
        if divisions:
            await self.connection.execute(_BEGIN, (divisions,))

    async def forget(self) -> None:
        """Nothing counts as sent: every ledger goes out again from its first event."""
        await self.connection.execute(_FORGET)
        self.noted.clear()
        self.sent.clear()
        self.readings += 1

    def least_ends(self, partitions: int) -> dict[int, int]:
        """How far each partition must reach at least, if it still holds what was sent."""
        ends = dict.fromkeys(range(partitions), 0)
        for division, seq in self.sent.items():
            ends[partition_of(division, partitions)] += seq
        return ends


async def resend(pool: Pool, *, county: str, division: str | None = None) -> list[str]:
    """Have one ledger, or all of the county, sent again from the first event; gives their names."""
    async with transaction(pool, county) as connection:
        cursor = await connection.execute(_RESEND, {"division": division})
        return [found for (found,) in await cursor.fetchall()]
