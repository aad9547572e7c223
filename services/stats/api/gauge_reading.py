"""The last reading of the gauges of figures, which Prometheus is given.

The rollups are read when a scrape asks and the last reading is some seconds old: many scrapers cost
no more than one, and a system that nobody scrapes counts nothing.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import structlog
from prometheus_client import generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from psycopg import OperationalError
from psycopg_pool import PoolTimeout

from services.stats.api.gauges import AGES, GAUGES, UNACKNOWLEDGED, UNCHECKED, Age, Place
from services.stats.domain.counted_subject import CountedSubject
from services.stats.domain.measures import Term
from services.stats.domain.period import Period
from services.stats.domain.spans import Span, spans_of
from services.stats.domain.subjects import SUBJECT_OF, SUBJECTS
from services.stats.store import positions, queues, rollups
from services.stats.store.filters import EVERYTHING
from services.stats.store.snapshot import snapshot
from services.stats.store.subject_tables import tables_of
from shared.divisions import in_scope
from shared.postgres import Pool
from shared.times import china_day

_FRESH = 5.0
"""Seconds for which a reading is good."""
_TERMS = {term for gauge in GAUGES for term in gauge.terms()}

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Reading(Collector):
    """What was counted when the tables were last read; townships that are gone are not in it."""

    counts: Mapping[Place, Mapping[Term, int]] = field(default_factory=dict)
    waiting_since: Mapping[Age, Mapping[str, datetime]] = field(default_factory=dict)
    """By queue, for each township where something waits: since when the oldest of it does."""
    day: date | None = None
    """The last day of its periods."""

    def within(self, scope: str) -> "Reading":
        """What it says of the townships that a token reaches."""
        return Reading(
            {place: each for place, each in self.counts.items() if in_scope(scope, place[0])},
            {
                age: {division: at for division, at in since.items() if in_scope(scope, division)}
                for age, since in self.waiting_since.items()
            },
            self.day,
        )

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Every declared gauge, then how long each queue has waited."""
        yield from self._figures()
        now = datetime.now(UTC)
        for age in AGES:
            family = GaugeMetricFamily(age.name, age.what, labels=age.labels)
            for division, moment in sorted(self.waiting_since.get(age, {}).items()):
                family.add_metric((division,), max((now - moment).total_seconds(), 0.0))
            yield family

    def _figures(self) -> Iterable[GaugeMetricFamily]:
        families: dict[str, GaugeMetricFamily] = {}
        for gauge in GAUGES:
            family = families.setdefault(
                gauge.name, GaugeMetricFamily(gauge.name, gauge.what, labels=gauge.labels)
            )
            for place, counts in self.counts.items():
                value = gauge.value(counts)
                if value is not None:
                    family.add_metric(gauge.place(place), value)
        return families.values()


class FigureGauges(Collector):
    """Keeps the last reading."""

    def __init__(self, pool: Pool, county: str) -> None:
        """Read within the whole county."""
        self._pool = pool
        self._county = county
        self._reading = Reading()
        self._reading_now = asyncio.Lock()
        self._fresh_until = 0.0

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """The last reading of the whole county."""
        return self._reading.collect()

    async def page(self, scope: str) -> bytes:
        """What the townships in the scope come to, in Prometheus' format."""
        await self._refresh()
        return generate_latest(self._reading.within(scope))

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
        waiting = {UNCHECKED: unchecked, UNACKNOWLEDGED: unacknowledged}
        self._reading = Reading(counts, waiting, today)

    async def _refresh(self) -> None:
        """Count anew where the last reading is older than a few seconds; once for all who ask."""
        async with self._reading_now:
            if time.monotonic() < self._fresh_until:
                return
            today = china_day(datetime.now(UTC))
            try:
                await self.read(today)
            except (OperationalError, PoolTimeout) as fault:
                # the last reading is kept, unless it is of other periods; readiness says why
                log.warning("gauges not read", fault=type(fault).__name__)
                if self._reading.day != today:
                    self._reading = Reading()
            self._fresh_until = time.monotonic() + _FRESH


def _periods(today: date) -> dict[str, Period]:
    texts = {"year": f"{today:%Y}", "month": f"{today:%Y-%m}", "day": today.isoformat()}
    return {label: Period.parse(text) for label, text in texts.items()}


def _spans(
    subject: CountedSubject, divisions: Iterable[str], period: Period, today: date
) -> list[Span]:
    terms = [term for term in _TERMS if SUBJECT_OF[term.counter] is subject]
    return list(spans_of(terms, period, dict.fromkeys(divisions, today)))
