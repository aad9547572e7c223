"""Writes a chunk to the database: applies its events and moves its ledgers' positions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shared import inbox
from shared.inbox import Position, Sifted, sift
from shared.postgres import Connection
from shared.streaming.chunk_applier import ChunkApplier, Place
from shared.streaming.fold import Fold
from shared.streaming.gaps import OutOfOrder
from shared.streaming.messages import ParsedChunk, PoisonMessage
from shared.streaming.parked_events import mark_replayed
from shared.streaming.parking import Parking
from shared.streaming.passing import NO_RUNS, Run


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a chunk, valid once its transaction is committed."""

    next_seq: Mapping[str, int]
    last_good: Mapping[str, int]
    out_of_order: Mapping[str, OutOfOrder]
    waiting: frozenset[str]
    """Ledgers that wait for a parked event."""
    parked: Sequence[PoisonMessage]
    replayed: Sequence[Place]
    """Events that were parked before and are applied now."""
    outcomes: Sequence[bool]
    """For the streak of poison messages, in topic order: True for a message that was applied."""
    newest: datetime | None
    settled: Mapping[str, int]
    """The next sequences of ledgers that have nothing parked and nothing out of order."""

    @property
    def is_plain(self) -> bool:
        """Whether every event was applied, or known already."""
        return not (self.out_of_order or self.waiting or self.parked or self.replayed)

    def of(self, divisions: Collection[str]) -> "Outcome":
        """The part of some ledgers in a plain outcome."""
        return replace(
            self,
            next_seq={name: self.next_seq[name] for name in divisions},
            last_good=_only(divisions, self.last_good),
            settled=_only(divisions, self.settled),
        )


def _only(divisions: Collection[str], found: Mapping[str, int]) -> dict[str, int]:
    return {name: found[name] for name in divisions if name in found}


class ChunkWriter:
    """Writes chunks of one source, within a transaction that the caller opened."""

    def __init__(self, fold: Fold, parking: Parking) -> None:
        self._fold = fold
        self._parking = parking

    async def write(
        self,
        connection: Connection,
        found: ParsedChunk,
        topic_id: str,
        *,
        singly: bool,
        runs: Mapping[str, Run] = NO_RUNS,
    ) -> Outcome:
        """Apply new events and move the inbox; raises FoldFailed unless `singly`.

        `runs` are the events before the chunk that its partition was passed over without writing.
        """
        source = self._fold.source
        divisions = sorted(found.divisions | runs.keys())
        stored = await inbox.read(connection, source, divisions) if divisions else {}
        before = _passed_over(stored, runs, topic_id)
        sifted = sift(found.places, {name: known.next_seq for name, known in before.items()})
        applier = ChunkApplier(self._fold, found)
        await applier.take(connection, sifted.taken, singly=singly)
        if copies := applier.copies(before, sifted):
            await applier.apply_parked(connection, copies)
        next_seq = applier.next_seq(sifted)
        after = _positions(before, applier, next_seq, topic_id)
        if moved := {name: now for name, now in after.items() if now != stored[name]}:
            await inbox.move(connection, source, moved)
        replayed_by_place = _replayed_by_place(before, applier)
        parked = await self._put_aside(connection, topic_id, applier)
        await self._note(connection, before, replayed_by_place)
        out_of_order = _out_of_order(applier, sifted)
        unsettled = {*out_of_order, *(name for name, _ in replayed_by_place)}
        return Outcome(
            next_seq=next_seq,
            last_good=_last_good(after, topic_id),
            out_of_order=out_of_order,
            waiting=frozenset(
                name
                for name, seq in next_seq.items()
                if replayed_by_place.get((name, seq)) is False
            ),
            parked=parked,
            replayed=[at for at, is_good in replayed_by_place.items() if is_good],
            outcomes=_outcomes(parked, applier),
            newest=applier.applied[-1][1].recorded_at if applier.applied else None,
            settled={name: seq for name, seq in next_seq.items() if name not in unsettled},
        )

    async def _put_aside(
        self, connection: Connection, topic_id: str, applier: ChunkApplier
    ) -> list[PoisonMessage]:
        """Park what cannot be applied; returns the messages that were not parked before."""
        poison = [*applier.found.poison, *applier.poison]
        return await self._parking.park(connection, topic_id, poison) if poison else []

    async def _note(
        self,
        connection: Connection,
        before: Mapping[str, Position],
        replayed_by_place: Mapping[Place, bool],
    ) -> None:
        """Store each ledger's parked sequences with its position, and mark the others as replayed."""
        source = self._fold.source
        still: dict[str, set[int]] = {name: set() for name, _ in replayed_by_place}
        for (division, seq), is_good in replayed_by_place.items():
            if is_good:
                await mark_replayed(connection, source, division, seq)
            else:
                still[division].add(seq)
        for division, seqs in still.items():
            if seqs != before[division].parked:
                await inbox.note_parked(connection, source, division, seqs)


