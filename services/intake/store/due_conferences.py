"""Monthly sessions as due rows: one that is recorded in its time begins the chain of months.

Each month that was missed puts the next one; each session that is recorded puts the one after it. What
a backfill states of earlier years is not missed.
"""

from collections.abc import Iterable
from datetime import datetime

from services.intake.domain.conference_policy import MONTHLY, following
from services.intake.domain.conferences import ConferenceFile
from shared.contracts.conferences import ConferenceMissed
from shared.divisions import division_of
from shared.due import DueRow, put
from shared.handling import Written
from shared.ledger import Statement

KIND = "monthly-committee"


def row_after(division: str, month: str) -> DueRow:
    """The row of the month that follows."""
    due = following(month)
    return DueRow(
        division=division,
        kind=KIND,
        key=due,
        due_at=MONTHLY.missed_at(due),
        payload={"month": due},
    )


def begin_after(division: str, month: str | None, *, now: datetime) -> list[Statement]:
    """Puts the row of the month that follows, where its time is still to come."""
    if month is None:
        return []
    row = row_after(division, month)
    return [put([row])] if row.due_at > now else []


def rows_for(written: Iterable[Written[ConferenceFile]]) -> list[Statement]:
    """What puts the rows after the months that these events record as missed."""
    found = [
        row_after(division_of(new.stream_id), event.month)
        for each in written
        for event, new in zip(each.events, each.new, strict=True)
        if isinstance(event, ConferenceMissed)
    ]
    return [put(found)] if found else []
