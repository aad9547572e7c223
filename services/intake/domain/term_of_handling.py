"""Which clock a case is under, and from which day it runs."""

from datetime import date

from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.served_opinion import served_on
from shared.clocks.calendar import Calendar
from shared.clocks.clock_refusals import ClockRefused, ConvertedBeforeAcceptance
from shared.clocks.clock_run import Start
from shared.clocks.due import Due, day_of, due_of
from shared.clocks.policy import Policy
from shared.contracts.case_codes import Procedure
from shared.contracts.case_handling_codes import ReviewLevel
from shared.contracts.intake import CaseAccepted

HANDLING, SIMPLE_HANDLING = "C6", "C12"
REQUEST_OF_REVIEW, REQUEST_OF_RE_REVIEW = "C8", "C10"
REVIEW_OPINION = {ReviewLevel.REVIEW: "C9", ReviewLevel.RE_REVIEW: "C11"}
OBJECTION = "C4"
NOTICE_OF_DIRECT, NOTICE_OF_TRANSFERRED = "C2", "C3"


def due_of_handling(
    procedure: Procedure, accepted: Start, *, policy: Policy, calendar: Calendar
) -> Due:
    """When the opinion on a case accepted then is due [R34; simple procedure: C12]."""
    clock = SIMPLE_HANDLING if procedure is Procedure.SIMPLE else HANDLING
    return due_of(clock, accepted, policy=policy, calendar=calendar)


def due_after_conversion(
    accepted: Start, converted: Start, *, policy: Policy, calendar: Calendar
) -> Due:
    """A simple case that became ordinary: the sixty days run from its first acceptance (C13).

    Changing the procedure buys no time. ConvertedBeforeAcceptance for a day before that.
    """
    if day_of(converted) < day_of(accepted):
        raise ConvertedBeforeAcceptance(day_of(accepted), day_of(converted))
    return due_of(HANDLING, accepted, policy=policy, calendar=calendar)


def due_after_extension(
    case: CaseFile, days: int, *, policy: Policy, calendar: Calendar
) -> Due | str:
    """When the opinion on an accepted case is due after one more extension (C7) [R34].

    A sentence that says why, where the policy allows none of so many days.
    """
    accepted, mark = case.accepted, case.marks.get(CaseAccepted.kind)
    if accepted is None or mark is None:
        return "the case was not accepted"
    clock = SIMPLE_HANDLING if accepted.procedure is Procedure.SIMPLE else HANDLING
    before = (each.days for each, _ in case.proceedings.extensions)
    try:
        return due_of(
            clock,
            mark.occurred_at,
            policy=policy,
            calendar=calendar,
            extensions=(*before, days),
        )
    except ClockRefused as reason:
        return str(reason)


def due_without_acceptance(
    received: Start, *, transferred: bool, policy: Policy, calendar: Calendar
) -> Due:
    """A case that nobody ever accepted: handling begins on the day the notice was due (C2, C3).

    `received` is the day of receipt, which may lie before the registration [R22, R23].
    It is the office's own, earlier date, so that delay never buys time.
    """
    notice = NOTICE_OF_TRANSFERRED if transferred else NOTICE_OF_DIRECT
    noticed = due_of(notice, received, policy=policy, calendar=calendar)
    return due_of(HANDLING, noticed.due_on, policy=policy, calendar=calendar)


def review_until(case: CaseFile, *, policy: Policy, calendar: Calendar) -> date | None:
    """The petitioner's last day to ask for a review [R35], or for a re-review of one [R36].

    It is moved on from days of rest. None while the petitioner has received nothing from which
    the time runs.
    """
    reviewed = case.proceedings.decided.get(ReviewLevel.REVIEW)
    clock = REQUEST_OF_RE_REVIEW if reviewed else REQUEST_OF_REVIEW
    received = reviewed[0].served_on if reviewed else served_on(case)
    if received is None:
        return None
    due = due_of(clock, received, policy=policy, calendar=calendar)
    return due.due_on_for_petitioner


def objection_decided_until(objected_on: date, *, policy: Policy, calendar: Calendar) -> Due:
    """Until when the sender decides an objection; then it goes to the common superior [R24].

    A placeholder: no article gives the sender a term, so it has as long as the receiver had (C4).
    """
    return due_of(OBJECTION, objected_on, policy=policy, calendar=calendar)


def objection_until(
    received_on: date, *, recorded_on: date, policy: Policy, calendar: Calendar
) -> Due:
    """Until when a receiver may say that a matter is not its own: five working days [R23].

    A sender that dates its forwarding back takes none of them: no receiver knew of the matter
    before it was recorded.
    """
    start = max(received_on, recorded_on)
    return due_of(OBJECTION, start, policy=policy, calendar=calendar)
