"""The fold of subjects: a chunk of a service's events becomes steps, facts and rollups."""

from collections.abc import Iterable, Sequence

from services.stats.domain.movement import difference, move
from services.stats.domain.step import Step
from services.stats.domain.subject import Subject, decoded
from services.stats.store import facts, rollups, steps
from services.stats.store.tables import SubjectTables
from shared.cloudevents import RecordedEvent
from shared.postgres import Connection
from shared.streaming import AfterParked

Read = list[tuple[SubjectTables, list[Step]]]
"""For each subject what a chunk says of it."""


class SubjectFold:
    """For each subject reads the facts that a chunk touches once and writes each table once."""

    after_parked = AfterParked.GOES_ON

    def __init__(self, tables: Sequence[SubjectTables]) -> None:
        """All subjects that the events of one service are about."""
        (self.source,) = {each.subject.source for each in tables}
        self._tables = tables

    async def apply(self, connection: Connection, events: Sequence[RecordedEvent]) -> None:
        """Write what the events say of the subjects, in the caller's transaction."""
        for tables, read in self._read(events):
            await _apply(connection, tables, read)

    async def apply_late(self, connection: Connection, events: Sequence[RecordedEvent]) -> None:
        """Fold the matters that the events are about again, from all their steps in place."""
        for tables, read in self._read(events):
            await steps.append(connection, tables, read)
            for division in sorted({step.division for step in read}):
                about = {step.about for step in read if step.division == division}
                await _refold(connection, tables, division, about)

    def _read(self, events: Iterable[RecordedEvent]) -> Read:
        """Each event is decoded once."""
        found: Read = [(tables, []) for tables in self._tables]
        readers = [(tables.subject.read, read.extend) for tables, read in found]
        for event in events:
            data = decoded(event)
            for steps_of, take in readers:
                take(steps_of(event, data))
        return [(tables, read) for tables, read in found if read]


async def _apply(connection: Connection, tables: SubjectTables, read: Sequence[Step]) -> None:
    subject = tables.subject
    known = await facts.known(connection, tables, *_to_be_read(subject, read))
    async with connection.pipeline():
        await steps.append(connection, tables, read)
        # while the database is at work on the steps
        movement = move(subject, known, read)
        if movement.facts:
            after = movement.facts
            await facts.save(connection, tables, (after[about] for about in sorted(after)))
        await rollups.move(connection, tables, movement.rollups)


async def _refold(
    connection: Connection, tables: SubjectTables, division: str, about: set[str]
) -> None:
    subject = tables.subject
    known = await facts.known(connection, tables, {division}, about)
    histories = await steps.histories_of(connection, tables, division, about)
    # a matter whose beginning is still parked has steps and no fact
    after = {name: fact for name, history in histories.items() if (fact := subject.fold(history))}
    if after:
        await facts.save(connection, tables, (after[name] for name in sorted(after)))
        await rollups.move(connection, tables, difference(subject, known, after))


def _to_be_read(subject: Subject, read: Sequence[Step]) -> tuple[set[str], set[str]]:
    """Divisions and matters of the chunk that began before it."""
    begun = {step.about for step in read if step.kind == subject.begins_with}
    older = [step for step in read if step.about not in begun]
    return {step.division for step in older}, {step.about for step in older}
