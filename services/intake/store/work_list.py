"""The cases that a unit and a post hold, in the groups of their work at hand."""

from collections.abc import Mapping
from datetime import datetime
from typing import LiteralString

from psycopg.types.json import Jsonb

from services.intake.domain.complained_unit import NOTHING_HIDDEN, HiddenComplaints
from services.intake.domain.registry import PETITION_OFFICE
from services.intake.domain.work_at_hand import AtHand, InsteadOf
from services.intake.store.case_board import CASES, NOT_OF_OWN_UNIT, CaseLine
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
# also of a case that was closed since; they are few
_UNDER_REVIEW = f"""
    from case_board
    where under_review and ({NOT_OF_OWN_UNIT.sql})
      and ((at_division, at_unit) in (
               select * from unnest(%(unit_divisions)s::text[], %(units)s::text[]))
           or (division_code, handler) in (
               select * from unnest(%(post_divisions)s::text[], %(posts)s::text[]))
           or at_division = %(office_of)s::text and at_unit <> all(%(of_others)s::text[]))
"""
# the same question with the units complained of in columns: what such a unit does not have itself
_ABOUT_THE_UNIT = NOT_OF_OWN_UNIT.sql
for _name in NOTHING_HIDDEN.named():
    _ABOUT_THE_UNIT = _ABOUT_THE_UNIT.replace(f"%({_name})s::text[]", f"instead.{_name}")
# complaints are few: they are read by their own index, and compared afterwards
_COMPLAINTS = f"""
    (select * from case_board where complained_unit is not null and {_OPEN} offset 0) as case_board
"""
_INSTEAD_OF = f"""
    from jsonb_to_recordset(%(instead_of)s::jsonb) as instead (
        of_division text, codes text[], of_others text[], hidden_units text[],
        hidden_of_county text[], own_of_townships text[], hidden_where_it_is text[])
    join {_COMPLAINTS} on at_division = instead.of_division
         and (instead.codes is null or at_unit = any(instead.codes))
         and at_unit <> all(instead.of_others)
    where not ({_ABOUT_THE_UNIT})
"""
_OF_OTHER_OFFICES = f"""
    from {_COMPLAINTS}
    where at_unit = '{PETITION_OFFICE}' and complained_unit in (
              select at_division || '/' || name from unnest(%(office_marks)s::text[]) as name)
"""
_GROUPS: Mapping[str, LiteralString] = {
    WorkGroup.NEW: "state = any (array['filed', 'forwarded']) and not returned",
    WorkGroup.RETURNED: "returned and state <> 'answered' or to_answer",
    WorkGroup.WAITING: "waits_for is not null or on_its_way",
    WorkGroup.OVERDUE: "due_at < %(now)s and state <> 'answered'",
    WorkGroup.DUE_SOON: "due_at >= %(now)s and due_at < %(soon)s and state <> 'answered'",
}
_OF_ALL = (_OF_UNITS, _OF_POSTS, _OF_NOBODY_ELSE, _UNDER_REVIEW)


def _work(*sources: LiteralString) -> GroupedList[CaseLine]:
    return GroupedList(CASES, order="due", sources=sources, groups=_GROUPS, changed="changed_at")


_WORK, _WORK_OF_OFFICE = _work(*_OF_ALL), _work(*_OF_ALL, _INSTEAD_OF, _OF_OTHER_OFFICES)


def work_of(held: AtHand) -> GroupedList[CaseLine]:
    """The list for whoever has this at hand: what only an office has costs most in planning."""
    return _WORK_OF_OFFICE if held.instead_of or held.office_marks else _WORK


def asked_of(held: AtHand, hidden: HiddenComplaints, *, now: datetime) -> Mapping[str, object]:
    """The values of the list's query."""
    return {
        "unit_divisions": [division for division, _ in held.units],
        "units": [code for _, code in held.units],
        "post_divisions": [division for division, _ in held.posts],
        "posts": [code for _, code in held.posts],
        "office_of": held.office_of,
        "of_others": list(held.of_others),
        "instead_of": Jsonb([_named(each) for each in held.instead_of]),
        "office_marks": list(held.office_marks),
        "now": now,
        "soon": now + DUE_SOON,
        **hidden.named(),
    }


def _named(unit: InsteadOf) -> dict[str, object]:
    return {
        "of_division": unit.division,
        "codes": unit.codes,
        "of_others": list(unit.of_others),
        **unit.about.named(),
    }
