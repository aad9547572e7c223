"""What a chunk of steps does to a subject's tables: steps appended, facts brought up to date."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from shared.folding import facts, steps
from shared.folding.step import Step
from shared.folding.subject import Fact, Subject
from shared.folding.tables import SubjectTables
from shared.postgres import Connection


@dataclass(frozen=True, slots=True)
class Changes:
    """The facts that steps touched, by id: as they stood, where they were known, and as they stand."""

    before: Mapping[str, Fact]
    after: Mapping[str, Fact]


async def fold(connection: Connection, tables: SubjectTables, read: Sequence[Step]) -> Changes:
    """Write the steps and the facts that follow, in the caller's transaction.

    The steps are those of events in their places: each ledger's in order, none twice.
    """
    before = await facts_before(connection, tables, read)
    async with connection.pipeline():
        return await write(connection, tables, read, before)


async def facts_before(
    connection: Connection, tables: SubjectTables, read: Sequence[Step]
) -> dict[str, Fact]:
    """The facts of the steps' entities as they are stored."""
    return await facts.read(connection, tables, *_begun_before(tables.subject, read))


async def write(
    connection: Connection,
    tables: SubjectTables,
    read: Sequence[Step],
    before: Mapping[str, Fact],
) -> Changes:
    """The second half of `fold`, for a caller that writes more in the same pipeline."""
    await steps.append(connection, tables, read)
    # in a pipeline the database is at work on the steps meanwhile
    after = tables.subject.fold_onto(before, read)
    await _save(connection, tables, after)
    return Changes(before, after)


async def fold_late(
    connection: Connection, tables: SubjectTables, read: Sequence[Step]
) -> list[Changes]:
    """Write steps of events that later ones of their ledgers were folded before.

    Their entities are folded again from all their steps, so that the facts are the same as if the
    events had come in their places. Gives the changes of each division.
    """
    await steps.append(connection, tables, read)
    divisions = sorted({step.division for step in read})
    return [
        await _fold_again(
            connection, tables, name, {step.entity_id for step in read if step.division == name}
        )
        for name in divisions
    ]


async def _fold_again(
    connection: Connection, tables: SubjectTables, division: str, ids: Collection[str]
) -> Changes:
    before = await facts.read(connection, tables, {division}, ids)
    histories = await steps.histories_of(connection, tables, division, ids)
    folded = {name: tables.subject.fold(history) for name, history in histories.items()}
    # an entity whose first event is still parked has steps and no fact
    after = {name: fact for name, fact in folded.items() if fact is not None}
    await _save(connection, tables, after)
    return Changes(before, after)


async def _save(connection: Connection, tables: SubjectTables, after: Mapping[str, Fact]) -> None:
    if after:
        await facts.save(connection, tables, (after[name] for name in sorted(after)))


def _begun_before(subject: Subject, read: Sequence[Step]) -> tuple[set[str], set[str]]:
    """Divisions and ids of the entities that do not begin in these steps."""
    begun = {step.entity_id for step in read if step.kind == subject.begins_with}
    older = [step for step in read if step.entity_id not in begun]
    return {step.division for step in older}, {step.entity_id for step in older}
