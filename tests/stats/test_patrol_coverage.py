"""Patrols done and due are those that grid counts itself, whatever came in whichever order."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.grid.domain.grid.correcting import CorrectGrid
from services.grid.domain.grid.defining import DefineGrid
from services.grid.domain.grid.serving import AssignWorker, VoidAssignment
from services.grid.domain.patrol_policy import DAILY
from services.stats.domain.counted_subject import CountedSubject
from services.stats.domain.counting import by_counter, spans_counted
from services.stats.domain.covered_grid_subject import COVERED_GRID
from services.stats.domain.measures import Term
from services.stats.domain.patrol_month_fact import month_id
from services.stats.domain.patrol_month_subject import PATROL_MONTH
from services.stats.domain.patrol_policy import PATROLLED_KINDS, VERSION
from services.stats.domain.period import Period
from services.stats.domain.spans import spans_of
from services.stats.domain.stretch import Stretch, less
from services.stats.domain.time_basis import TimeBasis
from shared.contracts.grid_codes import GridDuty, GridKind
from shared.contracts.mediation_codes import VoidReason
from shared.divisions import check_id, new_id
from shared.folding.occurrence import Occurrence
from shared.folding.step import Step
from shared.times import china_day, start_of
from tests.stats.coverage_histories import BEGINS, CODES, WORKERS, GridYear, days, grid_years
from tests.stats.made_up_ledger import TOWNSHIP

COUNTED = ("patrols_done", "patrols_due", "days_without_worker")
SUBJECTS = (COVERED_GRID, PATROL_MONTH)


def steps_of(subject: CountedSubject, year: GridYear) -> dict[str, list[Step]]:
    found: dict[str, list[Step]] = {}
    for event in year.events:
        for step in subject.steps_of(event):
            found.setdefault(step.entity_id, []).append(step)
    return found


def counts(
    year: GridYear, period: Period, horizon: date, by: TimeBasis = TimeBasis.OCCURRED
) -> dict[str, int]:
    counted = Counter(dict.fromkeys(COUNTED, 0))
    for subject in SUBJECTS:
        terms = [Term(each.name) for each in subject.counters if each.name in COUNTED]
        spans = by_counter(spans_of(terms, period, {TOWNSHIP: horizon}, by))
        for history in steps_of(subject, year).values():
            fact = subject.fold(history)
            if fact is not None:
                for span, _, times in spans_counted(subject, fact, history, spans, by):
                    counted[span.term.counter] += times
    return dict(counted)


@given(grid_years(), days, days, days)
def test_the_counts_are_those_of_grid_itself(
    year: GridYear, first: date, last: date, horizon: date
) -> None:
    first, last = sorted((first, last))
    whole = date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1)
    for begins, ends, judged in ((first, last, horizon), whole):
        over = min(ends, judged - timedelta(days=1))
        grids = year.known().covered(begins, over)
        assert counts(year, Period("days", begins, ends), judged) == {
            "patrols_done": sum(each.done for each in grids),
            "patrols_due": sum(each.due for each in grids),
            "days_without_worker": sum(each.without_worker for each in grids),
        }


@given(grid_years(), days, days)
def test_by_recording_each_day_counts_once_and_not_before_it_was_known(
    year: GridYear, split: date, horizon: date
) -> None:
    recorded, occurred = TimeBasis.RECORDED, TimeBasis.OCCURRED
    before = Period("before", date.min, split)
    after = Period("after", split + timedelta(days=1), date(2099, 1, 1))
    always = Period("always", date.min, date(2099, 1, 1))
    parts = [counts(year, each, horizon, recorded) for each in (before, after)]
    whole = counts(year, always, horizon, occurred)
    assert {name: sum(part[name] for part in parts) for name in COUNTED} == whole
    known = [event for event in year.events if china_day(event.recorded_at) <= split]
    if not known:
        assert not any(parts[0].values())


@given(st.lists(st.tuples(days, st.none() | days), max_size=6), days, st.none() | days)
def test_what_is_left_of_a_stretch_are_the_days_that_no_other_has(
    taken: list[tuple[date, date | None]], first: date, last: date | None
) -> None:
    def stretch(begins: date, ends: date | None, seq: int) -> Stretch:
        return Stretch(begins, ends, Occurrence(start_of(begins), seq, begins))

    times = [stretch(a, b, place) for place, (a, b) in enumerate(taken, 2) if b is None or a <= b]
    left = less(stretch(first, last, 1), times)
    start, end = date(2025, 1, 1), date(2025, 6, 1)
    for number in range((end - start).days):
        day = start + timedelta(days=number)
        free = first <= day and (last is None or day <= last)
        free = free and not any(each.days_in(day, day) for each in times)
        assert sum(each.days_in(day, day) for each in left) == free


def test_a_patrol_before_the_first_day_as_corrected_was_not_due() -> None:
    year, code = GridYear(), next(iter(CODES))
    year.decide(code, DefineGrid(grid_code=code, kind=CODES[code], valid_from=BEGINS))
    year.decide(
        code,
        AssignWorker(
            assignment_id=new_id(TOWNSHIP),
            worker_id=WORKERS[0],
            duty=GridDuty.RESPONSIBLE,
            first_day=BEGINS,
        ),
    )
    year.patrol(code, BEGINS, 0)
    (served,) = year.grids[code].assignments
    mistake = VoidReason.BY_MISTAKE
    year.decide(code, VoidAssignment(assignment_id=served.assignment_id, reason=mistake))
    year.decide(code, CorrectGrid(valid_from=BEGINS + timedelta(days=1)))
    found = counts(year, Period.parse("2025"), BEGINS + timedelta(days=3))
    assert found == {"patrols_done": 0, "patrols_due": 2, "days_without_worker": 2}


def test_the_policy_is_grid_s_own() -> None:
    assert DAILY.version == VERSION
    assert {kind.value for kind in DAILY.kinds} == PATROLLED_KINDS == {GridKind.BASIC.value}
    assert not DAILY.working_days_only


def test_the_id_of_a_grid_s_month_is_one_like_every_other() -> None:
    found = month_id("519900101201007", date(2025, 3, 4))
    assert check_id(found) == "519900101-00201007-2025-0003-0000-000000000000"
