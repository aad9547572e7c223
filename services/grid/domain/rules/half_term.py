"""时限过半未办理: half of a term is over, and no step of the handling is on record."""

from datetime import datetime, timedelta

from services.grid.domain.rules.cases import CLOSING, SEALING, holder, sealed
from services.grid.domain.rules.facts import RuleFact, Says, Stated, fact, is_sealed, saying
from services.grid.domain.rules.reopened import is_over, reopening
from services.grid.domain.rules.verdict import Rule, Subject, Verdict, causes
from shared.cloudevents import RecordedEvent
from shared.contracts.case_handling import HearingHeld, InvestigationRecorded
from shared.contracts.case_holding import CaseHandedOver
from shared.contracts.early_warning_codes import WarningRule, WarningSubject
from shared.contracts.event import Event
from shared.contracts.intake import (
    CaseAccepted,
    CaseEvent,
    CaseReferredToMediation,
    CaseReopened,
    MediationOutcomeNoted,
    OpinionIssued,
)
from shared.times import china_day

_INSTANT = timedelta(microseconds=1)
_STEPS = (
    InvestigationRecorded,
    HearingHeld,
    CaseReferredToMediation,
    MediationOutcomeNoted,
    OpinionIssued,
)
"""What shows that the matter is being looked into; an extension by itself does not."""


def _facts_of(recorded: RecordedEvent, event: Event) -> Stated:
    if not isinstance(event, CaseEvent):
        return []
    found = sealed(recorded, event)
    match event:
        case CaseAccepted(due_at=datetime()):
            unit, matter, due = event.responsible_unit, event.matter_id, event.due_at
            found.append(fact(recorded, Says.TERM, matter_id=matter, unit=unit, due=due))
        case _ if isinstance(event, _STEPS):
            found.append(fact(recorded, Says.STEP))
        case _ if isinstance(event, CLOSING):
            found.append(fact(recorded, Says.CLOSED))
        case CaseHandedOver():
            found.append(fact(recorded, Says.HELD, unit=event.to_unit))
        case CaseReopened():
            found.append(fact(recorded, Says.REOPENED))
        case _:
            pass
    return [(event.case_id, each) for each in found]


def _half(subject: Subject) -> tuple[RuleFact, datetime] | None:
    """The fact that sets the term in which nothing was done, with the moment at half of it."""
    terms = saying(subject.facts, Says.TERM)
    if not terms or is_sealed(subject.facts) or not isinstance(terms[-1].due, datetime):
        return None
    term, due = terms[-1], terms[-1].due
    stepped = any(each.at >= term.at for each in saying(subject.facts, Says.STEP))
    if not term.live or stepped or is_over(subject.facts, term.at):
        return None
    return term, term.at + (due - term.at) / 2


def _moments(subject: Subject) -> list[datetime]:
    found = _half(subject)
    return [] if found is None else [_looks_at(subject, found[1])]


def _looks_at(subject: Subject, half: datetime) -> datetime:
    """At half of the term, or when the case is reopened after it."""
    again = reopening(subject.facts)
    return again.at if again is not None and again.live and again.at > half else half


def _judge(subject: Subject) -> Verdict | None:
    found = _half(subject)
    if found is None or subject.at is None or subject.at < _looks_at(subject, found[1]):
        return None
    term, half = found
    return Verdict(
        level=subject.policy.highest,
        because=causes([term]),
        words={"day": china_day(half).isoformat()},
        matter_id=term.matter_id,
        unit=holder(subject.facts, subject.at),
        last_day=china_day(term.due - _INSTANT) if isinstance(term.due, datetime) else None,
    )


HALF_TERM_WITHOUT_STEP = Rule(
    id=WarningRule.HALF_TERM_WITHOUT_STEP,
    version=2,
    subject_kind=WarningSubject.AGENCY_CLOCK,
    reads=(CaseAccepted, CaseHandedOver, CaseReopened, *_STEPS, *CLOSING, *SEALING),
    facts_of=_facts_of,
    judge=_judge,
    moments=_moments,
    reason="办理期限于{day}过半, 预警时尚无办理记录, 请抓紧办理。",
    reason_en=(
        "Half of the term was over on {day}, and at the time of this warning no step was on record: "
        "begin to handle it."
    ),
)
