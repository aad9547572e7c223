"""同一单位欠薪: several matters of labour, unpaid wages or other disputes, at one organisation.

A report says by its topic that wages are not paid. A case or a mediation says only that it is about
labour (work injuries, contracts and insurance as well), so that the sentence claims no more.
The organisation is known by its mark under the county's key alone; it is never a person. One that a
correction names counts since the registration of the case, and the one before no more.
"""

from datetime import datetime
from functools import partial

from services.grid.domain.rules.counted_cases import COUNTING_CASES, CountedCase, Counts
from services.grid.domain.rules.counted_records import counted, counting, moved, voided
from services.grid.domain.rules.facts import Says, Stated
from services.grid.domain.rules.verdict import Rule, Subject, Verdict, causes
from services.grid.domain.rules.window import matters_in, most_matters, reached_since, spread_of
from shared.cloudevents import RecordedEvent
from shared.contracts.case_codes import Category
from shared.contracts.early_warning_codes import WarningRule, WarningSubject
from shared.contracts.event import Event
from shared.contracts.grid_reports import (
    GridReportCorrected,
    GridReportRejected,
    GridReportSubmitted,
)
from shared.contracts.mediation import MediationApplied
from shared.contracts.mediation_codes import DisputeKind
from shared.contracts.report_codes import ReportTopic


def _facts_of(recorded: RecordedEvent, event: Event) -> Stated:
    match event:
        case GridReportSubmitted(topic=ReportTopic.UNPAID_WAGES):
            record = event.report_id
        case MediationApplied(dispute_kind=DisputeKind.LABOUR):
            record = event.mediation_id
        case GridReportCorrected(was_topic=ReportTopic()):
            return _report_moved(recorded, event)
        case GridReportRejected():
            return voided(_keys(event.cause_ref), recorded, event.report_id)
        case _:
            return []
    return counted(_keys(event.cause_ref), recorded, record, event.matter_id)


def _keys(cause: str | None) -> list[str]:
    return [] if cause is None else [f"cause/{cause}"]


def _counts_case(case: CountedCase) -> list[Counts]:
    is_counted = case.category is Category.LABOUR and not case.is_received
    if case.registered_at is None or not is_counted:
        return []
    return [Counts(key, case.registered_at, case.matter_id) for key in _keys(case.cause_ref)]


def _report_moved(recorded: RecordedEvent, event: GridReportCorrected) -> Stated:
    was, now = event.was_topic, event.topic or event.was_topic
    keys = _keys(event.cause_ref)
    return moved(
        recorded,
        event.report_id,
        event.matter_id,
        was=keys if was is ReportTopic.UNPAID_WAGES else [],
        now=keys if now is ReportTopic.UNPAID_WAGES else [],
        at=event.submitted_at,
    )


def _begins(subject: Subject) -> datetime | None:
    return reached_since(counting(subject.facts), subject.policy)


def _judge(subject: Subject) -> Verdict | None:
    found = most_matters(counting(subject.facts), subject.policy.within)
    matters = matters_in(found)
    level = subject.policy.level_at(matters)
    if level is None:
        return None
    return Verdict(
        level=level,
        because=causes(found),
        words={"matters": matters, "days": subject.policy.within.days},
        category=Category.LABOUR,
    )


UNPAID_WAGES = Rule(
    id=WarningRule.UNPAID_WAGES,
    version=2,
    subject_kind=WarningSubject.ISSUE_CLUSTER,
    reads=(
        *COUNTING_CASES,
        GridReportSubmitted,
        GridReportCorrected,
        GridReportRejected,
        MediationApplied,
    ),
    facts_of=_facts_of,
    counts_case=_counts_case,
    judge=_judge,
    counts=Says.MATTER,
    begins=_begins,
    spread=partial(spread_of, Says.MATTER),
    reason="同一用人单位在{days}天内有{matters}件劳动争议(欠薪或其他)事项, 请会同人社部门核实处置。",
    reason_en=(
        "{matters} labour matters (unpaid wages or other disputes) at one employer within {days} days: "
        "look into it together with the labour office."
    ),
)
