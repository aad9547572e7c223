"""Figures from the real tables: as they stand, and as they stood."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from psycopg.errors import InsufficientPrivilege

from services.stats.asking.figures import Answer, figures
from services.stats.asking.question import AsOfMissesLedger, AsOfNotFolded, Question
from services.stats.domain.ledgers import LedgerName, Vector
from services.stats.domain.measures import Figure, every_version
from services.stats.domain.period import Period
from services.stats.store.filters import Chosen
from services.stats.store.snapshot import snapshot
from shared.cloudevents import RecordedEvent
from shared.contracts.case_codes import Category, Channel
from shared.postgres import Pool, transaction
from shared.times import china_day
from tests.parts import PostgresForTests
from tests.stats.folding import CASES, fold_in, stats_pool, without_last_zeros
from tests.stats.histories import ledgers
from tests.stats.lives import COUNTY, NEIGHBOUR, TOWNSHIP, Ledger
from tests.stats.made_up_ledger import noon

pytestmark = pytest.mark.parts
HERE = LedgerName("intake", TOWNSHIP)


async def ask(pool: Pool, period: str = "all", division: str = TOWNSHIP, **rest: Any) -> Answer:
    question = Question(division=division, period=Period.parse(period), **rest)
    async with snapshot(pool, COUNTY) as connection:
        return await figures(connection, question, list(every_version()))


def by_id(answer: Answer) -> Mapping[str, Figure]:
    """The newest version by its id alone, every one by `id@version`."""
    found: dict[str, Figure] = {}
    for figure in answer.figures:
        found[figure.measure.id] = found[f"{figure.measure.id}@{figure.measure.version}"] = figure
    return found


async def value(pool: Pool, measure: str, *args: Any, **rest: Any) -> str | None:
    return by_id(await ask(pool, *args, **rest))[measure].value


async def test_a_year_of_cases_gives_its_figures(pool: Pool) -> None:
    ledger = Ledger()
    cases = [ledger.file("2025-03-04") for _ in range(5)]
    for case in cases[:4]:
        ledger.accept(case, "2025-03-10")
    for case in cases[:2]:
        ledger.serve(case, "2025-04-01")
        ledger.resolve(case, "2025-04-02")
    ledger.divert(cases[2], "2025-03-20")
    await fold_in(pool, ledger.events)
    answer = await ask(pool, "2025")
    found = by_id(answer)
    assert found["cases_filed"].value == "5"
    assert found["cases_answered"].value == "2"
    rate = found["resolution_rate@1"]
    assert (rate.value, rate.numerator, rate.denominator) == ("50.0", 2, 4)
    assert rate.beside == {"withdrawn": 0, "diverted": 1, "linked": 0}
    rate = found["resolution_rate"]
    assert (rate.value, rate.numerator, rate.denominator) == ("50.0", 2, 4)
    assert rate.excluded == {"linked": 0}
    assert rate.beside == {
        "withdrawn": 0,
        "diverted": 1,
        "declined": 0,
        "grounds_not_recorded": 2,
    }
    on_time = found["on_time_reply_rate@1"]
    assert (on_time.numerator, on_time.denominator) == (2, 3)
    assert on_time.excluded == {"withdrawn": 0, "diverted": 1, "linked": 0}
    assert answer.vector == {HERE: len(ledger.events)}


async def test_an_empty_store_gives_zeros_and_no_positions(pool: Pool) -> None:
    answer = await ask(pool, "2025")
    assert answer.vector == {}
    assert by_id(answer)["cases_filed"].value == "0"
    assert by_id(answer)["resolution_rate"].value is None


async def test_a_county_is_the_sum_of_its_townships(pool: Pool) -> None:
    here, there = Ledger(), Ledger(NEIGHBOUR)
    for ledger, count in ((here, 2), (there, 3)):
        for _ in range(count):
            ledger.accept(ledger.file("2025-03-04"), "2025-03-05")
        await fold_in(pool, ledger.events)
    assert await value(pool, "cases_accepted", division=COUNTY) == "5"
    assert await value(pool, "cases_accepted", division=NEIGHBOUR) == "3"


async def test_figures_narrow_to_a_category_and_a_village(pool: Pool) -> None:
    ledger, village = Ledger(), f"{TOWNSHIP}001"
    ledger.file("2025-03-04", village=village)
    ledger.file("2025-03-04", category=Category.LABOUR, village=village)
    ledger.file("2025-03-04", category=Category.LABOUR)
    await fold_in(pool, ledger.events)
    past = {HERE: 2}
    for chosen, now, then in (
        (Chosen("labour"), "2", "1"),
        (Chosen(None, village), "2", "2"),
        (Chosen("labour", village), "1", "1"),
        (Chosen("health"), "0", "0"),
    ):
        assert await value(pool, "cases_filed", chosen=chosen) == now
        assert await value(pool, "cases_filed", chosen=chosen, as_of=past) == then


async def test_a_term_is_judged_only_when_its_last_day_is_over(pool: Pool) -> None:
    ledger = Ledger()
    for _ in range(5):
        ledger.file("2026-01-01")
    await fold_in(pool, ledger.events)
    asked = {
        day: by_id(await ask(pool, "2026", horizon=date(2026, 1, day)))["timely_acceptance_rate"]
        for day in (1, 16, 17)
    }
    assert asked[1].value is None
    assert asked[16].denominator == 0
    assert (asked[17].value, asked[17].denominator) == ("0.0", 5)


async def test_an_office_that_records_nothing_any_more_is_late(pool: Pool) -> None:
    ledger = Ledger()
    for _ in range(5):
        ledger.file("2026-01-01")
    await fold_in(pool, ledger.events)
    answer = await ask(pool, "2026")
    assert answer.horizon == china_day(datetime.now(UTC))
    found = by_id(answer)["timely_acceptance_rate"]
    assert (found.value, found.denominator) == ("0.0", 5)


async def test_with_a_time_terms_are_judged_by_its_day(pool: Pool) -> None:
    ledger = Ledger()
    for _ in range(5):
        ledger.file("2026-01-01")
    await fold_in(pool, ledger.events)
    for day, wanted in (("2026-01-16", 0), ("2026-01-17", 5)):
        moment = noon(day)
        answer = await ask(pool, "2026", as_of=moment)
        assert answer.horizon == china_day(moment)
        assert by_id(answer)["timely_acceptance_rate"].denominator == wanted


async def test_a_running_year_is_compared_up_to_the_same_day(pool: Pool) -> None:
    ledger = Ledger()
    for day in ("2025-01-01", "2025-01-02", "2025-11-01"):
        ledger.accept(ledger.file(day), day)
    ledger.accept(ledger.file("2026-01-01"), "2026-01-01")
    await fold_in(pool, ledger.events)
    answer = await ask(pool, "2026", horizon=date(2026, 1, 2))
    found = by_id(answer)["cases_accepted_yoy"]
    assert (found.value, found.numerator, found.denominator) == ("-50.0", 1, 2)


async def test_figures_of_a_past_position_do_not_know_what_came_later(pool: Pool) -> None:
    ledger = Ledger()
    case = ledger.file("2025-03-04")
    ledger.accept(case, "2025-03-05")
    ledger.resolve(case, "2025-03-06")
    ledger.reopen(case, "2025-03-07")
    await fold_in(pool, ledger.events)
    resolved = [
        await value(pool, "resolution_rate", "2025", as_of={HERE: position})
        for position in range(1, 5)
    ]
    assert resolved == [None, "0.0", "100.0", "0.0"]


async def test_a_time_of_recording_is_a_position(pool: Pool) -> None:
    ledger = Ledger()
    ledger.file("2025-03-04")
    moment = ledger.recorded_at
    ledger.file("2025-03-05")
    await fold_in(pool, ledger.events)
    answer = await ask(pool, as_of=moment)
    assert answer.vector == {HERE: 1}
    assert by_id(answer)["cases_filed"].value == "1"
    before = await ask(pool, as_of=moment - timedelta(seconds=1))
    assert before.vector == {HERE: 0}
    assert by_id(before)["cases_filed"].value == "0"


async def test_a_vector_has_to_name_every_ledger_and_none_beyond_what_is_folded(
    pool: Pool,
) -> None:
    here, there = Ledger(), Ledger(NEIGHBOUR)
    here.file("2025-03-04")
    there.file("2025-03-04")
    await fold_in(pool, [*here.events, *there.events])
    with pytest.raises(AsOfMissesLedger):
        await ask(pool, division=COUNTY, as_of={HERE: 1})
    with pytest.raises(AsOfNotFolded):
        await ask(pool, as_of={HERE: 2})
    assert await value(pool, "cases_filed", as_of={HERE: 1, LedgerName("intake", NEIGHBOUR): 0})


async def figures_at(pool: Pool, period: str, as_of: Vector | None) -> list[Figure]:
    return list((await ask(pool, period, as_of=as_of)).figures)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(ledger=ledgers(most=25))
async def test_the_past_is_what_a_fold_of_the_events_until_then_gave(
    postgres: PostgresForTests, ledger: Ledger
) -> None:
    events = ledger.events
    async with stats_pool(postgres) as live:
        then = {}
        for event in events:
            await fold_in(live, [event])
            then[event.sequence] = {
                period: await figures_at(live, period, None) for period in ("2025", "all")
            }
        for position, figures_then in then.items():
            for period, wanted in figures_then.items():
                assert await figures_at(live, period, {HERE: position}) == wanted


async def test_the_head_read_from_the_steps_is_the_head_read_from_the_rollups(
    pool: Pool,
) -> None:
    ledger = Ledger()
    for number in range(60):
        case = ledger.file(f"2025-{number % 12 + 1:02d}-04", channel=Channel.VISIT, headcount=5)
        ledger.accept(case, f"2025-{number % 12 + 1:02d}-10")
        if number % 3:
            ledger.serve(case, "2026-02-01")
            ledger.resolve(case, "2026-02-02")
    ledger.file("2026-01-01")
    await fold_in(pool, ledger.events[:-1], chunk=17)
    now = await figures_at(pool, "2025", None)
    await fold_in(pool, ledger.events[-1:])
    assert await figures_at(pool, "2025", {HERE: len(ledger.events) - 1}) == now


async def test_folding_in_one_chunk_or_in_many_gives_the_same_rows(
    postgres: PostgresForTests, pool: Pool
) -> None:
    ledger = Ledger()
    for number in range(10):
        case = ledger.file("2025-03-04", village=f"{TOWNSHIP}00{number % 2}")
        ledger.accept(case, "2025-03-05")
        ledger.close(case, "2025-03-06")
        ledger.reopen(case, "2025-03-07")
    await fold_in(pool, ledger.events)
    async with stats_pool(postgres) as other:
        await fold_in(other, ledger.events, chunk=1)
        for table in ("case_step", "case_fact", "case_day_rollup"):
            assert await rows_of(pool, table) == await rows_of(other, table)


async def rows_of(pool: Pool, table: str) -> list[tuple[Any, ...]]:
    async with transaction(pool, COUNTY) as connection:
        where = "where 0 <> any(counts)" if table == "case_day_rollup" else ""
        found = await connection.execute(f"select * from {table} {where} order by 1, 2, 3, 4, 5")
        return [without_last_zeros(row) for row in await found.fetchall()]


async def test_a_division_is_seen_and_written_only_within_the_scope(pool: Pool) -> None:
    here = Ledger()
    here.file("2025-03-04")
    await fold_in(pool, here.events)
    async with transaction(pool, NEIGHBOUR) as connection:
        for table in ("case_step", "case_fact", "case_day_rollup"):
            counted = await connection.execute(f"select count(*) from {table}")
            assert await counted.fetchone() == (0,)
    other = replace(here.events[0], sequence=2)
    with pytest.raises(InsufficientPrivilege):
        await _write_in_scope(pool, NEIGHBOUR, other)


async def _write_in_scope(pool: Pool, scope: str, event: RecordedEvent) -> None:
    async with transaction(pool, scope) as connection:
        await CASES.fold().apply(connection, [event])
