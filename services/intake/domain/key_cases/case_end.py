"""How and when the case of a key case has ended, as the record of the case says."""

from datetime import date
from typing import NamedTuple

from services.intake.domain.case import CaseFile
from shared.contracts.key_case_codes import KeyCaseEnd
from shared.times import china_day


class CaseEnd(NamedTuple):
    """The way, and the day in China."""

    end: KeyCaseEnd
    on: date


def ended_as(case: CaseFile) -> CaseEnd | None:
    """None while the case goes on, also in another division that has the matter.

    Settled is what was resolved on grounds of its record and neither voided nor departed since.
    """
    left = case.voided or case.departed
    if left is None and case.resolved is not None and case.resolved.grounds:
        return CaseEnd(KeyCaseEnd.SETTLED, _day(case, case.resolved.kind))
    last = left or case.closed
    return None if last is None else CaseEnd(KeyCaseEnd.LAWFULLY_ENDED, _day(case, last.kind))


def _day(case: CaseFile, kind: str) -> date:
    return china_day(case.marks[kind].occurred_at)
