"""Passes over events that nobody in the process follows: no transaction for them, no effect.

While a ledger's next event is known, an event of a kind that the fold passes over only extends the
ledger's run in memory. A run says of some consecutive events that they need nothing. Runs are
written with the next chunk of their partition, or by the timer. A run moves a position only from
inside it: writing it twice, late, or after another worker has gone further changes nothing. The
runs of a partition are written together with whatever else of it is, so that its last offset in the
inbox never passes an event that is not accounted for: a kill means that they are read again.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from aiokafka.structs import ConsumerRecord

from shared import inbox
from shared.inbox import Position, sift
from shared.postgres import Connection
from shared.streaming.messages import ParsedChunk

Kind = tuple[bytes, bytes]
"""The headers `ce_type` and `ce_dataschema`: a kind in one version."""
NO_KINDS: frozenset[Kind] = frozenset()
NO_RUNS: Mapping[str, "Run"] = {}


@dataclass(frozen=True, slots=True)
class Run:
    """A ledger's events from `first` to the one before `next_seq`, which need nothing."""

    first: int
    next_seq: int
    partition: int
    last_offset: int

    def move(self, position: Position, topic_id: str) -> Position:
        """The position after the run; the same where it is outside, or where events are parked."""
        if position.parked or not self.first <= position.next_seq <= self.next_seq:
            return position
        return position.met(topic_id, self.partition, self.last_offset, self.next_seq)


@dataclass(slots=True)
class Passing:
    """What one process knows of its ledgers' next events, and the runs that are not written yet.

    Both by partition, since a ledger belongs to one.
    """

    kinds: frozenset[Kind] = NO_KINDS
    _next: dict[int, dict[str, int]] = field(default_factory=dict)
    _runs: dict[int, dict[str, Run]] = field(default_factory=dict)

    def take(self, partition: int, found: ParsedChunk) -> bool:
        """Pass over a whole chunk; False, and nothing is done, if it needs a transaction."""
        known = self._next.get(partition)
        if not (self.kinds and known) or found.poison or not self._passes(found.records):
            return False
        divisions = found.divisions
        if not divisions <= known.keys():
            return False
        sifted = sift(found.places, {division: known[division] for division in divisions})
        if sifted.out_of_order:
            return False
        last = {
            division: record.offset
            for (division, _), record in zip(found.places, found.records, strict=True)
        }
        for division, offset in last.items():
            run = Run(known[division], sifted.next_seq[division], partition, offset)
            self._extend(division, run)
        known.update(sifted.next_seq)
        return True

    def learn(
        self, partition: int, divisions: Collection[str], next_seq: Mapping[str, int]
    ) -> None:
        """After a chunk's commit: the next events of its ledgers.

        `next_seq` leaves out the ledgers that have events parked, or out of order anywhere on the
        topic: theirs are looked at one by one.
        """
        known = self._next.setdefault(partition, {})
        for division in divisions:
            known.pop(division, None)
        known.update(next_seq)

    def runs(self, partitions: Collection[int] | None = None) -> dict[str, Run]:
        """The runs to write, of these partitions or of all."""
        chosen = self._runs if partitions is None else partitions
        return {
            division: run
            for partition in chosen
            for division, run in self._runs.get(partition, {}).items()
        }

    def written(self, runs: Mapping[str, Run], next_seq: Mapping[str, int]) -> None:
        """After the commit that wrote these runs, and left their ledgers at `next_seq`.

        What came meanwhile stays, and so does a run that its ledger is behind of.
        """
        for division, run in runs.items():
            of_partition = self._runs.get(run.partition, {})
            now = of_partition.get(division)
            if now is None or next_seq[division] < run.next_seq:
                continue
            if now == run:
                del of_partition[division]
            else:
                of_partition[division] = replace(now, first=max(now.first, run.next_seq))

    def forget(self, partition: int) -> None:
        """The partition is read again, or by somebody else."""
        self._next.pop(partition, None)
        self._runs.pop(partition, None)

    def _passes(self, records: Sequence[ConsumerRecord]) -> bool:
        return all(kind_of(record) in self.kinds for record in records)

    def _extend(self, division: str, run: Run) -> None:
        runs = self._runs.setdefault(run.partition, {})
        before = runs.get(division)
        follows = before is not None and before.next_seq == run.first
        runs[division] = replace(run, first=before.first) if before and follows else run


def kind_of(record: ConsumerRecord) -> Kind:
    """Empty where the headers are missing."""
    named = dict(record.headers)
    return named.get("ce_type", b""), named.get("ce_dataschema", b"")


async def write_runs(
    connection: Connection, source: str, topic_id: str, runs: Mapping[str, Run]
) -> dict[str, Position]:
    """Move the inbox over the runs; returns the positions of their ledgers after it."""
    before = await inbox.read(connection, source, sorted(runs))
    after = {name: run.move(before[name], topic_id) for name, run in runs.items()}
    if moved := {name: now for name, now in after.items() if now != before[name]}:
        await inbox.move(connection, source, moved)
    return after
