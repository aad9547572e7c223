"""Grid reports (网格上报), as a subject of figures: on which day each was found valid, or was not."""

from collections.abc import Iterable
from operator import attrgetter

from services.stats.domain.anchor import Anchor, Trace
from services.stats.domain.counted_subject import CountedSubject
from services.stats.domain.counter import Condition, Counter, always
from services.stats.domain.report_fact import evolve
from services.stats.domain.report_step import report_steps
from shared.contracts.grid_reports import (
    GridReportRejected,
    GridReportSubmitted,
    GridReportValidated,
)
from shared.contracts.report_codes import ReportCategory

VALIDATED = Anchor("validated", Trace((GridReportValidated.kind,)), attrgetter("validated"))
REJECTED = Anchor("rejected", Trace((GridReportRejected.kind,)), attrgetter("rejected"))


def valid_of(category: ReportCategory) -> str:
    """The counter of valid reports of a category of the reports' own tree."""
    return f"valid_grid_reports_{category.name.lower()}"


def _is_of(category: ReportCategory) -> Condition:
    return lambda fact: fact.reported.report_category == category


def _counters() -> Iterable[Counter]:
    yield Counter("valid_grid_reports", VALIDATED, always)
    yield from (Counter(valid_of(each), VALIDATED, _is_of(each)) for each in ReportCategory)
    yield Counter("rejected_grid_reports", REJECTED, always)


REPORT = CountedSubject(
    name="report",
    source="/grid",
    read=report_steps,
    begins_with=GridReportSubmitted.kind,
    evolve=evolve,
    dimensions=("category", "village_code", "urgency", "report_source"),
    dimensions_of=attrgetter(
        "reported.category",
        "reported.village_code",
        "reported.urgency",
        "reported.report_source",
    ),
    counters=tuple(_counters()),
)
