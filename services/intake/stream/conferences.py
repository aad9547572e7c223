"""A monthly session is missed by itself: its due row records it, unless it is on record."""

from collections.abc import Callable
from datetime import datetime

from services.intake.domain.conference_policy import MONTHLY, monthly_id
from services.intake.domain.conferences import (
    CONFERENCE,
    ConferenceCommand,
    MissConference,
)
from services.intake.store import conference_board
from services.intake.store.due_conferences import KIND
from shared.due import DueRow, DueRunner
from shared.due.commands import DueCommand, commands_when_due
from shared.ledger import Ledger

SERVICE = "intake"


def missing_conferences(
    ledger: Ledger, *, county: str, now: Callable[[], datetime | None] = lambda: None
) -> DueRunner:
    """Records the months without a session; any number of processes may run one."""
    return commands_when_due(
        ledger,
        CONFERENCE,
        conference_board.view_writes,
        _missed,
        service=SERVICE,
        county=county,
        kind=KIND,
        now=now,
    )


def _missed(row: DueRow) -> DueCommand[ConferenceCommand]:
    month = row.payload["month"]
    stream_id = monthly_id(row.division, month)
    command = MissConference(
        conference_id=stream_id, month=month, due_at=row.due_at, policy_version=MONTHLY.version
    )
    return DueCommand(stream_id=stream_id, command=command)
