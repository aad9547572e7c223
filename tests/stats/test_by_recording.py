"""Figures by the days on which things were recorded, whenever they occurred."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import AsyncConnection

from services.stats.asking.figures import figures
from services.stats.asking.question import Question
from services.stats.domain.anchor import Lasting
from services.stats.domain.case_fact import CaseFact
from services.stats.domain.case_subject import CASE
from services.stats.domain.ledgers import LedgerName
from services.stats.domain.measures import Figure, Term, every_version, subjects_of, terms_of
from services.stats.domain.measures.figure import figure_of
from services.stats.domain.period import Period
from services.stats.domain.spans import Span
from services.stats.domain.subjects import COUNTERS
from services.stats.domain.time_basis import TimeBasis
from services.stats.domain.windows import windows_of
from services.stats.store.candidates import Wanted
from services.stats.store.case_tables import CASES
from services.stats.store.filters import EVERYTHING, Chosen
from services.stats.store.snapshot import snapshot
from shared.folding.step import Step
from shared.postgres import Pool, new_pool
from shared.times import CHINA, china_day, start_of
from tests.parts import PostgresForTests
from tests.stats.folding import fold_in, fresh_stats, stats_pool
from tests.stats.histories import ledgers
from tests.stats.lives import COUNTY, NEIGHBOUR, TOWNSHIP, Ledger

pytestmark = pytest.mark.parts
HERE = LedgerName("intake", TOWNSHIP)
OF_CASES = [measure for measure in every_version() if subjects_of(measure) == {CASE}]


async def ask(pool: Pool, period: str, **rest: Any) -> Mapping[str, Figure]:
    asked: dict[str, Any] = {"division": TOWNSHIP, "by": TimeBasis.RECORDED} | rest
    question = Question(period=Period.parse(period), **asked)
    if question.horizon is None and not isinstance(question.as_of, datetime):
        question = replace(question, horizon=await last_recorded(pool))
    async with snapshot(pool, COUNTY) as connection:
        answer = await figures(connection, question, OF_CASES)
    return by_id(answer.figures)


async def last_recorded(pool: Pool) -> date:
    """The day of the last event that is folded: what these tests judge terms by."""
    async with snapshot(pool, COUNTY) as connection:
        found = await connection.execute("select max(recorded_at) from case_step")
        row = await found.fetchone()
    return china_day(row[0]) if row and row[0] else date.min


def by_id(figures: Iterable[Figure]) -> Mapping[str, Figure]:
    """The newest version by its id alone, every one by `id@version`."""
    found: dict[str, Figure] = {}
    for figure in figures:
        found[figure.measure.id] = found[f"{figure.measure.id}@{figure.measure.version}"] = figure
    return found


async def value(pool: Pool, measure: str, period: str, **rest: Any) -> str | None:
    return (await ask(pool, period, **rest))[measure].value


def pause_until(ledger: Ledger, day: str) -> None:
    """The next event is recorded at nine in the morning of that day."""
    nine = start_of(date.fromisoformat(day)) + timedelta(hours=9)
    ledger.recorded_at = nine.astimezone(UTC) - timedelta(minutes=1)


async def test_an_old_register_brought_in_today_counts_under_today(pool: Pool) -> None:
    ledger = Ledger()
    pause_until(ledger, "2026-03-04")
    for _ in range(5):
        case = ledger.file("2019-05-06", imported=True)
        ledger.accept(case, "2019-05-08")
        ledger.reply(case, "2019-06-01")
        ledger.close(case, "2019-06-02")
    await fold_in(pool, ledger.events)
    now, then = await ask(pool, "2026-03-04"), await ask(pool, "2019")
    for measure in ("cases_filed", "cases_accepted", "cases_answered", "cases_closed"):
        assert (now[measure].value, then[measure].value) == ("5", "0"), measure
    # what is asked of a case is a matter of when things occurred: 24 days after 13 to answer
    for measure, wanted in (
        ("timely_acceptance_rate", "100.0"),
        ("on_time_reply_rate", "100.0"),
        ("answered_within_15_days", "0.0"),
        ("answered_within_30_days", "100.0"),
    ):
        assert (now[measure].value, now[measure].denominator) == (wanted, 5), measure
        assert then[measure].denominator == 0, measure


async def test_a_term_that_ends_after_it_was_recorded_counts_on_its_last_day(pool: Pool) -> None:
    ledger = Ledger()
    ledger.file("2026-01-01")
    pause_until(ledger, "2026-01-17")
    ledger.file("2026-01-17")
    await fold_in(pool, ledger.events)
    due = "timely_acceptance_rate"
    assert (await ask(pool, "2026-01-16"))[due].denominator == 1
    assert (await ask(pool, "2026-01-01"))[due].denominator == 0
    # the second case's term is not over, and so it is no failure yet
    assert (await ask(pool, "2026"))[due].denominator == 1


async def test_a_reply_that_is_due_later_than_it_was_recorded_counts_on_its_due_day(
    pool: Pool,
) -> None:
    ledger = Ledger()
    ledger.accept(ledger.file("2026-01-01"), "2026-01-01", days=60)
    pause_until(ledger, "2026-04-01")
    ledger.file("2026-04-01")
    await fold_in(pool, ledger.events)
    for day, wanted in (("2026-03-01", 0), ("2026-03-02", 1), ("2026-01-01", 0)):
        assert (await ask(pool, day))["on_time_reply_rate"].denominator == wanted, day


@pytest.mark.parametrize(
    ("recorded_at", "day"),
    [
        (datetime(2026, 3, 4, 15, 59, 59, 999999, tzinfo=UTC), "2026-03-04"),
        (datetime(2026, 3, 4, 16, 0, tzinfo=UTC), "2026-03-05"),
    ],
)
async def test_a_day_of_recording_ends_at_midnight_in_china(
    pool: Pool, recorded_at: datetime, day: str
) -> None:
    ledger = Ledger()
    ledger.recorded_at = recorded_at - timedelta(minutes=1)
    ledger.file("2025-03-04")
    await fold_in(pool, ledger.events)
    for asked in ("2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06"):
        wanted = "1" if asked == day else "0"
        assert await value(pool, "cases_filed", asked) == wanted


async def test_the_first_and_the_last_day_of_all_time_can_be_asked_for(pool: Pool) -> None:
    ledger = Ledger()
    ledger.file("2025-03-04")
    await fold_in(pool, ledger.events)
    for period, wanted in (
        ("all", "1"),
        ("0001-01-01..9999-12-31", "1"),
        ("0001", "0"),
        ("9999", "0"),
    ):
        assert await value(pool, "cases_filed", period) == wanted


async def test_a_year_is_compared_by_what_was_recorded_in_either(pool: Pool) -> None:
    ledger = Ledger()
    for day in ("2025-01-01", "2025-01-02", "2025-11-01", "2026-01-02"):
        pause_until(ledger, day)
        ledger.accept(ledger.file("2019-05-06"), "2019-05-08")
    await fold_in(pool, ledger.events)
    found = (await ask(pool, "2026"))["cases_accepted_yoy"]
    assert (found.value, found.numerator, found.denominator) == ("-50.0", 1, 2)


async def test_what_is_recorded_later_enters_no_period_that_was_over(pool: Pool) -> None:
    ledger = Ledger()
    ledger.accept(ledger.file("2025-12-30"), "2025-12-31")
    over = len(ledger.events)
    pause_until(ledger, "2026-02-01")
    ledger.accept(ledger.file("2025-12-30"), "2026-01-01")
    await fold_in(pool, ledger.events)
    for as_of in (None, {HERE: over}, datetime(2026, 1, 2, tzinfo=CHINA)):
        assert await value(pool, "cases_accepted", "2026-01", as_of=as_of) == "1"
    assert (
        await value(pool, "cases_accepted", "2026", as_of=datetime(2026, 1, 2, tzinfo=CHINA))
        == "1"
    )
    assert await value(pool, "cases_accepted", "2026") == "2"


async def test_a_county_is_the_sum_of_its_townships(pool: Pool) -> None:
    for division, count in ((TOWNSHIP, 2), (NEIGHBOUR, 3)):
        ledger = Ledger(division)
        for _ in range(count):
            ledger.file("2019-03-04")
        await fold_in(pool, ledger.events)
    assert await value(pool, "cases_filed", "2026", division=COUNTY) == "5"
    assert await value(pool, "cases_filed", "2026", division=NEIGHBOUR) == "3"


async def test_a_day_of_recording_is_one_range_of_an_index(postgres: PostgresForTests) -> None:
    """Row-level security hides indexes from what is not leakproof, such as a coalesce."""
    database, ledger = fresh_stats(postgres), Ledger()
    for _ in range(400):
        ledger.recorded_at += timedelta(days=1)
        ledger.file("2025-03-04")
    day = date(2026, 3, 4)
    windows = windows_of([Span(Term("filed"), TOWNSHIP, day, day)], TimeBasis.RECORDED)
    wanted = Wanted(tables=CASES, division=TOWNSHIP, seq=400, windows=windows)
    async with new_pool(database.dsn, name="stats-test", size=1) as pool:
        await fold_in(pool, ledger.events)
        async with await AsyncConnection.connect(database.owner_dsn, autocommit=True) as owner:
            await owner.execute("analyze case_step")
        async with snapshot(pool, COUNTY) as connection:
            found = await connection.execute(f"explain {wanted.candidates}", wanted.parameters())
            plan = "\n".join(line for (line,) in await found.fetchall())
    _, index, range_of_it = plan.partition("case_step_by_recording")
    assert index, plan
    condition = range_of_it.partition("Index Cond")[2].partition("\n")[0]
    assert "recorded_at >= asked.start" in condition
    assert "recorded_at < asked.before" in condition


class SlowModel:
    """Every case folded and asked about every counter, with no window and no index."""

    def __init__(self, ledger: Ledger, position: int) -> None:
        self.events = ledger.events[:position]
        self.recorded = {event.sequence: china_day(event.recorded_at) for event in self.events}
        self.cases = self._cases()
        self.horizon = max(self.recorded.values(), default=date.min)

    def figures(self, period: Period, chosen: Chosen) -> list[Figure]:
        """All measures over a period."""
        terms = {term for measure in OF_CASES for term in terms_of(measure)}
        counts = Counter[Term]()
        for term in terms:
            counts[term] = 0
            days = self._days(term, period)
            if term.year_before and not period.year_before():
                del counts[term]
            else:
                for case in self.cases:
                    if self._counts(term, case, days, chosen):
                        counts[_of_its_value(term, case)] += 1
        return [figure_of(measure, counts) for measure in OF_CASES]

    def _days(self, term: Term, period: Period) -> Period | None:
        if not term.year_before:
            return period
        elapsed = period.until(self.horizon)
        return elapsed and elapsed.year_before()

    def _cases(self) -> list[CaseFact]:
        histories: dict[str, list[Step]] = {}
        for event in self.events:
            for step in CASE.steps_of(event):
                histories.setdefault(step.entity_id, []).append(step)
        return [fact for history in histories.values() if (fact := CASE.fold(history))]

    def _counts(self, term: Term, fact: CaseFact, days: Period | None, chosen: Chosen) -> bool:
        counter = COUNTERS[term.counter]
        assert not isinstance(counter.anchor, Lasting)
        anchored = next(counter.anchor.of(fact), None)
        if (
            days is None
            or anchored is None
            or not counter.holds(fact)
            or not chosen.takes(CASE, fact)
        ):
            return False
        _, occurred, begun_by = anchored
        day = self.recorded[begun_by.seq]
        if counter.anchor.is_due_day:
            day = max(occurred, day)
        matured = occurred + (counter.matures_in or timedelta())
        is_judged = counter.anchor.is_due_day or counter.matures_in is not None
        if is_judged and matured >= self.horizon:
            return False
        return days.start <= day <= days.end


def _of_its_value(term: Term, fact: CaseFact) -> Term:
    value = COUNTERS[term.counter].value
    return term if value is None else replace(term, value=value(fact))


CHOSEN = st.sampled_from(
    [
        EVERYTHING,
        Chosen("land"),
        Chosen(None, f"{TOWNSHIP}001"),
        Chosen("labour", f"{TOWNSHIP}002"),
    ]
)
ASKED = ("2025", "2025-Q2", "2025-07", "2025-W10", "2025-03-04", "2024-03-04..2025-05-01", "all")


def recorded_over_years(ledger: Ledger, pauses: list[int]) -> Ledger:
    """The same ledger, recorded over two years instead of within the hour."""
    at = datetime(2024, 2, 27, 15, 58, tzinfo=UTC)
    for number, event in enumerate(ledger.events):
        at += timedelta(days=pauses[number % len(pauses)], minutes=1)
        ledger.events[number] = replace(event, recorded_at=at)
    return ledger


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    ledger=ledgers(most=30),
    pauses=st.lists(st.integers(0, 60), min_size=1, max_size=30),
    back=st.integers(0, 8),
    chosen=CHOSEN,
)
async def test_figures_are_those_of_a_slow_and_obvious_count(
    postgres: PostgresForTests, ledger: Ledger, pauses: list[int], back: int, chosen: Chosen
) -> None:
    recorded_over_years(ledger, pauses)
    position = max(1, len(ledger.events) - back)
    model = SlowModel(ledger, position)
    async with stats_pool(postgres) as live:
        await fold_in(live, ledger.events)
        for period in ASKED:
            asked = {"chosen": chosen, "as_of": {HERE: position}, "horizon": model.horizon}
            found = await ask(live, period, **asked)
            assert found == by_id(model.figures(Period.parse(period), chosen)), period
        # over all days together it does not matter which of them something counts on
        occurred = await ask(live, "all", chosen=chosen, by=TimeBasis.OCCURRED)
        assert await ask(live, "all", chosen=chosen) == occurred