def _passed_over(
    stored: Mapping[str, Position], runs: Mapping[str, Run], topic_id: str
) -> dict[str, Position]:
    return {
        name: runs[name].move(position, topic_id) if name in runs else position
        for name, position in stored.items()
    }


def _replayed_by_place(before: Mapping[str, Position], applier: ChunkApplier) -> dict[Place, bool]:
    """The parked places of the chunk's ledgers, and whether each was replayed now."""
    places = {(name, seq) for name, known in before.items() for seq in known.parked}
    places.update(applier.put_aside)
    if not places:
        return {}
    applied = {applier.found.places[index] for index, _ in applier.applied}
    return {place: place in applied for place in sorted(places)}


def _positions(
    before: Mapping[str, Position],
    applier: ChunkApplier,
    next_seq: Mapping[str, int],
    topic_id: str,
) -> dict[str, Position]:
    """The ledgers' positions after the chunk; events out of order move nothing."""
    stopped_at = set(applier.stopped.values())
    met = {}
    for index, (record, (division, seq)) in enumerate(
        zip(applier.found.records, applier.found.places, strict=True)
    ):
        if seq < next_seq[division] or index in stopped_at:
            met[division] = record
    return {
        name: known.met(topic_id, met[name].partition, met[name].offset, next_seq[name])
        if name in met
        else known
        for name, known in before.items()
    }


def _last_good(after: Mapping[str, Position], topic_id: str) -> dict[str, int]:
    return {
        division: position.last_offset + 1
        for division, position in after.items()
        if position.topic_id == topic_id and position.last_offset is not None
    }


def _out_of_order(applier: ChunkApplier, sifted: Sifted) -> dict[str, OutOfOrder]:
    """Events out of order: beyond a gap, or behind the message at which a ledger stopped."""
    out_of_order = {
        name: beyond for name, beyond in sifted.out_of_order.items() if name not in applier.stopped
    }
    for name, stop in applier.stopped.items():
        if beyond := _behind(applier.found.places, stop):
            out_of_order[name] = beyond
    records = applier.found.records
    return {
        name: OutOfOrder(
            min(beyond), max(beyond), min(records[index].offset for index in beyond.values())
        )
        for name, beyond in out_of_order.items()
    }


def _behind(places: Sequence[Place], stop: int) -> dict[int, int]:
    """Sequences and indexes that a stopped ledger has not tried, copies of its event included."""
    division, wanted = places[stop]
    behind: dict[int, int] = {}
    for index, (name, seq) in enumerate(places):
        if name == division and (seq > wanted or (seq == wanted and index > stop)):
            behind.setdefault(seq, index)
    return behind


def _outcomes(fresh: Sequence[PoisonMessage], applier: ChunkApplier) -> list[bool]:
    """Messages parked in an earlier reading are left out; a chunk without new ones is one True."""
    if not fresh:
        return [True] if applier.applied else []
    records = applier.found.records
    bad = {message.record.offset for message in fresh}
    offsets = bad | {records[index].offset for index, _ in applier.applied}
    return [offset not in bad for offset in sorted(offsets)]
