"""The fold of subjects: a chunk of a service's events becomes steps, facts and rollups."""

from collections.abc import Iterable, Sequence

from services.stats.domain.rollup_changes import rollup_changes
from services.stats.store import rollups
from services.stats.store.corrected_times import correct_times
from services.stats.store.counted_tables import CountedTables
from shared.cloudevents import RecordedEvent
from shared.contracts.ledger import LedgerClockCorrected
from shared.folding.fold import facts_before, fold_late, write
from shared.folding.step import Step
from shared.folding.subject import decoded
from shared.postgres import Connection
from shared.streaming import AfterParked
from shared.streaming.passing import NO_KINDS

Read = list[tuple[CountedTables, list[Step]]]
"""For each subject the steps that a chunk is."""


class SubjectFold:
    """For each subject reads the facts that a chunk touches once and writes each table once."""

    after_parked = AfterParked.GOES_ON
    passes_over = NO_KINDS
    """Whoever asks for figures as of a position waits for the inbox."""

    def __init__(self, tables: Sequence[CountedTables]) -> None:
        """All subjects that the events of one service are about."""
        (self.source,) = {each.subject.source for each in tables}
        self._tables = tables

    async def apply(self, connection: Connection, events: Sequence[RecordedEvent]) -> None:
        """Write what the events say of the subjects, in the caller's transaction."""
        for tables, read in self._read(events):
            await _apply(connection, tables, read)
        await self._correct(connection, events)

    async def apply_late(self, connection: Connection, events: Sequence[RecordedEvent]) -> None:
        """Fold the entities that the events are about again, from all their steps in place."""
        for tables, read in self._read(events):
            for changes in await fold_late(connection, tables, read):
                moved = rollup_changes(tables.subject, changes.before, changes.after)
                await rollups.move(connection, tables, moved)
        await self._correct(connection, events)

    async def _correct(self, connection: Connection, events: Sequence[RecordedEvent]) -> None:
        """Where a ledger's clock was corrected, no step before bears a later time than that."""
        for event in events:
            if event.kind == LedgerClockCorrected.kind:
                for tables in self._tables:
                    await correct_times(connection, tables, event)

    def _read(self, events: Iterable[RecordedEvent]) -> Read:
        """Each event is decoded once."""
        found: Read = [(tables, []) for tables in self._tables]
        readers = [(tables.subject.read, read.extend) for tables, read in found]
        for event in events:
            data = decoded(event)
            for steps_of, take in readers:
                take(steps_of(event, data))
        return [(tables, read) for tables, read in found if read]


async def _apply(connection: Connection, tables: CountedTables, read: Sequence[Step]) -> None:
    before = await facts_before(connection, tables, read)
    async with connection.pipeline():
        changes = await write(connection, tables, read, before)
        moved = rollup_changes(tables.subject, changes.before, changes.after)
        await rollups.move(connection, tables, moved)
