"""When warnings and watched matters expire, as due rows.

A row is put with the event that sets the time. It has no effect on a warning that has ended or has
another time since, so that a row is never moved or cancelled.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from services.grid.domain.early_warning import EarlyWarning
from services.grid.policies.warning_life import shipped_life
from shared.contracts.early_warnings import WarningLevelChanged, WarningRaised
from shared.divisions import division_of
from shared.due import DueRow, put
from shared.handling import Written
from shared.ledger import Statement
from shared.times import start_of, to_wire

WARNING_KIND, WATCH_KIND = "warning-expiry", "watch-expiry"
_END_IS_STATED_WITHIN = timedelta(days=30)
_SETS_THE_TIME = WarningRaised | WarningLevelChanged


def rows_for(written: Sequence[Written[EarlyWarning]]) -> list[Statement]:
    """What puts the rows of the warnings that are raised or have another level by these events."""
    rows = [row for each in written if (row := _row(each))]
    return [put(rows)] if rows else []


def _row(written: Written[EarlyWarning]) -> DueRow | None:
    setting = [
        new
        for event, new in zip(written.events, written.new, strict=True)
        if isinstance(event, _SETS_THE_TIME)
    ]
    expires_at = shipped_life().expires_at(written.state)
    dispose_by = written.state.dispose_by
    if not setting or expires_at is None or dispose_by is None:
        return None
    last = setting[-1]
    return DueRow(
        division=division_of(last.stream_id),
        kind=WARNING_KIND,
        key=last.event_id,
        due_at=expires_at,
        payload={"warning_id": last.stream_id, "dispose_by": to_wire(dispose_by)},
        causation_id=last.event_id,
    )


def watch_expiry(watch_id: str, expires_on: date, *, now: datetime) -> Statement:
    """What puts the row of a watched matter: it expires when the last day of the watch is over.

    Of an entry whose last day is over already, by an older record, the end may be stated for some
    time yet; then it expires at that moment all the same.
    """
    over = start_of(expires_on + timedelta(days=1))
    return put(
        [
            DueRow(
                division=division_of(watch_id),
                kind=WATCH_KIND,
                key=watch_id,
                due_at=over if over > now else now + _END_IS_STATED_WITHIN,
                payload={"watch_id": watch_id, "over": to_wire(over)},
            )
        ]
    )
