"""The gauges of figures, each declared once: by township, and by the running year, month and day.

Labels are townships, three periods and the levels of warnings: never a person, a case or a free
text. What is there on a day (villages, grids, workers, open warnings) is given as of today in each
period.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from services.stats.domain.measures import Count, Rate, Stock, Term
from services.stats.domain.measures.terms import Part, quotient_of
from services.stats.domain.warning_counters import at_level
from shared.contracts.early_warning_codes import WarningLevel

_LABELS = ("division", "period")
Place = tuple[str, str]
"""A township and a period's label."""


@dataclass(frozen=True, slots=True)
class Missed:
    """How many terms ended in the period without what was due: all that ended less those kept."""

    due: str
    kept: str


@dataclass(frozen=True, slots=True)
class Gauge:
    """A gauge: a count, a ratio of two, what is there today, or terms that were missed."""

    name: str
    what: str
    formula: Count | Rate | Stock | Missed
    among: tuple[str, str] | None = None
    """A further label and its value, where several gauges have one name."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of its labels."""
        return _LABELS if self.among is None else (*_LABELS, self.among[0])

    def place(self, place: Place) -> tuple[str, ...]:
        """Their values."""
        return place if self.among is None else (*place, self.among[1])

    def terms(self) -> set[Term]:
        """The counters that it reads."""
        return {term for part in self._quotient() if part for term in part.terms}

    def value(self, counts: Mapping[Term, int]) -> float | None:
        """The number, 0 where nothing was counted; no ratio of nothing."""
        counted, of = self._quotient()
        if of is None:
            return counted.value(counts)
        whole = of.value(counts)
        return counted.value(counts) / whole if whole else None

    def _quotient(self) -> tuple[Part, Part | None]:
        match self.formula:
            case Missed(due, kept):
                return Part(Term(due), Term(kept)), None
            case formula:
                return quotient_of(formula)


GAUGES = (
    Gauge("concord_cases_accepted", "Cases accepted in the period", Count("accepted")),
    Gauge("concord_cases_resolved", "Cases resolved in the period", Count("resolved")),
    Gauge(
        "concord_resolution_ratio",
        "Resolved among the cases accepted in the period, 0 to 1",
        Rate("accepted_resolved", "accepted"),
    ),
    Gauge("concord_mediations_ended", "Mediations ended in the period", Count("mediations_ended")),
    Gauge(
        "concord_mediations_succeeded",
        "Mediations ended in the period with an agreement",
        Count("mediations_succeeded"),
    ),
    Gauge(
        "concord_mediation_ratio",
        "With an agreement among the mediations ended in the period, 0 to 1",
        Rate("mediations_succeeded", "mediations_ended"),
    ),
    Gauge(
        "concord_grid_reports_valid",
        "Grid reports validated in the period",
        Count("valid_grid_reports"),
    ),
    Gauge("concord_villages", "Villages on the register", Stock("villages_came", "villages_left")),
    Gauge("concord_grids", "Grids on the register", Stock("grids_came", "grids_left")),
    Gauge(
        "concord_grid_workers",
        "Grid workers on the register, each person once",
        Stock("grid_workers_came", "grid_workers_left"),
    ),
    Gauge(
        "concord_patrols_due",
        "Days due for a patrol in the period and over, by grid and day",
        Count("patrols_due"),
    ),
    Gauge(
        "concord_patrol_coverage_ratio",
        "Days patrolled among those due in the period and over, by grid and day, 0 to 1",
        Rate("patrols_done", "patrols_due"),
    ),
    *(
        Gauge(
            "concord_warnings_open",
            "Early warnings on which somebody has to act, by their level; none of safety",
            Stock(at_level("warnings_came", level), at_level("warnings_left", level)),
            ("level", level.value),
        )
        for level in WarningLevel
    ),
    *(
        Gauge(
            "concord_clocks_missed",
            "Terms of cases that ended in the period without what was due, by what was due",
            Missed(due, kept),
            ("clock", clock),
        )
        for clock, due, kept in (
            ("acceptance", "acceptance_term_over", "accepted_within_term"),
            ("notice", "notice_due", "notice_in_time"),
            ("reply", "reply_term_over", "replied_within_term"),
        )
    ),
)


@dataclass(frozen=True, slots=True)
class Age:
    """How long a queue of a township has waited: the age of a queue, not of anybody's work."""

    name: str
    what: str

    @property
    def labels(self) -> tuple[str, ...]:
        """The township alone."""
        return ("division",)


UNCHECKED = Age(
    "concord_grid_reports_unchecked_seconds",
    "How long ago the oldest grid report was submitted that nobody has checked yet",
)
UNACKNOWLEDGED = Age(
    "concord_warnings_red_unacknowledged_seconds",
    "How long ago somebody had to have acted on a red warning that no unit has acknowledged",
)
"""Of red warnings by rules and posts."""
AGES = (UNCHECKED, UNACKNOWLEDGED)
DECLARED: tuple[Gauge | Age, ...] = (*GAUGES, *AGES)
NAMES = frozenset(each.name for each in DECLARED)
