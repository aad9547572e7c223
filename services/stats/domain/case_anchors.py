"""The days in a case's life on which it can be counted."""

from datetime import date, timedelta
from operator import attrgetter

from services.stats.domain.anchor import Anchor, Trace
from services.stats.domain.case_fact import CaseFact
from services.stats.domain.policy import POLICY
from shared.contracts.intake import (
    CaseAccepted,
    CaseClosed,
    CaseDiverted,
    CaseFiled,
    CaseLinked,
    CaseReplied,
    CaseResolved,
    CaseWithdrawn,
    OpinionServed,
)

_ACCEPTANCE_TERM = timedelta(days=POLICY.acceptance_days)


def acceptance_due_on(fact: CaseFact) -> date:
    """The last day for accepting the case: the day of filing is not counted."""
    return fact.filed.on + _ACCEPTANCE_TERM


FILED = Anchor("filed", Trace((CaseFiled.kind,)), attrgetter("filed"))
ACCEPTANCE_DUE = Anchor(
    "acceptance_due",
    Trace((CaseFiled.kind,), later=_ACCEPTANCE_TERM),
    attrgetter("filed"),
    acceptance_due_on,
)
ACCEPTED = Anchor("accepted", Trace((CaseAccepted.kind,)), attrgetter("accepted"))
REPLY_DUE = Anchor(
    "reply_due",
    Trace((CaseAccepted.kind,), by="due_day"),
    attrgetter("accepted"),
    attrgetter("due_on"),
)
ANSWERED = Anchor(
    "answered", Trace((CaseReplied.kind, OpinionServed.kind)), attrgetter("answered")
)
RESOLVED = Anchor("resolved", Trace((CaseResolved.kind,)), attrgetter("resolved"))
WITHDRAWN = Anchor("withdrawn", Trace((CaseWithdrawn.kind,)), attrgetter("withdrawn"))
DIVERTED = Anchor("diverted", Trace((CaseDiverted.kind,)), attrgetter("diverted"))
LINKED = Anchor("linked", Trace((CaseLinked.kind,)), attrgetter("linked"))
CLOSED = Anchor("closed", Trace((CaseClosed.kind,)), attrgetter("closed"))
