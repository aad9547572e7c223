"""两次退回: a matter was given back twice; the office decides whose it is.

A grid report that a unit gives back counts each time. A case counts once, whether its own ledger
says that it was returned or that of its sender.
"""

from datetime import datetime
from functools import partial

from services.grid.domain.rules.cases import SEALING, is_sealing
from services.grid.domain.rules.facts import Says, Stated, fact, is_sealed
from services.grid.domain.rules.verdict import Rule, Subject, Verdict, causes
from services.grid.domain.rules.window import matters_in, most_matters, reached_since, spread_of
from shared.cloudevents import RecordedEvent
from shared.contracts.early_warning_codes import WarningRule, WarningSubject
from shared.contracts.event import Event
from shared.contracts.grid_reports import GridReportReturned
from shared.contracts.intake import CaseEvent
from shared.contracts.transfer_codes import TransferStep
from shared.contracts.transfers import CaseReturned, TransferNoted


def _facts_of(recorded: RecordedEvent, event: Event) -> Stated:
    match event:
        case GridReportReturned():
            of = recorded.event_id
        case CaseReturned():
            of = event.case_id
        case TransferNoted(step=TransferStep.RETURNED):
            of = event.receiver_case_id
        case CaseEvent() if is_sealing(event):
            return [(event.matter_id, fact(recorded, Says.SEALED))]
        case _:
            return []
    return [(event.matter_id, fact(recorded, Says.RETURNED, of))]


def _begins(subject: Subject) -> datetime | None:
    return reached_since(subject.facts, subject.policy)


def _judge(subject: Subject) -> Verdict | None:
    if is_sealed(subject.facts):
        return None
    found = most_matters(subject.facts, subject.policy.within)
    times = matters_in(found)
    level = subject.policy.level_at(times)
    if level is None:
        return None
    return Verdict(
        level=level,
        because=causes(found),
        words={"times": times, "days": subject.policy.within.days},
        matter_id=subject.key,
    )


RETURNED_TWICE = Rule(
    id=WarningRule.RETURNED_TWICE,
    version=1,
    subject_kind=WarningSubject.SERVICE_FAILURE,
    reads=(GridReportReturned, CaseReturned, TransferNoted, *SEALING),
    facts_of=_facts_of,
    judge=_judge,
    counts=Says.RETURNED,
    begins=_begins,
    spread=partial(spread_of, Says.RETURNED),
    reason="事项在{days}天内被退回{times}次, 请确定承办单位。",
    reason_en="The matter was given back {times} times within {days} days: decide whose it is.",
)
