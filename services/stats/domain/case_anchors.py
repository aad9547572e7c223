"""The days in a case's life on which it can be counted."""

from datetime import date
from operator import attrgetter

from services.stats.domain.anchor import Anchor, Trace
from services.stats.domain.case_fact import LONGEST_REST, CaseFact
from services.stats.domain.case_states import (
    acceptance_due_state,
    acceptance_state,
    filing_state,
    reply_due_state,
)
from services.stats.domain.case_step import RECEIPT_TERM
from services.stats.domain.case_verdicts import (
    receipt_term_ends_on,
    receipt_verdict_by,
    reply_verdict,
)
from shared.contracts.case_handling import ExtensionGranted
from shared.contracts.intake import (
    CaseAccepted,
    CaseClosed,
    CaseDiverted,
    CaseFiled,
    CaseForwarded,
    CaseLinked,
    CaseReplied,
    CaseResolved,
    CaseWithdrawn,
    FilingCorrected,
    OpinionServed,
)
from shared.contracts.transfers import CaseAssigned


def acceptance_due_on(fact: CaseFact) -> date | None:
    """In version 1 of the measure, the last day for accepting the case: it runs from filing."""
    return fact.filed and fact.filed.on + RECEIPT_TERM


FILED = Anchor("filed", Trace((CaseFiled.kind,)), attrgetter("filed"), state=filing_state)
ACCEPTANCE_DUE = Anchor(
    "acceptance_due",
    Trace((CaseFiled.kind,), later=RECEIPT_TERM),
    attrgetter("filed"),
    acceptance_due_on,
    acceptance_due_state,
)
ACCEPTED = Anchor(
    "accepted", Trace((CaseAccepted.kind,)), attrgetter("accepted"), state=acceptance_state
)
REPLY_DUE = Anchor(
    "reply_due",
    Trace((CaseAccepted.kind,), by="due_day"),
    attrgetter("accepted"),
    attrgetter("due_on"),
    reply_due_state,
)
ANSWERED = Anchor(
    "answered", Trace((CaseReplied.kind, OpinionServed.kind)), attrgetter("answered")
)
RESOLVED = Anchor("resolved", Trace((CaseResolved.kind,)), attrgetter("resolved"))
WITHDRAWN = Anchor("withdrawn", Trace((CaseWithdrawn.kind,)), attrgetter("withdrawn"))
DIVERTED = Anchor("diverted", Trace((CaseDiverted.kind,)), attrgetter("diverted"))
LINKED = Anchor("linked", Trace((CaseLinked.kind,)), attrgetter("linked"))
CLOSED = Anchor("closed", Trace((CaseClosed.kind,)), attrgetter("closed"))
# the next two share the rows of those of version 1: mostly their last days are the same
RECEIPT_TERM_ENDS = Anchor(
    ACCEPTANCE_DUE.key,
    Trace((CaseFiled.kind,), later=RECEIPT_TERM),
    attrgetter("judged.filed"),
    receipt_term_ends_on,
    receipt_verdict_by,
    (Trace((CaseFiled.kind, FilingCorrected.kind), by="due_day"),),
)
REPLY_TERM_ENDS = Anchor(
    REPLY_DUE.key,
    Trace((CaseAccepted.kind,), by="due_day", at_most=LONGEST_REST),
    attrgetter("judged.accepted"),
    attrgetter("reply_term_ends_on"),
    lambda fact, _: reply_verdict(fact),
    (Trace((ExtensionGranted.kind,), by="due_day"),),
)
UNCOUNTED = Anchor("voided", Trace((CaseFiled.kind,)), attrgetter("seldom.registered"))
"""The day of a registration that was voided, returned, passed on or recognised as an accusation."""
TRANSFERRED = Anchor(
    "transferred",
    Trace((CaseForwarded.kind, CaseAssigned.kind)),
    attrgetter("seldom.transferred"),
)
