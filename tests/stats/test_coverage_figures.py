"""The coverage rate from the real tables: as it stands, as it stood, rebuilt, with its evidence."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.grid.domain.grid.defining import DefineGrid
from services.grid.domain.grid.dissolving import DissolveGrid
from services.grid.domain.grid.serving import AssignWorker
from services.stats.api.gauge_reading import FigureGauges
from services.stats.asking.evidence import CountedEntity, evidence
from services.stats.asking.figures import figures
from services.stats.asking.question import Question
from services.stats.domain.ledgers import LedgerName
from services.stats.domain.measures import MEASURES, Figure, part_of
from services.stats.domain.period import Period
from services.stats.domain.time_basis import TimeBasis
from services.stats.store.filters import EVERYTHING, Chosen
from services.stats.store.kept_from import Asker
from services.stats.store.snapshot import snapshot
from shared.contracts.grid_codes import EndedHow, GridDuty, GridKind
from shared.divisions import new_id
from shared.identity import Actor, Role
from shared.postgres import Pool
from tests.parts import KafkaForTests, PostgresForTests
from tests.stats.coverage_histories import BEGINS, GridYear, Known, days, grid_years
from tests.stats.folding import GRIDS, fold_in, stats_pool
from tests.stats.made_up_ledger import COUNTY, TOWNSHIP
from tests.stats.rebuilds import Stage
from tests.stats.test_gauges import read

pytestmark = pytest.mark.parts
HERE = LedgerName("grid", TOWNSHIP)
RATE = MEASURES["patrol_coverage_rate"]
Numbers = tuple[int | None, int | None, int]
"""Done, due, without a worker."""


async def asked(pool: Pool, period: Period, **rest: Any) -> Figure:
    question = Question(division=TOWNSHIP, period=period, **rest)
    async with snapshot(pool, COUNTY) as connection:
        answer = await figures(connection, question, [RATE])
    return answer.figures[0]


def numbers(figure: Figure) -> Numbers:
    return figure.numerator, figure.denominator, figure.beside["without_worker"]


def expected(known: Known, period: Period, horizon: date, village: str | None = None) -> Numbers:
    last = min(period.end, horizon - timedelta(days=1))
    own = [
        each
        for each in known.covered(max(period.start, date(2024, 1, 1)), last)
        if village is None or each.grid_code.startswith(village)
    ]
    return (
        sum(each.done for each in own),
        sum(each.due for each in own),
        sum(each.without_worker for each in own),
    )


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(grid_years(), st.data())
async def test_every_position_and_horizon_gives_what_grid_counted_then(
    postgres: PostgresForTests, year: GridYear, data: st.DataObject
) -> None:
    past = data.draw(st.sampled_from(year.past))
    first, last = sorted((data.draw(days), data.draw(days)))
    periods = (Period("days", first, last), Period.parse("2025"), Period.parse("all"))
    horizon = data.draw(days)
    async with stats_pool(postgres) as pool:
        await fold_in(pool, year.events, chunk=5)
        for period in periods:
            for known in (past, year.known()):
                for village in (None, f"{TOWNSHIP}201"):
                    chosen = Chosen(village_code=village) if village else EVERYTHING
                    as_of = {HERE: known.seq}
                    found = await asked(pool, period, as_of=as_of, horizon=horizon, chosen=chosen)
                    assert numbers(found) == expected(known, period, horizon, village)
        always = Period.parse("all")
        recorded = await asked(pool, always, horizon=horizon, by=TimeBasis.RECORDED)
        assert numbers(recorded) == expected(year.known(), always, horizon)


def a_grid_year() -> GridYear:
    """Two grids of which one has nobody for some days, patrols, one of them voided."""
    year = GridYear()
    for number, served in ((1, 0), (2, 3)):
        code = f"{TOWNSHIP}20100{number}"
        year.decide(code, DefineGrid(grid_code=code, kind=GridKind.BASIC, valid_from=BEGINS))
        year.decide(
            code,
            AssignWorker(
                assignment_id=new_id(TOWNSHIP),
                worker_id=new_id(TOWNSHIP),
                duty=GridDuty.RESPONSIBLE,
                first_day=BEGINS + timedelta(days=served),
            ),
        )
    first, second = (f"{TOWNSHIP}20100{number}" for number in (1, 2))
    for offset in range(10):
        year.today = BEGINS + timedelta(days=offset)
        year.patrol(first, year.today, 0)
        year.patrol(second, year.today, 0)
    year.patrol(first, BEGINS, 0)
    year.void_patrol(0)
    year.void_patrol(2)
    # recorded late: its last three days were no days of it
    ended = year.today - timedelta(days=3)
    how = EndedHow.ABOLISHED
    year.decide(second, DissolveGrid(last_day=ended, how=how, successors=frozenset()))
    return year


async def test_twice_patrolled_voided_and_dissolved_days_are_counted_once_or_not(
    pool: Pool,
) -> None:
    year = a_grid_year()
    await fold_in(pool, year.events)
    horizon = BEGINS + timedelta(days=10)
    found = await asked(pool, Period.parse("all"), horizon=horizon)
    # the first day of the first grid by the second patrol, its third day by none
    assert numbers(found) == (9 + 4, 10 + 7, 3)
    assert found.value == "76.5"
    assert found.note is None


async def test_a_rebuilt_view_has_the_same_rows_and_rate(
    postgres: PostgresForTests, kafka: KafkaForTests
) -> None:
    year, stage = a_grid_year(), Stage.fresh(postgres, kafka)
    await stage.send(year.events)
    await stage.fold(year.events, chunk=3)
    rows = stage.rows()
    async with stage.pool() as pool:
        live = await asked(pool, Period.parse("2025"))
    await stage.rebuild(replace(GRIDS, topic=stage.topic))
    assert stage.rows() == rows
    async with stage.pool() as pool:
        assert await asked(pool, Period.parse("2025")) == live


AUDITOR = Actor("auditor-1", Role.AUDITOR, COUNTY)


async def proof(pool: Pool, part: str) -> list[CountedEntity]:
    question = Question(division=TOWNSHIP, period=Period.parse("2025"))
    async with snapshot(pool, COUNTY) as connection:
        found = await evidence(
            connection, question, part_of(RATE, part), asker=Asker(AUDITOR), after="", limit=50
        )
    return found.found


async def test_the_evidence_of_days_are_the_events_that_they_follow_from(pool: Pool) -> None:
    year = a_grid_year()
    await fold_in(pool, year.events)
    done = await proof(pool, "numerator")
    assert [step.kind for each in done for step in each.steps] == ["patrol-done"] * 13
    due = await proof(pool, "denominator")
    assert [[step.kind for step in each.steps] for each in due] == [["grid-defined"]] * 2
    alone = await proof(pool, "without_worker")
    assert [[step.kind for step in each.steps] for each in alone] == [["grid-defined"]]


async def test_the_gauge_tells_the_ratio_of_days_that_are_over(pool: Pool) -> None:
    year = a_grid_year()
    await fold_in(pool, year.events)
    gauges = FigureGauges(pool, COUNTY)
    await gauges.read(BEGINS + timedelta(days=10))
    found = read(gauges)
    assert found["concord_patrol_coverage_ratio", TOWNSHIP, "year"] == pytest.approx(13 / 17)
    assert found["concord_patrols_due", TOWNSHIP, "year"] == 17
    assert ("concord_patrol_coverage_ratio", TOWNSHIP, "day") not in found
