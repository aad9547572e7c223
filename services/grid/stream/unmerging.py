"""Takes the rest of the signals from one of which a merger is undone (`store.unmerging`).

Each piece is one append. A signal whose link is undone already has no further event, so a row that
is handled again after a kill goes on where it stopped.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from services.grid.domain.signal import SIGNAL, Signal, SignalCommand
from services.grid.domain.signal.linking import UnlinkSignal
from services.grid.store import signal_board, unmerging
from services.grid.store.linked_signals import linked_to
from shared.bulk_handling import StreamCommands, handle_all
from shared.contracts.signals import SignalLinked
from shared.due import DueRow, DueRunner
from shared.handling import Handling
from shared.ledger import Author, Ledger
from shared.ledger.read import StreamEvent
from shared.office.due_commands import DueCommands
from shared.times import from_wire

SERVICE = "grid"
Now = Callable[[], datetime | None]


@dataclass(frozen=True, kw_only=True)
class Unmerging:
    """Handles the rows, a piece after the other."""

    signals: Handling[SignalCommand, Signal]
    county: str

    async def carry_out(self, row: DueRow) -> None:
        """Undo every link to the signal that was on record when its merger was undone."""
        after = ""
        while linked := await linked_to(
            self.signals.ledger.pool,
            row.division,
            row.payload["signal_id"],
            after=after,
            limit=unmerging.MOST,
            **row.payload["own"],
        ):
            await self._undo(row, linked)
            after = linked[-1]

    async def _undo(self, row: DueRow, linked: list[str]) -> None:
        ledger = self.signals.ledger
        histories = await ledger.streams(row.division, row.division, linked)
        command, at = UnlinkSignal(from_id=row.payload["signal_id"]), from_wire(row.payload["at"])
        groups: list[StreamCommands[SignalCommand]] = [
            StreamCommands(
                stream_id=signal_id,
                commands=[(command, max(at, history[-1].occurred_at))],
                begins=False,
            )
            for signal_id, history in histories.items()
            if _linked_at(history) <= row.payload["up_to"]
        ]
        author = Author(
            scope=self.county, actor_ref=f"policy:{SERVICE}", correlation_id=row.correlation_id
        )
        await handle_all(self.signals, row.division, groups, author)


def _linked_at(history: list[StreamEvent]) -> int:
    """The place in the ledger of the signal's last link."""
    return max(each.sequence for each in history if each.kind == SignalLinked.kind)


def unmerge_runner(ledger: Ledger, *, county: str, now: Now = lambda: None) -> DueRunner:
    """The runner of these rows; any number of processes may run one."""
    signals: Handling[SignalCommand, Signal] = Handling(
        ledger=ledger,
        decider=SIGNAL,
        answer=lambda _: None,
        view_writes=signal_board.view_writes,
    )
    unmerged = Unmerging(signals=signals, county=county)
    return DueRunner(
        ledger.pool,
        DueCommands(carry_out=unmerged.carry_out),
        service=SERVICE,
        county=county,
        kind=unmerging.KIND,
        now=now,
    )
