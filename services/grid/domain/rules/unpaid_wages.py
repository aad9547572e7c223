"""同一单位欠薪: several matters about wages that one organisation has not paid.

The organisation is known by its mark under the county's key alone; it is never a person. One that is
named by a later correction is not read.
"""

from services.grid.domain.rules.cases import is_sealing
from services.grid.domain.rules.facts import Says, Stated, fact
from services.grid.domain.rules.verdict import Rule, Subject, Verdict, causes
from services.grid.domain.rules.window import matters_in, most_matters
from shared.cloudevents import RecordedEvent
from shared.contracts.case_codes import Category
from shared.contracts.early_warning_codes import WarningRule, WarningSubject
from shared.contracts.event import Event
from shared.contracts.grid_reports import GridReportSubmitted
from shared.contracts.intake import CaseFiled
from shared.contracts.mediation import MediationApplied
from shared.contracts.mediation_codes import DisputeKind
from shared.contracts.report_codes import ReportTopic


def _facts_of(recorded: RecordedEvent, event: Event) -> Stated:
    match event:
        case CaseFiled(category=Category.LABOUR, from_case_id=None, cause_ref=str(cause)):
            if is_sealing(event):
                return []
        case GridReportSubmitted(topic=ReportTopic.UNPAID_WAGES, cause_ref=str(cause)):
            pass
        case MediationApplied(dispute_kind=DisputeKind.LABOUR, cause_ref=str(cause)):
            pass
        case _:
            return []
    return [(f"cause/{cause}", fact(recorded, Says.MATTER, event.matter_id))]


def _judge(subject: Subject) -> Verdict | None:
    found = most_matters(subject.facts, subject.policy.within)
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
    version=1,
    subject_kind=WarningSubject.ISSUE_CLUSTER,
    reads=(CaseFiled, GridReportSubmitted, MediationApplied),
    facts_of=_facts_of,
    judge=_judge,
    counts=Says.MATTER,
    reason="同一用人单位在{days}天内有{matters}件欠薪事项, 请会同人社部门处置。",
    reason_en=(
        "{matters} matters of unpaid wages at one employer within {days} days: "
        "act on it together with the labour office."
    ),
)
