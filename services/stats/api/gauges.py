"""Figures of the running year, month and day for Prometheus, by township.

They are read from the rollups every few seconds, not at each scrape, so that a scrape costs
nothing and many scrapers cost no more than one. Labels are townships and three periods: never a
person, a case or a free text.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

import structlog
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import REGISTRY, Collector, CollectorRegistry
from psycopg import OperationalError
from psycopg_pool import PoolTimeout

from services.stats.domain.counted_subject import CountedSubject
from services.stats.domain.measures import Term
from services.stats.domain.period import Period
from services.stats.domain.spans import Span
from services.stats.domain.subjects import SUBJECT_OF, SUBJECTS
from services.stats.store import positions, rollups
from services.stats.store.filters import EVERYTHING
from services.stats.store.snapshot import snapshot
from services.stats.store.subject_tables import tables_of
from shared.background import end
from shared.postgres import Pool
from shared.times import china_day

_EVERY = 5.0
_LABELS = ("division", "period")
Place = tuple[str, str]
"""A township and a period's label."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Gauge:
    """A gauge: a count, or its ratio to the count `of`."""

    name: str
    what: str
    counter: str
    of: str | None = None


GAUGES = (
    Gauge("concord_cases_accepted", "Cases accepted in the period", "accepted"),
    Gauge("concord_cases_resolved", "Cases resolved in the period", "resolved"),
    Gauge(
        "concord_resolution_ratio",
        "Resolved among the cases accepted in the period, 0 to 1",
        "accepted_resolved",
        of="accepted",
    ),
    Gauge("concord_mediations_ended", "Mediations ended in the period", "mediations_ended"),
    Gauge(
        "concord_mediations_succeeded",
        "Mediations ended in the period with an agreement",
        "mediations_succeeded",
    ),
    Gauge(
        "concord_mediation_ratio",
        "With an agreement among the mediations ended in the period, 0 to 1",
        "mediations_succeeded",
        of="mediations_ended",
    ),
)

_TERMS = {Term(name) for gauge in GAUGES for name in (gauge.counter, gauge.of) if name}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was counted when the rollups were last read, by counter and place."""

    places: tuple[Place, ...] = ()
    counts: Mapping[tuple[Term, Place], int] | None = None

    def value(self, gauge: Gauge, place: Place) -> float | None:
        """The count, 0 where nothing was; no ratio of nothing."""
        counted = self._count(gauge.counter, place)
        if gauge.of is None:
            return counted
        whole = self._count(gauge.of, place)
        return counted / whole if whole else None

    def _count(self, counter: str, place: Place) -> int:
        return (self.counts or {}).get((Term(counter), place), 0)


class FigureGauges(Collector):
    """Gives Prometheus the last reading; townships that are gone leave no stale value."""

    def __init__(self, pool: Pool, county: str) -> None:
        """Read within the whole county."""
        self._pool = pool
        self._county = county
        self._reading = Reading()

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """The families of interface §5."""
        for gauge in GAUGES:
            family = GaugeMetricFamily(gauge.name, gauge.what, labels=_LABELS)
            for place in self._reading.places:
                value = self._reading.value(gauge, place)
                if value is not None:
                    family.add_metric(place, value)
            yield family

    async def read(self, today: date) -> None:
        """Count anew for the year, month and day that today lies in."""
        async with snapshot(self._pool, self._county) as connection:
            ledgers = await positions.folded(connection, self._county)
            divisions = sorted({ledger.division for ledger in ledgers})
            counts: dict[tuple[Term, Place], int] = {}
            for label, period in _periods(today).items():
                for subject in SUBJECTS:
                    spans = _spans(subject, divisions, period)
                    sums = await rollups.sums(connection, tables_of(subject), spans, EVERYTHING)
                    for (term, division), value in sums.items():
                        counts[term, (division, label)] = value
        places = tuple((division, label) for division in divisions for label in _periods(today))
        self._reading = Reading(places, counts)

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


def _spans(subject: CountedSubject, divisions: Iterable[str], period: Period) -> list[Span]:
    terms = [term for term in _TERMS if SUBJECT_OF[term.counter] is subject]
    return [
        Span(term, division, period.start, period.end) for division in divisions for term in terms
    ]
