"""What a chunk does to the database: its events applied, its ledgers' positions moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from shared import inbox
from shared.inbox import Position, Sifted, sift
from shared.postgres import Connection
from shared.streaming.attempt import Attempt, Place
from shared.streaming.fold import Fold
from shared.streaming.gaps import Lying
from shared.streaming.messages import Sorted, Spoiled
from shared.streaming.parked_events import mark_made_good
from shared.streaming.parking import Parking


@dataclass(frozen=True, slots=True)
class TopicPlace:
    """Where a chunk comes from: offsets mean something only together with the topic's id."""

    topic_id: str
    partition: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a chunk, once its transaction is committed."""

    next_seq: Mapping[str, int]
    last_good: Mapping[str, int]
    lying: Mapping[str, Lying]
    waiting: frozenset[str]
    """The ledgers that wait for an event that is parked."""
    parked: Sequence[Spoiled]
    made_good: Sequence[Place]
    """What was parked before and is applied now."""
    fates: Sequence[bool]
    """Of the messages that a streak is made of, in the order of the topic: True for a good one."""
    newest: datetime | None


class Effect:
    """Writes chunks of one source; every call is within a transaction that the caller opened."""

    def __init__(self, fold: Fold, parking: Parking) -> None:
        self._fold = fold
        self._parking = parking

    async def write(
        self,
        connection: Connection,
        found: Sorted,
        place: TopicPlace,
        *,
        singly: bool,
    ) -> Outcome:
        """Apply what is new and move the inbox; raises FoldFailed unless told to go singly."""
        source = self._fold.source
        divisions = sorted({division for division, _ in found.places})
        before = await inbox.read(connection, source, divisions) if divisions else {}
        sifted = sift(found.places, {name: known.next_seq for name, known in before.items()})
        attempt = Attempt(self._fold, found)
        await attempt.take(connection, sifted.taken, singly=singly)
        if copies := attempt.copies(before, sifted):
            await attempt.take_late(connection, copies)
        next_seq = attempt.next_seq(sifted)
        after = _positions(before, attempt, next_seq, place)
        if moved := {name: now for name, now in after.items() if now != before[name]}:
            await inbox.move(connection, source, moved)
        standing = _standing(before, attempt)
        parked = await self._put_aside(connection, place, attempt)
        await self._note(connection, before, standing)
        return Outcome(
            next_seq=next_seq,
            last_good=_last_good(after, place),
            lying=_lying(attempt, sifted),
            waiting=frozenset(
                name for name, seq in next_seq.items() if standing.get((name, seq)) is False
            ),
            parked=parked,
            made_good=[at for at, is_good in standing.items() if is_good],
            fates=_fates(parked, attempt),
            newest=attempt.applied[-1][1].recorded_at if attempt.applied else None,
        )

    async def _put_aside(
        self, connection: Connection, place: TopicPlace, attempt: Attempt
    ) -> list[Spoiled]:
        """Park what cannot be applied; gives what was not parked before."""
        spoiled = [*attempt.found.spoiled, *attempt.spoiled]
        return await self._parking.park(connection, place.topic_id, spoiled) if spoiled else []

    async def _note(
        self,
        connection: Connection,
        before: Mapping[str, Position],
        standing: Mapping[Place, bool],
    ) -> None:
        """Keep what is parked of a ledger beside its position, and say of the rest that it is good."""
        source = self._fold.source
        still: dict[str, set[int]] = {name: set() for name, _ in standing}
        for (division, seq), is_good in standing.items():
            if is_good:
                await mark_made_good(connection, source, division, seq)
            else:
                still[division].add(seq)
        for division, seqs in still.items():
            if seqs != before[division].parked:
                await inbox.note_parked(connection, source, division, seqs)


def _standing(before: Mapping[str, Position], attempt: Attempt) -> dict[Place, bool]:
    """What is put aside of the chunk's ledgers, and whether that was made good."""
    places = {(name, seq) for name, known in before.items() for seq in known.parked}
    places.update(attempt.put_aside)
    if not places:
        return {}
    applied = {attempt.found.places[index] for index, _ in attempt.applied}
    return {place: place in applied for place in sorted(places)}


def _positions(
    before: Mapping[str, Position],
    attempt: Attempt,
    next_seq: Mapping[str, int],
    place: TopicPlace,
) -> dict[str, Position]:
    """The ledgers' positions after the chunk; what lies beyond moves nothing."""
    stopped_at = set(attempt.stopped.values())
    met = {}
    for index, (record, (division, seq)) in enumerate(
        zip(attempt.found.records, attempt.found.places, strict=True)
    ):
        if seq < next_seq[division] or index in stopped_at:
            met[division] = record.offset
    return {
        name: known.met(place.topic_id, place.partition, met[name], next_seq[name])
        if name in met
        else known
        for name, known in before.items()
    }


def _last_good(after: Mapping[str, Position], place: TopicPlace) -> dict[str, int]:
    return {
        division: position.last_offset + 1
        for division, position in after.items()
        if position.topic_id == place.topic_id and position.last_offset is not None
    }


def _lying(attempt: Attempt, sifted: Sifted) -> dict[str, Lying]:
    """What is met before its turn: beyond a gap, or behind the message at which a ledger stopped."""
    lying = {name: beyond for name, beyond in sifted.lying.items() if name not in attempt.stopped}
    for name, stop in attempt.stopped.items():
        if beyond := _behind(attempt.found.places, stop):
            lying[name] = beyond
    records = attempt.found.records
    return {
        name: Lying(
            min(beyond), max(beyond), min(records[index].offset for index in beyond.values())
        )
        for name, beyond in lying.items()
    }


def _behind(places: Sequence[Place], stop: int) -> dict[int, int]:
    """Sequences and indexes of what a stopped ledger has not tried, copies of its event included."""
    division, wanted = places[stop]
    behind: dict[int, int] = {}
    for index, (name, seq) in enumerate(places):
        if name == division and (seq > wanted or (seq == wanted and index > stop)):
            behind.setdefault(seq, index)
    return behind


def _fates(fresh: Sequence[Spoiled], attempt: Attempt) -> list[bool]:
    """What was parked in an earlier reading counts for nothing; all good are as one."""
    if not fresh:
        return [True] if attempt.applied else []
    records = attempt.found.records
    bad = {message.record.offset for message in fresh}
    offsets = bad | {records[index].offset for index, _ in attempt.applied}
    return [offset not in bad for offset in sorted(offsets)]
