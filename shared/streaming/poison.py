"""Poison messages: one that cannot be consumed is parked whole, and the others go on.

Only a message that would fail the same way again is poison. A database that is away, or that lacks
a table, is waited for. Several poison messages in a row point to a broken deployment, which must
not empty the topic into the dead letters: the consumer stops instead.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass

import psycopg

from shared.cloudevents import RecordedEvent
from shared.postgres import Connection
from shared.streaming.fold import Fold

MOST_IN_A_ROW = 5

DATABASE_AWAY = (psycopg.OperationalError, psycopg.InterfaceError, psycopg.ProgrammingError)
"""Connection lost, database missing or not migrated: not the message's fault."""


Apply = Callable[[Connection, Sequence[RecordedEvent]], Awaitable[None]]
"""`Fold.apply` or `Fold.apply_late`."""


class FoldFailed(Exception):
    """The fold raised: an event of the chunk is poison."""


class SeveralPoisoned(Exception):
    """Too many messages in a row could not be consumed: the consumer has to stop."""

    def __init__(self, in_a_row: int) -> None:
        super().__init__(
            f"{in_a_row} messages in a row cannot be consumed; the log names them. Mend the "
            "deployment; where they are no events: concord dead park TOPIC/PARTITION/FIRST..LAST"
        )


@dataclass(frozen=True, slots=True)
class Streak:
    """The number of poison messages in a row so far."""

    length: int = 0

    def after(self, outcomes: Iterable[bool]) -> "Streak":
        """The streak after these messages, True for a good one; raises SeveralPoisoned."""
        length = self.length
        for good in outcomes:
            length = 0 if good else length + 1
            if length >= MOST_IN_A_ROW:
                raise SeveralPoisoned(length)
        return Streak(length)


async def apply_all(connection: Connection, fold: Fold, events: Sequence[RecordedEvent]) -> None:
    """Apply the chunk in one go; raises FoldFailed when an event is to blame."""
    try:
        await fold.apply(connection, events)
    except DATABASE_AWAY:
        raise
    except Exception as fault:
        raise FoldFailed(_reason(fault)) from fault


async def apply_one(connection: Connection, apply: Apply, event: RecordedEvent) -> str | None:
    """Apply an event in a savepoint; returns None, or why it could not be applied."""
    try:
        async with connection.transaction():
            await apply(connection, [event])
    except DATABASE_AWAY:
        raise
    except Exception as fault:  # noqa: BLE001  the event's own: it is parked with the reason
        return _reason(fault)
    return None


def _reason(fault: Exception) -> str:
    # only the class: the text of an exception may quote the message
    return f"the fold raised {type(fault).__name__}"
