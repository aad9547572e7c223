"""办理时限临近或超期: a case's term comes near, ends, or is over without an answer.

One warning a term: its level rises from seven days before the last day to the day after it. An
extension moves the term, and a case that is reopened has the term that it had. The term ends with the
answer, with the end of the case, or when the case is passed on; in another ledger the case has a term
of its own.
"""

from datetime import date, datetime, timedelta

from services.grid.domain.rules.cases import CLOSING, SEALING, holder, sealed
from services.grid.domain.rules.facts import RuleFact, Says, Stated, fact, is_sealed, saying
from services.grid.domain.rules.reopened import is_over, looks
from services.grid.domain.rules.verdict import Rule, Subject, Verdict, causes, moments_of
from shared.cloudevents import RecordedEvent
from shared.contracts.case_handling import ExtensionGranted
from shared.contracts.case_holding import CaseHandedOver
from shared.contracts.early_warning_codes import WarningRule, WarningSubject
from shared.contracts.event import Event
from shared.contracts.intake import CaseAccepted, CaseEvent, CaseReopened
from shared.times import china_day

_INSTANT = timedelta(microseconds=1)


def _facts_of(recorded: RecordedEvent, event: Event) -> Stated:
    if not isinstance(event, CaseEvent):
        return []
    found = sealed(recorded, event)
    match event:
        case CaseAccepted(due_at=datetime()):
            found.append(_term(recorded, event, event.responsible_unit))
        case ExtensionGranted():
            found.append(_term(recorded, event, None))
        case _ if isinstance(event, CLOSING):
            found.append(fact(recorded, Says.CLOSED))
        case CaseHandedOver():
            found.append(fact(recorded, Says.HELD, unit=event.to_unit))
        case CaseReopened():
            found.append(fact(recorded, Says.REOPENED))
        case _:
            pass
    return [(event.case_id, each) for each in found]


def _term(
    recorded: RecordedEvent, event: CaseAccepted | ExtensionGranted, unit: str | None
) -> RuleFact:
    due, matter = event.due_at, event.matter_id
    return fact(recorded, Says.TERM, matter_id=matter, unit=unit, due=due)


def _last_day(subject: Subject) -> tuple[RuleFact, date] | None:
    """The fact that sets the term which runs, with its last day in China."""
    terms = saying(subject.facts, Says.TERM)
    if not terms or is_sealed(subject.facts) or not isinstance(terms[-1].due, datetime):
        return None
    begun = max((each.at for each in terms if each.unit), default=terms[0].at)
    if is_over(subject.facts, begun):
        return None
    return terms[-1], china_day(terms[-1].due - _INSTANT)


def _moments(subject: Subject) -> list[datetime]:
    found = _last_day(subject)
    if found is None or not found[0].live:
        return []
    return looks(moments_of(found[1], subject.policy), subject.facts, found[0].at)


def _judge(subject: Subject) -> Verdict | None:
    found = _last_day(subject)
    if found is None or not found[0].live:
        return None
    days = subject.days_since(found[1])
    level = None if days is None else subject.policy.level_at(days)
    if level is None:
        return None
    terms = saying(subject.facts, Says.TERM)
    return Verdict(
        level=level,
        because=causes(terms),
        words={"day": found[1].isoformat()},
        matter_id=found[0].matter_id,
        unit=holder(subject.facts, subject.at),
        last_day=found[1],
    )


TERM = Rule(
    id=WarningRule.TERM,
    version=2,
    subject_kind=WarningSubject.AGENCY_CLOCK,
    reads=(CaseAccepted, ExtensionGranted, CaseHandedOver, CaseReopened, *CLOSING, *SEALING),
    facts_of=_facts_of,
    judge=_judge,
    moments=_moments,
    reason="预警时办理期限最后一日为{day}, 尚未答复, 请按期办结。",
    reason_en=(
        "At the time of this warning the last day of the term was {day}, and there was no answer: "
        "answer in time."
    ),
)
