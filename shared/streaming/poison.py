"""What happens to a message that cannot be consumed: it is parked whole, and the others go on.

Only what would fail again the same way is poison. A database that is away, or that lacks a table,
is waited for. Several poisoned messages in a row are no accident of the messages: a broken
deployment must not empty the topic into the dead letters, so the consumer stops instead.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass

import psycopg

from shared.cloudevents import RecordedEvent
from shared.postgres import Connection
from shared.streaming.fold import Fold

MOST_IN_A_ROW = 5

DATABASE_AWAY = (psycopg.OperationalError, psycopg.InterfaceError, psycopg.ProgrammingError)
"""Lost, not there, or not migrated yet: nothing that the message is to blame for."""


Apply = Callable[[Connection, Sequence[RecordedEvent]], Awaitable[None]]
"""A fold's way to apply events, in their places or late."""


class FoldFailed(Exception):
    """The fold raised: some event of the chunk is poison."""


class SeveralPoisoned(Exception):
    """So many messages in a row could not be consumed that the consumer has to stop."""

    def __init__(self, in_a_row: int) -> None:
        super().__init__(
            f"{in_a_row} messages in a row cannot be consumed; the log names them. Mend the "
            "deployment; where they are no events: concord dead park TOPIC/PARTITION/FIRST..LAST"
        )


@dataclass(frozen=True, slots=True)
class Streak:
    """How many messages in a row were poison up to now."""

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
    """Apply an event in a savepoint; gives why it cannot be, None when it could."""
    try:
        async with connection.transaction():
            await apply(connection, [event])
    except DATABASE_AWAY:
        raise
    except Exception as fault:  # noqa: BLE001  the event's own: it is parked with the reason
        return _reason(fault)
    return None


def _reason(fault: Exception) -> str:
    # the class alone: the text of a fault may quote the message
    return f"the fold raised {type(fault).__name__}"
