"""Figures of the running year, month and day for Prometheus, by township.

They are read from the rollups every few seconds, not at each scrape, so that a scrape costs
nothing and many scrapers cost no more than one. Labels are townships, three periods and the levels
of warnings: never a person, a case or a free text. What is there on a day (villages, grids, workers,
open warnings) is given as of today in each period.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import structlog
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import REGISTRY, Collector, CollectorRegistry
from psycopg import OperationalError
from psycopg_pool import PoolTimeout

from services.stats.domain.counted_subject import CountedSubject
from services.stats.domain.measures import Count, Rate, Stock, Term
from services.stats.domain.measures.terms import quotient_of
from services.stats.domain.period import Period
from services.stats.domain.spans import Span, spans_of
from services.stats.domain.subjects import SUBJECT_OF, SUBJECTS
from services.stats.domain.warning_counters import at_level
from services.stats.store import positions, queues, rollups
from services.stats.store.filters import EVERYTHING
from services.stats.store.snapshot import snapshot
from services.stats.store.subject_tables import tables_of
from shared.background import end
from shared.contracts.early_warning_codes import WarningLevel
from shared.postgres import Pool
from shared.times import china_day

_EVERY = 5.0
_LABELS = ("division", "period")
Place = tuple[str, str]
"""A township and a period's label."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Gauge:
    """A gauge: a count, a ratio of two, or what is there today."""

    name: str
    what: str
    formula: Count | Rate | Stock
    level: str | None = None
    """A label of its own, where a gauge is given by the levels of warnings."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of its labels."""
        return _LABELS if self.level is None else (*_LABELS, "level")

    def place(self, place: Place) -> tuple[str, ...]:
        """Their values."""
        return place if self.level is None else (*place, self.level)

    def terms(self) -> set[Term]:
        """The counters that it reads."""
        return {term for part in quotient_of(self.formula) if part for term in part.terms}

    def value(self, counts: Mapping[Term, int]) -> float | None:
        """The number, 0 where nothing was counted; no ratio of nothing."""
        counted, of = quotient_of(self.formula)
        if of is None:
            return counted.value(counts)
        whole = of.value(counts)
        return counted.value(counts) / whole if whole else None


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
        "concord_patrol_coverage_ratio",
        "Days patrolled among those due in the period and over, by grid and day, 0 to 1",
        Rate("patrols_done", "patrols_due"),
    ),
    *(
        Gauge(
            "concord_warnings_open",
            "Early warnings on which somebody has to act, by their level; none of safety",
            Stock(at_level("warnings_came", level), at_level("warnings_left", level)),
            level.value,
        )
        for level in WarningLevel
    ),
)
UNCHECKED = "concord_grid_reports_unchecked_seconds"
"""The age of a queue, not of anybody's work: it names a township alone."""
UNACKNOWLEDGED = "concord_warnings_red_unacknowledged_seconds"
"""The same of red warnings by rules and posts, past the time by which somebody has to have acted."""

_TERMS = {term for gauge in GAUGES for term in gauge.terms()}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was counted when the tables were last read."""

    counts: Mapping[Place, Mapping[Term, int]] = field(default_factory=dict)
    oldest_unchecked: Mapping[str, datetime] = field(default_factory=dict)
    """For each township that has one when its oldest unchecked report was submitted."""
    unacknowledged_since: Mapping[str, datetime] = field(default_factory=dict)
    """The same of the time by which somebody had to act on a red warning that nobody has seen."""


class FigureGauges(Collector):
    """Gives Prometheus the last reading; townships that are gone leave no stale value."""

    def __init__(self, pool: Pool, county: str) -> None:
        """Read within the whole county."""
        self._pool = pool
        self._county = county
        self._reading = Reading()

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """The families of interface §5, and how long a township's queues have been waiting."""
        reading, now = self._reading, datetime.now(UTC)
        families: dict[str, GaugeMetricFamily] = {}
        for gauge in GAUGES:
            family = families.setdefault(
                gauge.name, GaugeMetricFamily(gauge.name, gauge.what, labels=gauge.labels)
            )
            for place, counts in reading.counts.items():
                value = gauge.value(counts)
                if value is not None:
                    family.add_metric(gauge.place(place), value)
        yield from families.values()
        yield _age(UNCHECKED, _UNCHECKED_IS, reading.oldest_unchecked, now)
        yield _age(UNACKNOWLEDGED, _UNACKNOWLEDGED_IS, reading.unacknowledged_since, now)

    async def read(self, today: date) -> None:
        """Count anew for the year, month and day that today lies in."""
        counts: dict[Place, Counter[Term]] = {}
        async with snapshot(self._pool, self._county) as connection:
            ledgers = await positions.folded(connection, self._county)
            divisions = sorted({ledger.division for ledger in ledgers})
            for label, period in _periods(today).items():
                counts |= {(division, label): Counter() for division in divisions}
                for subject in SUBJECTS:
                    spans = _spans(subject, divisions, period, today)
                    sums = await rollups.sums(connection, tables_of(subject), spans, EVERYTHING)
                    for (term, division), value in sums.items():
                        counts[division, label][term] += value
            unchecked = await queues.oldest_unchecked(connection)
            unacknowledged = await queues.unacknowledged_since(connection)
        self._reading = Reading(counts, unchecked, unacknowledged)

    @asynccontextmanager
    async def kept_fresh(self, registry: CollectorRegistry = REGISTRY) -> AsyncIterator[None]:
        """Registered and read again and again, as long as the context lasts."""
        registry.register(self)
        reading = asyncio.create_task(self._read_for_ever())
        try:
            yield
        finally:
            await end(reading)
            registry.unregister(self)

    async def _read_for_ever(self) -> None:
        while True:
            try:
                await self.read(china_day(datetime.now(UTC)))
            except (OperationalError, PoolTimeout) as fault:
                # the last reading stands; readiness says that the database is away
                log.warning("gauges not read", fault=type(fault).__name__)
            await asyncio.sleep(_EVERY)


def _periods(today: date) -> dict[str, Period]:
    texts = {"year": f"{today:%Y}", "month": f"{today:%Y-%m}", "day": today.isoformat()}
    return {label: Period.parse(text) for label, text in texts.items()}


def _spans(
    subject: CountedSubject, divisions: Iterable[str], period: Period, today: date
) -> list[Span]:
    terms = [term for term in _TERMS if SUBJECT_OF[term.counter] is subject]
    return list(spans_of(terms, period, dict.fromkeys(divisions, today)))


_UNCHECKED_IS = "How long ago the oldest grid report was submitted that nobody has checked yet"
_UNACKNOWLEDGED_IS = (
    "How long ago somebody had to have acted on a red warning that no unit has acknowledged"
)


def _age(name: str, what: str, since: Mapping[str, datetime], now: datetime) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, what, labels=("division",))
    for division, moment in sorted(since.items()):
        family.add_metric((division,), max((now - moment).total_seconds(), 0.0))
    return family
