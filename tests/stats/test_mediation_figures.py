"""Figures of mediations from the real tables: as they stand, as they stood, beside those of cases."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.stats.api.gauge_reading import FigureGauges
from services.stats.asking.question import AsOfMissesLedger
from services.stats.domain.ledgers import LedgerName
from services.stats.domain.measures import Figure
from services.stats.domain.period import Period
from services.stats.domain.time_basis import TimeBasis
from services.stats.store.filters import Chosen
from shared.cloudevents import RecordedEvent
from shared.contracts.case_codes import Category
from shared.contracts.mediation_codes import DisputeKind, MediatorKind, SessionMode
from shared.postgres import Pool
from shared.times import china_day
from tests.parts import KafkaForTests, PostgresForTests
from tests.stats.folding import MEDIATIONS, fold_in, stats_pool
from tests.stats.found_figures import ask, found_in, live_and_past
from tests.stats.lives import COUNTY, TOWNSHIP, Ledger
from tests.stats.mediation_histories import mediation_ledgers
from tests.stats.mediation_lives import COMMITTEE, OTHER_COMMITTEE, Mediations
from tests.stats.rebuilds import Stage
from tests.stats.test_gauges import read

pytestmark = pytest.mark.parts
CASES_HERE = LedgerName("intake", TOWNSHIP)
HERE = LedgerName("mediation", TOWNSHIP)
RETIRED, CERTIFIED, ELDER = (
    MediatorKind.RETIRED_CADRE,
    MediatorKind.CERTIFIED,
    MediatorKind.RESPECTED_ELDER,
)


def a_year(ledger: Mediations, succeeded: int, failed: int, year: int = 2025) -> list[str]:
    """Disputes of a year, one session each, ended through all its months."""
    disputes = []
    for number in range(succeeded + failed):
        month = f"{year}-{number % 12 + 1:02}"
        dispute = ledger.apply(f"{month}-01")
        ledger.meet(dispute, f"{month}-02")
        if number < succeeded:
            ledger.succeed(dispute, f"{month}-03")
        else:
            ledger.fail(dispute, f"{month}-03")
        disputes.append(dispute)
    return disputes


async def test_298_of_312_mediations_are_95_5_live_and_rebuilt(
    postgres: PostgresForTests, kafka: KafkaForTests
) -> None:
    ledger, stage = Mediations(), Stage.fresh(postgres, kafka)
    a_year(ledger, 298, 14)
    await stage.send(ledger.events)
    await stage.fold(ledger.events, chunk=250)

    async def rate() -> Figure:
        async with stage.pool() as pool:
            return (await found_in(pool, "2025"))["mediation_rate"]

    live, rows = await rate(), stage.rows()
    assert (live.value, live.numerator, live.denominator) == ("95.5", 298, 312)
    await stage.rebuild(replace(MEDIATIONS, topic=stage.topic))
    assert await rate() == live
    assert stage.rows() == rows


async def test_312_sessions_of_200_disputes_are_no_312_mediations(pool: Pool) -> None:
    ledger = Mediations()
    disputes = a_year(ledger, 190, 10)
    for dispute in disputes[:112]:
        ledger.meet(dispute, "2025-01-02", SessionMode.CAUCUS)
    await fold_in(pool, ledger.events)
    found = await found_in(pool, "2025")
    assert found["mediation_sessions"].value == "312"
    assert found["mediation_sessions"].groups == {"joint": 200, "caucus": 112}
    assert found["mediations_ended"].value == "200"
    rate = found["mediation_rate"]
    assert (rate.value, rate.denominator) == ("95.0", 200)


async def test_a_system_without_mediations_says_nothing_came_of_none(pool: Pool) -> None:
    ledger = Ledger()
    ledger.file("2025-03-04")
    await fold_in(pool, ledger.events)
    answer = await ask(pool, "2025", as_of={CASES_HERE: 1})
    found = {figure.measure.id: figure for figure in answer.figures}
    assert found["mediations_ended"].value == found["mediators"].value == "0"
    assert found["mediation_rate"].value is None
    assert found["mediation_rate"].note == "no mediation ended in the period"
    assert found["mediators"].groups == {}
    assert answer.vector == {CASES_HERE: 1}


async def test_the_position_names_both_ledgers_and_each_figure_stands_by_its_own(
    pool: Pool,
) -> None:
    cases, ledger = Ledger(), Mediations()
    cases.accept(cases.file("2025-03-04"), "2025-03-05")
    a_year(ledger, 1, 1)
    await fold_in(pool, cases.events)
    await fold_in(pool, ledger.events)
    answer = await ask(pool, "2025")
    assert answer.vector == {CASES_HERE: 2, HERE: 6}
    then = await found_in(pool, "2025", as_of={CASES_HERE: 1, HERE: 3})
    assert (then["cases_accepted"].value, then["mediation_rate"].value) == ("0", "100.0")
    with pytest.raises(AsOfMissesLedger):
        await ask(pool, "2025", as_of={CASES_HERE: 2})


async def test_a_time_of_recording_is_a_position_in_both_ledgers(pool: Pool) -> None:
    cases, ledger = Ledger(), Mediations()
    cases.file("2025-03-04")
    ledger.enrol("2025-01-01", CERTIFIED)
    dispute = ledger.apply("2025-03-01")
    moment = ledger.recorded_at
    cases.recorded_at += timedelta(hours=1)
    cases.file("2025-03-05")
    ledger.fail(dispute, "2025-03-02")
    ledger.enrol("2025-01-02", CERTIFIED)
    await fold_in(pool, cases.events)
    await fold_in(pool, ledger.events)
    answer = await ask(pool, as_of=moment)
    assert answer.vector == {CASES_HERE: 1, HERE: 2}
    before = await ask(pool, as_of=moment - timedelta(seconds=90))
    assert before.vector == {CASES_HERE: 0, HERE: 0}


async def test_a_case_is_judged_by_the_horizon_whatever_the_other_ledger_tells(
    pool: Pool,
) -> None:
    cases, ledger = Ledger(), Mediations()
    cases.file("2026-01-01")
    await fold_in(pool, cases.events)
    ledger.recorded_at += timedelta(days=400)
    ledger.apply("2026-12-01")
    await fold_in(pool, ledger.events)
    for day, wanted in ((16, 0), (17, 1)):
        found = await found_in(pool, "2026", horizon=date(2026, 1, day))
        assert found["timely_acceptance_rate"].denominator == wanted


async def test_an_agreement_is_judged_when_its_day_is_over(pool: Pool) -> None:
    ledger = Mediations()
    kept, broken = ledger.apply("2025-12-01"), ledger.apply("2025-12-01")
    for dispute in (kept, broken):
        ledger.succeed(dispute, "2025-12-02", perform_by="2026-01-01")
    ledger.perform(kept, "2025-12-20")
    await fold_in(pool, ledger.events)
    found = await found_in(pool, "2026", horizon=date(2026, 1, 1))
    assert found["agreement_performance_rate"].denominator == 0
    ledger.breach(broken, "2026-01-02")
    await fold_in(pool, ledger.events[5:])
    found = await found_in(pool, "2026", horizon=date(2026, 1, 2))
    rate = found["agreement_performance_rate"]
    assert (rate.value, rate.numerator, rate.denominator) == ("50.0", 1, 2)
    assert rate.beside == {"performed_late": 0, "breached": 1}
    assert (await found_in(pool, "2025"))["agreement_performance_rate"].value is None


async def test_thirty_townships_add_up_to_their_county(pool: Pool) -> None:
    for number in range(30):
        ledger = Mediations(f"519900{101 + number}")
        a_year(ledger, number, 1)
        ledger.enrol("2025-01-01", RETIRED, CERTIFIED)
        await fold_in(pool, ledger.events)
    found = await found_in(pool, "2025", division=COUNTY)
    rate = found["mediation_rate"]
    assert (rate.numerator, rate.denominator) == (435, 465)
    assert (found["mediators"].value, found["mediators"].groups) == (
        "30",
        {"retired-cadre": 30, "certified": 30},
    )
    assert (await found_in(pool, "2025", division="519900103"))["mediation_rate"].value == "66.7"


async def test_people_are_counted_once_whatever_their_kinds(pool: Pool) -> None:
    ledger = Mediations()
    for number in range(32):
        ledger.enrol("2024-01-01", RETIRED, *([CERTIFIED] if number < 5 else []))
    for _ in range(15 - 5):
        ledger.enrol("2024-06-01", CERTIFIED)
    elders = [ledger.enrol("2025-02-01", ELDER) for _ in range(29)]
    ledger.leave(elders[0], "2025-06-30")
    await fold_in(pool, ledger.events)
    for period, people, groups in (
        ("2023", "0", {}),
        ("2024-01", "32", {"retired-cadre": 32, "certified": 5}),
        ("2025-06-29", "71", {"retired-cadre": 32, "certified": 15, "respected-elder": 29}),
        ("2025", "70", {"retired-cadre": 32, "certified": 15, "respected-elder": 28}),
        ("all", "70", {"retired-cadre": 32, "certified": 15, "respected-elder": 28}),
    ):
        found = (await found_in(pool, period))["mediators"]
        assert (found.value, found.groups) == (people, groups), period


async def test_mediations_narrow_to_a_committee_a_village_and_a_category(pool: Pool) -> None:
    ledger, village = Mediations(), f"{TOWNSHIP}001"
    for committee, where, category, kind in (
        (COMMITTEE, village, Category.LAND, DisputeKind.NEIGHBOURS),
        (COMMITTEE, None, Category.LABOUR, DisputeKind.LABOUR),
        (OTHER_COMMITTEE, village, Category.LABOUR, DisputeKind.LABOUR),
    ):
        dispute = ledger.apply("2025-03-01", category, kind, where, committee)
        ledger.meet(dispute, "2025-03-02")
        ledger.succeed(dispute, "2025-03-02")
    await fold_in(pool, ledger.events)
    # before the third: folded again, not read from the rollups
    past = {HERE: 6}
    for chosen, now, then in (
        (Chosen(committee_id=COMMITTEE), "2", "2"),
        (Chosen(committee_id=OTHER_COMMITTEE), "1", "0"),
        (Chosen(category="labour"), "2", "1"),
        (Chosen(village_code=village), "2", "1"),
        (Chosen("labour", village, OTHER_COMMITTEE), "1", "0"),
    ):
        for as_of, wanted in ((None, now), (past, then)):
            found = await found_in(pool, chosen=chosen, as_of=as_of)
            assert found["mediations_ended"].value == wanted, chosen
            assert found["mediation_sessions"].value == wanted, chosen
            assert "mediators" not in found
    assert (await found_in(pool))["mediations_ended"].groups == {"neighbours": 1, "labour": 2}
    assert "cases_filed" not in await found_in(pool, chosen=Chosen(committee_id=COMMITTEE))


async def test_what_an_old_file_says_counts_by_recording_when_it_was_entered(pool: Pool) -> None:
    ledger = Mediations()
    a_year(ledger, 3, 1, year=2019)
    ledger.enrol("2019-01-01", CERTIFIED)
    await fold_in(pool, ledger.events)
    for period, ended, people in (("2026", "4", "1"), ("2019", "0", "0")):
        found = await found_in(pool, period, by=TimeBasis.RECORDED)
        values = [found[name].value for name in ("mediations_ended", "mediation_sessions")]
        assert values == [ended, ended]
        assert found["mediators"].value == people


async def test_the_gauges_tell_of_mediations(pool: Pool) -> None:
    ledger = Mediations()
    a_year(ledger, 3, 1)
    await fold_in(pool, ledger.events)
    gauges = FigureGauges(pool, COUNTY)
    await gauges.read(china_day(ledger.recorded_at).replace(year=2025, month=1))
    found = read(gauges)
    assert found["concord_mediations_ended", TOWNSHIP, "year"] == 4
    assert found["concord_mediations_succeeded", TOWNSHIP, "month"] == 1
    assert found["concord_mediation_ratio", TOWNSHIP, "year"] == 0.75
    assert ("concord_mediation_ratio", TOWNSHIP, "day") not in found


PERIODS = ("2024", "2025-02", "all")


class Naive:
    """Every fact folded and asked about every counter, with no window, no rollup and no index."""

    def __init__(self, events: Sequence[RecordedEvent]) -> None:
        self.events = events

    def contributions(self, subject: Any) -> list[tuple[str, Any]]:
        histories: dict[str, list[Any]] = {}
        for event in self.events:
            for step in subject.steps_of(event):
                histories.setdefault(step.entity_id, []).append(step)
        facts = [fact for history in histories.values() if (fact := subject.fold(history))]
        return [(c.counter, c.day) for fact in facts for c in subject.contributions(fact)]


def values_of(events: Sequence[RecordedEvent], period: Period) -> dict[str, int]:
    """The numbers of the plain counts and of the rates, counted by hand."""
    from services.stats.domain.mediation_subject import MEDIATION
    from services.stats.domain.mediator_subject import MEDIATOR

    naive = Naive(events)
    horizon = china_day(datetime.now(UTC))
    found = dict.fromkeys(("ended", "succeeded", "sessions", "due", "performed", "people"), 0)
    names = {
        "mediations_ended": "ended",
        "mediations_succeeded": "succeeded",
        "mediation_sessions": "sessions",
        "agreements_due": "due",
        "agreements_performed": "performed",
    }
    for counter, day in naive.contributions(MEDIATION):
        is_over = not counter.startswith("agreements") or day < horizon
        if counter in names and period.start <= day <= period.end and is_over:
            found[names[counter]] += 1
    signs = {"mediators_joined": 1, "mediators_left": -1}
    for counter, day in naive.contributions(MEDIATOR):
        if day <= period.end:
            found["people"] += signs.get(counter, 0)
    return found


def shown(found: Mapping[str, Figure]) -> dict[str, int | None]:
    return {
        "ended": int(found["mediations_ended"].value or 0),
        "succeeded": found["mediation_rate"].numerator,
        "sessions": int(found["mediation_sessions"].value or 0),
        "due": found["agreement_performance_rate"].denominator,
        "performed": found["agreement_performance_rate"].numerator,
        "people": int(found["mediators"].value or 0),
    }


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    ledger=mediation_ledgers(most=30).filter(lambda ledger: ledger.events), cut=st.integers(0, 30)
)
async def test_live_past_and_counted_by_hand_are_the_same(
    postgres: PostgresForTests, ledger: Mediations, cut: int
) -> None:
    events, position = ledger.events, min(cut, len(ledger.events))
    async with stats_pool(postgres) as pool:
        found = await live_and_past(pool, HERE, events, position, periods=PERIODS, shown=dict)
        for period, (live, past) in found.items():
            asked = Period.parse(period)
            assert shown(live) == values_of(events, asked), period
            assert shown(past) == values_of(events[:position], asked), period
        by_recording = await found_in(pool, "all", by=TimeBasis.RECORDED)
        assert by_recording == await found_in(pool, "all")
