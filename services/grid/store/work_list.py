"""The reports that a unit, or the desk of a township, has to go on with, in groups."""

from datetime import timedelta

from services.grid.domain.report.report_file import OPEN_STATES
from services.grid.store.report_board import NOT_KEPT_BACK, REPORTS
from shared.board.grouped import GroupedList
from shared.office.work import WorkGroup

DUE_SOON = timedelta(days=1)
"""Steps of a report have terms of hours and days."""
_OPEN = ", ".join(f"'{each.value}'" for each in OPEN_STATES)
_HELD = f"""
    from report_board
    where division_code = %(scope)s::text and state = any (array[{_OPEN}])
      and (%(is_desk)s::boolean or (to_unit = %(unit)s::text and state = 'dispatched'))
      and ({NOT_KEPT_BACK.sql})
"""
_WAITS = "%(is_desk)s::boolean and state = any (array['dispatched', 'converted'])"
WORK = GroupedList(
    REPORTS,
    order="due",
    sources=(_HELD,),
    groups={
        WorkGroup.NEW: "state = case when %(is_desk)s::boolean then 'submitted' else 'dispatched' end",
        WorkGroup.RETURNED: "state = 'returned'",
        WorkGroup.WAITING: _WAITS,
        WorkGroup.OVERDUE: "due_at < %(now)s",
        WorkGroup.DUE_SOON: "due_at >= %(now)s and due_at < %(soon)s",
    },
    changed="changed_at",
)
