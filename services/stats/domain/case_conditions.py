"""On what conditions a case counts, asked of its fact."""

from collections.abc import Collection
from datetime import timedelta

from services.stats.domain.case_anchors import acceptance_due_on
from services.stats.domain.case_fact import CaseFact
from services.stats.domain.counter import Condition
from services.stats.domain.policy import POLICY
from shared.contracts.case_codes import Channel, FirstOrRepeat
from shared.contracts.case_rating_codes import RatedSubject
from shared.folding.occurrence import Occurrence

WINDOW = timedelta(days=POLICY.first_time_window_days)
SOON = timedelta(days=POLICY.resolution_days)


def answered_within(days: int) -> Condition:
    span = timedelta(days=days)
    return lambda fact: fact.answered is not None and fact.answered.on - fact.filed.on <= span


def history_is(stated: FirstOrRepeat) -> Condition:
    return lambda fact: fact.filing.first_or_repeat == stated


def history_is_stated(fact: CaseFact) -> bool:
    return fact.filing.first_or_repeat != FirstOrRepeat.NOT_STATED


def is_group_visit(fact: CaseFact) -> bool:
    headcount = fact.filing.headcount or 0
    return fact.filing.channel == Channel.VISIT and headcount >= POLICY.group_visit_headcount


def is_visit_of_unknown_size(fact: CaseFact) -> bool:
    return fact.filing.channel == Channel.VISIT and fact.filing.headcount is None


def is_first_and_not_repeated(fact: CaseFact) -> bool:
    if fact.closed is None or fact.filing.first_or_repeat != FirstOrRepeat.FIRST:
        return False
    return fact.repeated is None or fact.repeated.on > fact.closed.on + WINDOW


def needs_acceptance(fact: CaseFact) -> bool:
    if fact.accepted is not None:
        return True
    return fact.departure is None and not fact.filing.imported


def acceptance_not_stated(fact: CaseFact) -> bool:
    """An older register that records no acceptance says nothing about when there was one."""
    return fact.accepted is None and fact.departure is None and fact.filing.imported


def accepted_in_time(fact: CaseFact) -> bool:
    last = acceptance_due_on(fact)
    return fact.accepted is not None and last is not None and fact.accepted.on <= last


def left_unaccepted(way: str) -> Condition:
    return lambda fact: fact.accepted is None and fact.departure == way


def needs_reply(fact: CaseFact) -> bool:
    return fact.answered is not None or fact.departure is None


def replied_on_time(fact: CaseFact) -> bool:
    if fact.answered is None or fact.due_at is None:
        return False
    return fact.answered.at < fact.due_at


def left_unanswered(way: str) -> Condition:
    return lambda fact: fact.answered is None and fact.departure == way


def left(way: str) -> Condition:
    return lambda fact: fact.departure == way


def is_unlinked_repeat(fact: CaseFact) -> bool:
    filing = fact.filing
    return filing.first_or_repeat == FirstOrRepeat.REPEAT and not filing.names_first


def receipt_is_stated(fact: CaseFact) -> bool:
    return fact.filing.received_on is not None


def receipt_is_not_stated(fact: CaseFact) -> bool:
    return fact.filing.received_on is None


def registration_delay(fact: CaseFact) -> int:
    return _days_since_receipt(fact, fact.filed)


def days_to_answer(fact: CaseFact) -> int:
    return _days_since_receipt(fact, fact.answered)


def _days_since_receipt(fact: CaseFact, occurrence: Occurrence | None) -> int:
    received = fact.received_on
    return (occurrence.on - received).days if occurrence and received else 0


def is_rated(about: RatedSubject, grades: Collection[str]) -> Condition:
    def asked(fact: CaseFact) -> bool:
        rating = fact.rating_of(about)
        return rating is not None and rating.grade in grades

    return asked


def is_voided(fact: CaseFact) -> bool:
    return fact.voided is not None


def is_elsewhere(fact: CaseFact) -> bool:
    """Whether another ledger holds the matter."""
    return fact.seldom.held is not None


def is_returned(fact: CaseFact) -> bool:
    return fact.returned is not None


def is_with_discipline(fact: CaseFact) -> bool:
    return fact.to_discipline is not None


def is_linked(fact: CaseFact) -> bool:
    return fact.linked is not None


def is_not_linked(fact: CaseFact) -> bool:
    return fact.linked is None


def is_declined(fact: CaseFact) -> bool:
    return fact.declined is not None


def is_resolved_and_not_linked(fact: CaseFact) -> bool:
    return fact.resolved is not None and fact.linked is None


def is_resolved_without_grounds(fact: CaseFact) -> bool:
    return is_resolved_and_not_linked(fact) and not fact.grounded


def is_resolved_soon(fact: CaseFact) -> bool:
    if fact.resolved is None or fact.accepted is None or fact.linked:
        return False
    return fact.resolved.on <= fact.accepted.on + SOON


def is_closed_first_without_resolution(fact: CaseFact) -> bool:
    return fact.resolved is None and fact.filing.first_or_repeat == FirstOrRepeat.FIRST


def is_first_and_reopened(fact: CaseFact) -> bool:
    return fact.filing.first_or_repeat == FirstOrRepeat.FIRST and fact.reopened is not None


def is_first_and_stays_resolved(fact: CaseFact) -> bool:
    """Resolved at the first attempt: never reopened, and not repeated within the window."""
    if fact.resolved is None or fact.reopened is not None:
        return False
    if fact.filing.first_or_repeat != FirstOrRepeat.FIRST:
        return False
    return fact.repeated is None or fact.repeated.on > fact.resolved.on + WINDOW
