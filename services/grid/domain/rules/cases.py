"""What several rules read in the events of a case: that it is sealed, that its way is over."""

from collections.abc import Iterable
from datetime import datetime

from services.grid.domain.rules.facts import RuleFact, Says, fact, saying
from shared.cloudevents import RecordedEvent
from shared.contracts.case_codes import Category, Purpose
from shared.contracts.case_holding import CaseRouted
from shared.contracts.intake import (
    CaseClosed,
    CaseDeclined,
    CaseDiverted,
    CaseEvent,
    CaseFiled,
    CaseForwarded,
    CaseLinked,
    CaseReplied,
    CaseResolved,
    CaseWithdrawn,
    FilingCorrected,
    FilingVoided,
    OpinionServed,
)
from shared.contracts.transfers import CaseAssigned, CaseReturned

SEALING = (CaseFiled, FilingCorrected, CaseRouted)
"""The events that may say that a case is an accusation or one of discipline."""
CLOSING = (
    OpinionServed,
    CaseReplied,
    CaseResolved,
    CaseClosed,
    CaseDeclined,
    CaseWithdrawn,
    CaseDiverted,
    CaseLinked,
    CaseForwarded,
    CaseAssigned,
    CaseReturned,
    FilingVoided,
)
"""With these the term of a case runs no more: it is answered, over, or somebody else's."""


def sealed(recorded: RecordedEvent, event: CaseEvent) -> list[RuleFact]:
    """That the case is sealed, where the event says so; it stays sealed."""
    return [fact(recorded, Says.SEALED)] if is_sealing(event) else []


def is_sealing(event: CaseEvent) -> bool:
    """Whether the event says that the case is an accusation or one of discipline."""
    match event:
        case CaseFiled() | FilingCorrected():
            is_discipline = event.category is Category.DISCIPLINE
            return is_discipline or event.purpose is Purpose.ACCUSATION
        case CaseRouted():
            return event.purpose is Purpose.ACCUSATION
        case _:
            return False


def holder(facts: Iterable[RuleFact], at: datetime | None) -> str | None:
    """The unit that has the case at that moment: which accepted it, or to which it was handed over."""
    units = [
        each.unit
        for each in saying(facts, Says.TERM, Says.HELD)
        if each.unit and (at is None or each.at <= at)
    ]
    return units[-1] if units else None
