"""The cases that a unit and a post hold, in the groups of their work at hand."""

from collections.abc import Mapping
from datetime import datetime

from services.intake.domain.complained_unit import HiddenComplaints
from services.intake.domain.work_at_hand import AtHand
from services.intake.store.case_board import CASES, NOT_OF_OWN_UNIT
from shared.board.grouped import GroupedList
from shared.office.work import DUE_SOON, WorkGroup

_OPEN = f"""
    (state = any (array['filed', 'forwarded', 'accepted', 'answered']) or on_its_way)
    and ({NOT_OF_OWN_UNIT.sql})
"""
# each source is searched by an index of its own; a case that several of them find is one line
_OF_UNITS = f"""
    from unnest(%(unit_divisions)s::text[], %(units)s::text[]) as given (of_division, code)
    join case_board on at_division = given.of_division and at_unit = given.code
    where {_OPEN}
"""
_OF_POSTS = f"""
    from unnest(%(post_divisions)s::text[], %(posts)s::text[]) as given (of_division, code)
    join case_board on division_code = given.of_division and handler = given.code
    where state = any (array['filed', 'forwarded', 'accepted', 'answered'])
      and ({NOT_OF_OWN_UNIT.sql})
"""
_OF_NOBODY_ELSE = f"""
    from case_board where at_division = %(office_of)s::text and at_unit <> all(%(of_others)s::text[])
      and {_OPEN}
"""
WORK = GroupedList(
    CASES,
    order="due",
    sources=(_OF_UNITS, _OF_POSTS, _OF_NOBODY_ELSE),
    groups={
        WorkGroup.NEW: "state = any (array['filed', 'forwarded']) and not returned",
        WorkGroup.RETURNED: "returned and state <> 'answered'",
        WorkGroup.WAITING: "waits_for is not null or on_its_way",
        WorkGroup.OVERDUE: "due_at < %(now)s and state <> 'answered'",
        WorkGroup.DUE_SOON: "due_at >= %(now)s and due_at < %(soon)s and state <> 'answered'",
    },
    changed="changed_at",
)


def asked_of(held: AtHand, hidden: HiddenComplaints, *, now: datetime) -> Mapping[str, object]:
    """The values of the list's query."""
    return {
        "unit_divisions": [division for division, _ in held.units],
        "units": [code for _, code in held.units],
        "post_divisions": [division for division, _ in held.posts],
        "posts": [code for _, code in held.posts],
        "office_of": held.office_of,
        "of_others": list(held.of_others),
        "now": now,
        "soon": now + DUE_SOON,
        **hidden.named(),
    }
