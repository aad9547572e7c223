"""Rules that need more than one event: a small state, and decisions that become commands.

event ─► state (steps, facts) ─► decision, a due row            one transaction, with the inbox
due row ─► command under a key made of the row ─► the service's own ledger

Nothing is appended while events are folded, since that transaction may be rolled back and tried
again. A decision is a row of it instead, due at once. A process that is killed before the command
leaves the row to the next runner; one that is killed after it leaves a row whose command is a
repeat. An event that is read again, even when the state is folded anew from the first event on,
finds its row there.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.cloudevents import RecordedEvent
from shared.contracts.event import Event
from shared.due import DueRow
from shared.folding.fold import fold
from shared.folding.subject import Fact
from shared.folding.tables import SubjectTables
from shared.postgres import Connection

StatefulPolicy = Callable[[Connection, RecordedEvent, Event], Awaitable[Sequence[DueRow]]]
"""Keeps its state in the inbox's transaction and gives what it decides; carries nothing out.

It gets each event of its kinds once, in the order of the ledger. The rows it gives are the same
whenever the same events are folded. What it raises, save for the database's absence, parks the
event.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What follows about one thing; the payload becomes the command and holds no personal data."""

    about: str
    payload: Mapping[str, Any]


Decide = Callable[[Fact | None, Fact, RecordedEvent], Iterable[Decision]]
"""Pure: what follows from a fact as it was before an event, as it is after it, and the event."""


class DecidedTwice(ValueError):
    """One rule decided twice about the same thing on one event."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A stateful policy whose state is the facts of a subject."""

    name: str
    """Names the rule's decisions among those of its kind, in the keys of their rows."""
    kind: str
    """The kind of due row that a decision is; no other part of the service writes rows of it."""
    tables: SubjectTables
    """The rule's own: no other rule folds into them."""
    decide: Decide

    async def __call__(
        self, connection: Connection, event: RecordedEvent, fact: Event
    ) -> list[DueRow]:
        """Fold the event, and give what is decided on each fact that it changed."""
        steps = self.tables.subject.read(event, fact)
        if not steps:
            return []
        changes = await fold(connection, self.tables, steps)
        rows = [
            self._row(event, decision)
            for entity_id, after in changes.after.items()
            for decision in self.decide(changes.before.get(entity_id), after, event)
        ]
        if len({row.key for row in rows}) < len(rows):
            raise DecidedTwice(self.name)
        return rows

    def _row(self, event: RecordedEvent, decision: Decision) -> DueRow:
        """Due at once: when the event was recorded, so that decisions keep the ledger's order."""
        return DueRow(
            division=event.division,
            kind=self.kind,
            key=f"{self.name}/{decision.about}/{event.event_id}",
            due_at=event.recorded_at,
            payload=decision.payload,
            correlation_id=event.correlation_id,
            causation_id=event.event_id,
        )
