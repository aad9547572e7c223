"""Which clock a case is under, and from which day it runs."""

from shared.clocks.calendar import Calendar
from shared.clocks.clock_refusals import ConvertedBeforeAcceptance
from shared.clocks.clock_run import Start
from shared.clocks.due import Due, day_of, due_of
from shared.clocks.policy import Policy
from shared.contracts.case_codes import Procedure

HANDLING, SIMPLE_HANDLING = "C6", "C12"
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
