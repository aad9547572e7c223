"""补偿款逾期: an instalment of an agreement was not performed by its day and some days of grace.

An instalment that was performed in part is still owed. A breach is another rule's: of the instalment
that it names, or of all that is still owed where it names none.
"""

from datetime import date, datetime

from services.grid.domain.rules.agreements import (
    MOST_INSTALMENTS,
    ONE_EACH,
    PROMISING,
    WHOLE,
    breach,
    current,
    day_of,
    named,
    performance,
)
from services.grid.domain.rules.facts import RuleFact, Says, Stated, fact, saying
from services.grid.domain.rules.verdict import Rule, Subject, Verdict, causes, moments_of
from shared.cloudevents import RecordedEvent
from shared.contracts.agreements import (
    AgreementBreached,
    AgreementPerformed,
    InstalmentPerformed,
    MediationSucceeded,
)
from shared.contracts.early_warning_codes import WarningRule, WarningSubject
from shared.contracts.event import Event
from shared.contracts.mediation import MediationEndVoided, MediationEvent


def _facts_of(recorded: RecordedEvent, event: Event) -> Stated:
    if not isinstance(event, MediationEvent):
        return []
    return [(event.mediation_id, each) for each in _stated(recorded, event)]


def _stated(recorded: RecordedEvent, event: MediationEvent) -> list[RuleFact]:
    match event:
        case MediationSucceeded():
            matter = event.matter_id
            return [
                fact(recorded, Says.PROMISED, named(number), matter_id=matter, due=day)
                for number, day in enumerate(event.instalments[:MOST_INSTALMENTS], start=1)
            ]
        case InstalmentPerformed():
            return [performance(recorded, event)]
        case AgreementPerformed():
            return [fact(recorded, Says.PERFORMED, WHOLE)]
        case AgreementBreached():
            return [breach(recorded, event)]
        case MediationEndVoided():
            return [fact(recorded, Says.VOIDED)]
        case _:
            return []


def _owed(subject: Subject) -> list[tuple[date, RuleFact]]:
    """The instalments that are not performed, each with the last day on which it is waited for."""
    facts = current(subject.facts)
    settled = {each.of for each in saying(facts, Says.PERFORMED, Says.BREACHED)}
    if not settled.isdisjoint(("", WHOLE)):  # breached as a whole, or performed
        return []
    owed = [each for each in saying(facts, Says.PROMISED) if each.of not in settled and each.live]
    waited_for = [(day_of(each) + subject.policy.grace, each) for each in owed]
    return sorted(waited_for, key=lambda found: (found[0], found[1].of))


def _moments(subject: Subject) -> list[datetime]:
    return [
        moment
        for day, promise in _owed(subject)
        for moment in moments_of(day, subject.policy)
        if moment > promise.at
    ]


def _judge(subject: Subject) -> Verdict | None:
    owed = _owed(subject)
    days = subject.days_since(owed[0][0]) if owed else None
    level = None if days is None else subject.policy.level_at(days)
    if level is None:
        return None
    promise = owed[0][1]
    return Verdict(
        level=level,
        because=causes([promise]),
        words={"day": day_of(promise).isoformat(), "number": int(promise.of)},
        matter_id=promise.matter_id,
        last_day=day_of(promise),
    )


COMPENSATION_OVERDUE = Rule(
    id=WarningRule.COMPENSATION_OVERDUE,
    version=2,
    subject_kind=WarningSubject.SERVICE_FAILURE,
    reads=PROMISING,
    facts_of=_facts_of,
    judge=_judge,
    moments=_moments,
    one_each=ONE_EACH,
    reason="协议第{number}期款项应于{day}支付, 预警时尚未支付, 请督促履行。",
    reason_en=(
        "Instalment {number} of the agreement was due on {day}, and at the time of this warning it was "
        "not performed: see to it."
    ),
)
