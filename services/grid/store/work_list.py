"""What a unit, or the desk of a township, has to go on with, in groups: reports, orders, warnings."""

from datetime import timedelta

from services.grid.domain.early_warning.warning_file import OPEN_STATES as OPEN_WARNINGS
from services.grid.domain.report.report_file import OPEN_STATES
from services.grid.domain.signal.receiving import NOBODY, PETITION_OFFICE
from services.grid.store.report_board import NOT_KEPT_BACK, REPORTS
from services.grid.store.signal_board import NOT_OF_OWN_UNIT, SIGNALS
from services.grid.store.warning_board import (
    NO_SAFETY_OF_OTHERS,
    NO_SEALED_MATTER,
    NOT_ABOUT_OWN_UNIT,
    OWN_ONLY,
    WARNINGS,
)
from shared.board.grouped import GroupedList
from shared.office.work import WorkGroup

DUE_SOON = timedelta(days=1)
"""Steps of a report have terms of hours and days."""
ORDER_DUE_SOON = timedelta(days=2)
"""An order is answered by a day."""


def _listed(values: tuple[str, ...]) -> str:
    return "array[" + ", ".join(f"'{each}'" for each in values) + "]"


_HELD = f"""
    from report_board
    where division_code = %(scope)s::text and state = any ({_listed(OPEN_STATES)})
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

_OF_THE_DESK = f"to_unit = any ({_listed((PETITION_OFFICE, NOBODY))})"
_ORDERS = f"""
    from signal_board
    where division_code = %(scope)s::text and state = any (array['open'])
      and (%(is_desk)s::boolean or to_unit = %(unit)s::text)
      and ({NOT_OF_OWN_UNIT.sql})
"""
ORDERS = GroupedList(
    SIGNALS,
    order="due",
    sources=(_ORDERS,),
    groups={
        WorkGroup.NEW: f"not returned and (not %(is_desk)s::boolean or {_OF_THE_DESK})",
        WorkGroup.RETURNED: "returned",
        WorkGroup.WAITING: f"%(is_desk)s::boolean and not {_OF_THE_DESK}",
        WorkGroup.OVERDUE: "due_on < %(today)s::date",
        WorkGroup.DUE_SOON: "due_on >= %(today)s::date and due_on <= %(soon)s::date",
    },
    changed="changed_at",
)

_WARNINGS = f"""
    from warning_board
    where division_code = %(scope)s::text and state = any ({_listed(OPEN_WARNINGS)})
      and ({NOT_ABOUT_OWN_UNIT.sql})
      and (%(is_leader)s::boolean or ({NO_SAFETY_OF_OTHERS.sql}) and ({NO_SEALED_MATTER.sql}))
      and (%(is_desk)s::boolean or ({OWN_ONLY.sql}))
"""
OPEN_WARNINGS_HELD = GroupedList(
    WARNINGS,
    order="urgent",
    sources=(_WARNINGS,),
    groups={
        WorkGroup.NEW: "state = 'raised'",
        WorkGroup.WAITING: "%(is_desk)s::boolean and unit is not null and state = 'acknowledged'",
        WorkGroup.OVERDUE: "dispose_by < %(now)s",
        WorkGroup.DUE_SOON: "dispose_by >= %(now)s and dispose_by < %(soon)s",
    },
    changed="changed_at",
)
