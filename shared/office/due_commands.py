"""Due rows become commands, each once in its effect."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from shared.due import Done, DueRow, Outcome, Refused
from shared.handling import CausedBy, CommandRequest, Prepare, RecordOfALaterRelease, StreamMovedOn
from shared.ledger import Author
from shared.refusals import Refusal

C = TypeVar("C")
S = TypeVar("S")


def caused_by_row(
    row: DueRow, prepare: Prepare[S, C], stream_id: str, *, service: str, county: str
) -> CommandRequest[C, S]:
    """The request for the command that a due row causes, under a key made of the row."""
    return CommandRequest(
        stream_id=stream_id,
        author=Author(
            scope=county, actor_ref=f"policy:{service}", correlation_id=row.correlation_id
        ),
        prepare=prepare,
        key=CausedBy(f"DUE {row.kind}", row.command_key),
        causation_id=row.causation_id,
    )


@dataclass(frozen=True, kw_only=True)
class DueCommands:
    """The handler of due rows that become commands one by one, in their order."""

    carry_out: Callable[[DueRow], Awaitable[None]]
    """Handles the command of a row, as `caused_by_row` requests it; raises its refusal."""

    async def __call__(self, _: str, rows: Sequence[DueRow]) -> list[Outcome]:
        """The outcome of each row: a refusal ends it, a fault has all of them tried again."""
        return [await self._outcome(row) for row in rows]

    async def _outcome(self, row: DueRow) -> Outcome:
        try:
            await self.carry_out(row)
        except (StreamMovedOn, RecordOfALaterRelease):
            raise
        except Refusal as refusal:
            return Refused(refusal.slug)
        return Done()
