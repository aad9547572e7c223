"""协议未履行: an agreement was breached, or its last day is over and it is not performed.

A breach of an instalment that is performed afterwards is remedied; the last day is waited for again.
"""

from dataclasses import replace
from datetime import date, datetime

from services.grid.domain.rules.agreements import (
    ONE_EACH,
    PROMISING,
    WHOLE,
    breach,
    current,
    day_of,
    open_breaches,
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
from shared.contracts.early_warning_codes import WarningLevel, WarningRule, WarningSubject
from shared.contracts.event import Event
from shared.contracts.mediation import MediationEndVoided, MediationEvent
from shared.times import china_day


def _facts_of(recorded: RecordedEvent, event: Event) -> Stated:
    if not isinstance(event, MediationEvent):
        return []
    matter = event.matter_id
    match event:
        case MediationSucceeded():
            due = event.perform_by
            stated = [fact(recorded, Says.PROMISED, matter_id=matter, due=due)] if due else []
        case AgreementBreached():
            stated = [breach(recorded, event)]
        case InstalmentPerformed():
            stated = [performance(recorded, event)]
        case AgreementPerformed():
            stated = [fact(recorded, Says.PERFORMED, WHOLE)]
        case MediationEndVoided():
            stated = [fact(recorded, Says.VOIDED)]
        case _:
            stated = []
    return [(event.mediation_id, each) for each in stated]


def _promise(subject: Subject) -> RuleFact | None:
    promised = saying(current(subject.facts), Says.PROMISED)
    return promised[-1] if promised and promised[-1].live else None


def _moments(subject: Subject) -> list[datetime]:
    promise = _promise(subject)
    if promise is None:
        return []
    moments = moments_of(day_of(promise) + subject.policy.grace, subject.policy)
    return [each for each in moments if each > promise.at]


def _judge(subject: Subject) -> Verdict | None:
    breaches = open_breaches(current(subject.facts))
    live = [each for each in breaches if each.live]
    if subject.at is None:
        return _verdict(subject.policy.highest, live[0], china_day(live[0].at)) if live else None
    if live:  # it was warned of at once, and the last day tells nothing more
        return None
    promise = _promise(subject)
    if promise is None:
        return None
    days = subject.days_since(day_of(promise) + subject.policy.grace)
    level = None if days is None else subject.policy.level_at(days)
    if level is None:
        return None
    day = day_of(promise)
    return replace(_verdict(level, promise, day), last_day=day)


def _verdict(level: WarningLevel, cause: RuleFact, day: date) -> Verdict:
    words = {"day": day.isoformat()}
    return Verdict(level=level, because=causes([cause]), words=words, matter_id=cause.matter_id)


AGREEMENT_BROKEN = Rule(
    id=WarningRule.AGREEMENT_BROKEN,
    version=1,
    subject_kind=WarningSubject.SERVICE_FAILURE,
    reads=PROMISING,
    facts_of=_facts_of,
    judge=_judge,
    moments=_moments,
    one_each=ONE_EACH,
    counts=Says.BREACHED,
    reason="调解协议自{day}起未履行, 请回访并告知其他途径。",
    reason_en=(
        "The agreement of the mediation has not been kept since {day}: "
        "come back to the parties, and tell them of the other routes."
    ),
)
