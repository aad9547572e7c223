"""The fold of cases: a chunk of intake's events becomes steps, facts and rollups."""

from collections.abc import Sequence

from services.stats.domain.case_fact import fold
from services.stats.domain.case_step import SOURCE, CaseStep, steps_of
from services.stats.domain.movement import difference, move
from services.stats.store import case_facts, case_rollups, case_steps
from shared.cloudevents import RecordedEvent
from shared.contracts.intake import CaseFiled
from shared.postgres import Connection
from shared.streaming import AfterParked


class CaseFold:
    """Reads the facts that a chunk touches once and writes each table once."""

    source = SOURCE
    after_parked = AfterParked.GOES_ON

    async def apply(self, connection: Connection, events: Sequence[RecordedEvent]) -> None:
        """Write what the events say of cases, in the caller's transaction."""
        steps = [step for event in events for step in steps_of(event)]
        if not steps:
            return
        known = await case_facts.known(connection, *_to_be_read(steps))
        async with connection.pipeline():
            await case_steps.append(connection, steps)
            # while the database is at work on the steps
            movement = move(known, steps)
            if movement.facts:
                facts = movement.facts
                await case_facts.save(connection, (facts[name] for name in sorted(facts)))
            await case_rollups.move(connection, movement.rollups)

    async def apply_late(self, connection: Connection, events: Sequence[RecordedEvent]) -> None:
        """Fold the cases that the events are about again, from all their steps in their places."""
        steps = [step for event in events for step in steps_of(event)]
        if not steps:
            return
        await case_steps.append(connection, steps)
        for division in sorted({step.division for step in steps}):
            cases = {step.case_id for step in steps if step.division == division}
            await _refold(connection, division, cases)


async def _refold(connection: Connection, division: str, cases: set[str]) -> None:
    known = await case_facts.known(connection, {division}, cases)
    histories = await case_steps.histories_of(connection, division, cases)
    # a case whose filing is still parked has steps and no fact
    facts = {name: fact for name, history in histories.items() if (fact := fold(history))}
    if facts:
        await case_facts.save(connection, (facts[name] for name in sorted(facts)))
        await case_rollups.move(connection, difference(known, facts))


def _to_be_read(steps: Sequence[CaseStep]) -> tuple[set[str], set[str]]:
    """Divisions and cases of the chunk that began before it."""
    begun = {step.case_id for step in steps if step.kind == CaseFiled.kind}
    older = [step for step in steps if step.case_id not in begun]
    return {step.division for step in older}, {step.case_id for step in older}
