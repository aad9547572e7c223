"""What a service has consumed: each ledger's next sequence, moved in the effect's transaction.

A sequence below the next is a duplicate and is skipped; the next itself is consumed; one above
shows a gap and is out of order until the missing event has come. Offsets only help to find the
place on the topic again: sequences alone decide what is a duplicate, so replacing a topic loses
nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import LiteralString

from shared.postgres import Connection

_READ: LiteralString = """
    select division_code, next_seq, topic_id, topic_partition, last_offset, parked_seqs from inbox
    where source = %s and division_code = any(%s) order by division_code for update
"""
_BEGIN: LiteralString = """
    insert into inbox (source, division_code) select %s, unnest(%s::text[]) on conflict do nothing
"""
_MOVE: LiteralString = """
    update inbox set next_seq = moved.next_seq, topic_id = moved.topic_id,
                     topic_partition = moved.topic_partition, last_offset = moved.last_offset
    from unnest(%(divisions)s::text[], %(next_seqs)s::bigint[], %(topic_ids)s::text[],
                %(partitions)s::integer[], %(offsets)s::bigint[])
         as moved (division_code, next_seq, topic_id, topic_partition, last_offset)
    where inbox.source = %(source)s and inbox.division_code = moved.division_code
"""
_NOTE_PARKED: LiteralString = """
    update inbox set parked_seqs = %s where source = %s and division_code = %s
"""
_PARKED: LiteralString = """
    select division_code, cardinality(parked_seqs), next_seq = any(parked_seqs)
    from inbox where source = %s and parked_seqs <> '{}' order by division_code
"""
_CONSUMED: LiteralString = """
    select topic_partition, max(last_offset) + 1 from inbox
    where source = %s and topic_id = %s and last_offset is not null group by topic_partition
"""


@dataclass(frozen=True, slots=True)
class Position:
    """How far a ledger is consumed, and where on the topic its last event was read."""

    next_seq: int = 1
    topic_id: str | None = None
    partition: int | None = None
    last_offset: int | None = None
    parked: frozenset[int] = frozenset()
    """The sequences that are parked and not replayed: see `shared.streaming`."""

    def met(self, topic_id: str, partition: int, offset: int, next_seq: int) -> "Position":
        """The position after a message at this offset; re-reading never moves an offset back."""
        if topic_id == self.topic_id and self.last_offset is not None:
            offset = max(offset, self.last_offset)
        return replace(
            self, next_seq=next_seq, topic_id=topic_id, partition=partition, last_offset=offset
        )

    def after_last(self, topic_id: str) -> int:
        """The offset that follows the ledger's last event on this topic; 0 where there is none."""
        if topic_id != self.topic_id or self.last_offset is None:
            return 0
        return self.last_offset + 1


@dataclass(frozen=True, slots=True)
class Sifted:
    """What to consume of a chunk: indexes into it, in the order in which to consume them."""

    taken: list[int]
    next_seq: dict[str, int]
    out_of_order: dict[str, dict[int, int]] = field(default_factory=dict)
    """For each ledger with a gap: the sequences beyond it and their indexes in the chunk."""


def sift(places: Iterable[tuple[str, int]], next_seq: Mapping[str, int]) -> Sifted:
    """Select each ledger's events once and in order, however often and in whatever order they come.

    `places` are (division, sequence); a ledger that `next_seq` does not name begins at 1.
    """
    following = dict(next_seq)
    taken: list[int] = []
    out_of_order: dict[str, dict[int, int]] = defaultdict(dict)
    for index, (division, sequence) in enumerate(places):
        wanted = following.get(division, 1)
        if sequence > wanted:
            out_of_order[division].setdefault(sequence, index)
        elif sequence == wanted:
            taken.append(index)
            following[division] = wanted + 1
            if division in out_of_order:
                _take_out_of_order(division, out_of_order, taken, following)
    return Sifted(taken, following, dict(out_of_order))


def _take_out_of_order(
    division: str,
    out_of_order: dict[str, dict[int, int]],
    taken: list[int],
    following: dict[str, int],
) -> None:
    beyond = out_of_order[division]
    while (index := beyond.pop(following[division], None)) is not None:
        taken.append(index)
        following[division] += 1
    if not beyond:
        del out_of_order[division]


async def read(
    connection: Connection, source: str, divisions: Sequence[str]
) -> dict[str, Position]:
    """The positions of these ledgers, locked until the transaction ends; new ones are created."""
    found = await _read(connection, source, divisions)
    if begun := [division for division in divisions if division not in found]:
        await connection.execute(_BEGIN, (source, begun))
        found.update(await _read(connection, source, begun))
    return found


async def _read(
    connection: Connection, source: str, divisions: Sequence[str]
) -> dict[str, Position]:
    cursor = await connection.execute(_READ, (source, list(divisions)))
    return {
        division: Position(next_seq, topic_id, partition, offset, frozenset(parked))
        for division, next_seq, topic_id, partition, offset, parked in await cursor.fetchall()
    }


async def move(connection: Connection, source: str, positions: Mapping[str, Position]) -> None:
    """Write the new positions of ledgers that were read in this transaction."""
    values = {
        "source": source,
        "divisions": list(positions),
        "next_seqs": [position.next_seq for position in positions.values()],
        "topic_ids": [position.topic_id for position in positions.values()],
        "partitions": [position.partition for position in positions.values()],
        "offsets": [position.last_offset for position in positions.values()],
    }
    await connection.execute(_MOVE, values)


async def note_parked(
    connection: Connection, source: str, division: str, parked: Iterable[int]
) -> None:
    """Write the parked sequences of a ledger that was read in this transaction."""
    await connection.execute(_NOTE_PARKED, (sorted(parked), source, division))


@dataclass(frozen=True, slots=True)
class Parked:
    """How many events of a ledger are parked, and whether it waits for one of them."""

    events: int
    waits: bool


async def parked(connection: Connection, source: str) -> dict[str, Parked]:
    """The ledgers with events that are parked and not replayed."""
    cursor = await connection.execute(_PARKED, (source,))
    return {division: Parked(*rest) for division, *rest in await cursor.fetchall()}


async def consumed(connection: Connection, source: str, topic_id: str) -> dict[int, int]:
    """For each partition of a topic the offset that follows the last one consumed."""
    cursor = await connection.execute(_CONSUMED, (source, topic_id))
    return dict(await cursor.fetchall())
