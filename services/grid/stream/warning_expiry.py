"""Warnings and watched matters whose time is over: a due row becomes a command.

It has no effect on a warning that has ended or has another time since, nor on a matter that somebody
has taken off the list. It happens at the moment in which the time was over.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from services.grid.domain.early_warning import EARLY_WARNING, EarlyWarning, WarningCommand
from services.grid.domain.early_warning.acting import ExpireWarning
from services.grid.domain.matter_watch import MATTER_WATCH, EndWatch, MatterWatch, WatchCommand
from services.grid.policies.early_warnings import EARLY_WARNINGS
from services.grid.store import warning_board, watch_board
from services.grid.store.warning_terms import WARNING_KIND, WATCH_KIND
from shared.contracts.early_warning_codes import WatchEnd
from shared.due import DueRow, DueRunner, Handler
from shared.due.commands import DueCommand, DueCommandsInBulk
from shared.handling import Handling
from shared.ledger import Ledger
from shared.times import from_wire

SERVICE = "grid"
Now = Callable[[], datetime | None]


def expiry_runners(
    ledger: Ledger,
    *,
    county: str,
    early_warnings: str = EARLY_WARNINGS,
    now: Now = lambda: None,
) -> tuple[DueRunner, ...]:
    """One runner for warnings, one for watched matters; any number of processes may run."""
    handlers: dict[str, Handler] = {
        WARNING_KIND: _of_warnings(ledger, county, early_warnings).handle,
        WATCH_KIND: _of_watches(ledger, county).handle,
    }
    return tuple(
        DueRunner(ledger.pool, handler, service=SERVICE, county=county, kind=kind, now=now)
        for kind, handler in handlers.items()
    )


def _of_warnings(
    ledger: Ledger, county: str, early_warnings: str
) -> DueCommandsInBulk[WarningCommand, EarlyWarning]:
    handling: Handling[WarningCommand, EarlyWarning] = Handling(
        ledger=ledger,
        decider=EARLY_WARNING,
        answer=lambda _: None,
        view_writes=partial(warning_board.view_writes, early_warnings=early_warnings),
    )

    def expiring(row: DueRow) -> DueCommand[WarningCommand]:
        command = ExpireWarning(dispose_by=from_wire(row.payload["dispose_by"]))
        return DueCommand(stream_id=row.payload["warning_id"], command=command)

    return DueCommandsInBulk(
        handling=handling, command_of=expiring, service=SERVICE, county=county
    )


def _of_watches(ledger: Ledger, county: str) -> DueCommandsInBulk[WatchCommand, MatterWatch]:
    handling: Handling[WatchCommand, MatterWatch] = Handling(
        ledger=ledger,
        decider=MATTER_WATCH,
        answer=lambda _: None,
        view_writes=watch_board.view_writes,
    )

    def ending(row: DueRow) -> DueCommand[WatchCommand]:
        over = row.payload.get("over")  # none in a row of an earlier release
        return DueCommand(
            stream_id=row.payload["watch_id"],
            command=EndWatch(why=WatchEnd.EXPIRED),
            at=over and from_wire(over),
        )

    return DueCommandsInBulk(handling=handling, command_of=ending, service=SERVICE, county=county)
