"""同地同因多件: several matters of one category in one village within some days.

Matters are counted, never how often one was raised or by how many. Accusations and cases of
discipline are left out, with all else of their matters in that place, and so is what came from another
township's ledger. A report that is rejected and a filing that is void count no more. A report that
is corrected counts where it belongs since its submission. A case that is
corrected counts as it is from then on, since its registration; one that repeats another one is of that
one's matter.
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
from shared.divisions import village_of

_NO_CAUSE = (Category.OTHER, Category.UNCLASSIFIED)
"""These name no cause that matters could have in common."""


def _facts_of(recorded: RecordedEvent, event: Event) -> Stated:
    match event:
        case GridReportSubmitted():
            keys = _keys(village_of(event.grid_code), event.matter_category)
            return counted(keys, recorded, event.report_id, event.matter_id)
        case GridReportCorrected(was_grid_code=str(), was_matter_category=Category()):
            return _report_moved(recorded, event)
        case GridReportRejected(grid_code=str(grid), matter_category=Category() as category):
            return voided(_keys(village_of(grid), category), recorded, event.report_id)
        case MediationApplied():
            keys = _keys(event.village_code, event.category)
            return counted(keys, recorded, event.mediation_id, event.matter_id)
        case _:
            return []


def _counts_case(case: CountedCase) -> list[Counts]:
    if case.registered_at is None or case.is_received:
        return []
    keys = _keys(case.village_code, case.category)
    return [Counts(key, case.registered_at, case.matter_id) for key in keys]


def _keys(village: str | None, category: Category | None) -> list[str]:
    """The place and category with which something counts; none where it counts with none."""
    if village is None or category is None:
        return []
    is_counted = category not in _NO_CAUSE and category is not Category.DISCIPLINE
    return [f"{village}/{category}"] if is_counted else []


def _report_moved(recorded: RecordedEvent, event: GridReportCorrected) -> Stated:
    """A corrected place or category is named, what stays as it was is not."""
    was, now = event.was_grid_code, event.grid_code or event.was_grid_code
    category = event.matter_category or event.was_matter_category
    return moved(
        recorded,
        event.report_id,
        event.matter_id,
        was=_keys(was and village_of(was), event.was_matter_category),
        now=_keys(now and village_of(now), category),
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
    village, _, code = subject.key.partition("/")
    category = Category.of(code)
    return Verdict(
        level=level,
        because=causes(found),
        words={
            "village": village,
            "category": category.label,
            "category_en": code,
            "matters": matters,
            "days": subject.policy.within.days,
        },
        category=category,
        village_code=village,
    )


CLUSTER = Rule(
    id=WarningRule.CLUSTER,
    version=1,
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
    reason="{village}在{days}天内有{matters}件{category}类事项, 请查明共同原因并处置。",
    reason_en=(
        "{matters} matters of {category_en} in {village} within {days} days: "
        "find out what they have in common, and act on it."
    ),
)
