"""What a warning counts as: by whoever raised it, by what became of it, and never by safety."""

from collections import Counter
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.stats.domain.warning_fact import WarningFact
from services.stats.domain.warning_subject import WARNING
from services.stats.domain.watch_subject import WATCH
from shared.contracts.early_warning_codes import DisposedHow, WarningRule
from shared.divisions import new_id
from shared.folding.step import Step
from tests.stats.made_up_ledger import TOWNSHIP, noon
from tests.stats.warning_histories import warning_ledgers
from tests.stats.warning_lives import BLUE, ORANGE, RED, Warnings

DAY = "2025-03-03"
OF_POSTS = ("resolved", "disposed_otherwise", "found_false", "expired", "open")
OF_RULES = ("disposed_in_24h", "disposed_later", "watched", "found_false", "expired", "open")


def counters(ledger: Warnings, warning: str) -> set[str]:
    """Those that are no level's and no rule's own."""
    rules = tuple(rule.name.lower() for rule in WarningRule)
    levels = ("red", "orange", "yellow", "blue")
    return {
        name
        for name, day in ledger.counted(warning).items()
        if not name.endswith((*rules, *levels)) and day == DAY
    }


def test_what_a_post_told_and_was_settled_is_resolved() -> None:
    ledger = Warnings()
    warning = ledger.tell(DAY)
    assert counters(ledger, warning) == {"grid_warnings", "grid_warnings_open"}
    ledger.dispose(warning, "2025-09-01")
    assert counters(ledger, warning) == {"grid_warnings", "grid_warnings_resolved"}


def test_a_step_of_the_office_is_no_resolution() -> None:
    for how in set(DisposedHow) - {DisposedHow.SETTLED, DisposedHow.PAID}:
        ledger = Warnings()
        warning = ledger.tell(DAY)
        ledger.dispose(warning, "2025-03-04", how)
        assert "grid_warnings_resolved" not in counters(ledger, warning)
        assert "grid_warnings_disposed_otherwise" in counters(ledger, warning)


def test_24_hours_are_counted_by_the_second_and_a_watched_matter_is_not_disposed() -> None:
    at = noon(DAY)
    for later, how, fate in (
        (timedelta(hours=24), DisposedHow.STEP_TAKEN, "disposed_in_24h"),
        (timedelta(hours=24, microseconds=1), DisposedHow.STEP_TAKEN, "disposed_later"),
        (timedelta(hours=1), DisposedHow.WATCHED, "watched"),
        (timedelta(days=3), DisposedHow.WATCHED, "watched"),
    ):
        ledger = Warnings()
        warning = ledger.warn(at)
        ledger.dispose(warning, at + later, how)
        found = counters(ledger, warning)
        assert {name for name in found if name.startswith("monitoring")} == {
            "monitoring_warnings",
            f"monitoring_warnings_{fate}",
        }


def test_what_is_found_false_later_is_a_false_alarm_and_neither_disposed_nor_confirmed() -> None:
    ledger = Warnings()
    warning = ledger.warn(DAY, last_day="2025-03-10")
    ledger.dispose(warning, "2025-03-03")
    assert {"warnings_confirmed", "warnings_judged", "warnings_with_lead"} <= counters(
        ledger, warning
    )
    ledger.find_false(warning, "2025-06-01")
    assert counters(ledger, warning) == {
        "monitoring_warnings",
        "monitoring_warnings_found_false",
        "warnings_judged",
        "warnings_false_alarms",
    }
    assert ledger.counted(warning)["warnings_left_yellow"] == DAY


def test_what_was_recorded_afterwards_or_told_by_a_post_is_no_rules_merit() -> None:
    for afterwards, rule in ((True, WarningRule.TERM), (False, WarningRule.TOLD_BY_WORKER)):
        ledger = Warnings()
        warning = ledger.warn(DAY, rule, last_day="2025-03-10", afterwards=afterwards)
        ledger.dispose(warning, "2025-03-04")
        measured = {"warnings_judged", "warnings_confirmed", "warnings_with_lead"}
        assert not measured & counters(ledger, warning)


def test_lead_is_counted_in_days_and_none_is_negative() -> None:
    for last_day, lead in (("2025-03-10", 7), ("2025-03-03", 0), ("2025-02-01", 0)):
        ledger = Warnings()
        fact = ledger.fact(ledger.warn(DAY, last_day=last_day))
        assert fact is not None
        assert fact.warned.lead_days == lead
    ledger = Warnings()
    fact = ledger.fact(ledger.warn(DAY))
    assert fact is not None
    assert fact.warned.lead_days is None


def test_a_level_moves_all_that_a_warning_adds() -> None:
    ledger = Warnings()
    warning = ledger.warn(DAY, level=BLUE)
    assert ledger.counted(warning)["warnings_came_blue"] == DAY
    ledger.change(warning, "2025-03-04", ORANGE)
    ledger.change(warning, "2025-03-05", RED)
    found = ledger.counted(warning)
    assert (found["warnings_came_red"], found.keys() & {"warnings_came_blue"}) == (DAY, set())
    fact = ledger.fact(warning)
    assert fact is not None
    assert fact.dispose_by == noon("2025-03-06")
    assert WARNING.dimensions_of(fact) == (None, None, "red", "term")


def test_a_safety_warning_counts_nowhere_whatever_becomes_of_it() -> None:
    ledger = Warnings()
    warning = ledger.tell(DAY, RED, safety=True)
    ledger.acknowledge(warning, DAY)
    ledger.change(warning, DAY, ORANGE)
    ledger.dispose(warning, DAY)
    ledger.find_false(warning, DAY)
    assert ledger.fact(warning) is None
    assert ledger.counted(warning) == {}


def test_a_watched_matter_is_on_the_list_until_it_leaves_and_never_before_it_came() -> None:
    ledger = Warnings()
    watch = ledger.watch(DAY)
    ledger.review(watch, "2025-03-10")
    assert ledger.counted(watch) == {"matters_put_on_watch": DAY}
    ledger.end_watch(watch, "2025-02-01")
    ledger.end_watch(watch, "2025-05-01")
    assert ledger.counted(watch) == {"matters_put_on_watch": DAY, "matters_off_watch": DAY}


def test_a_matter_that_did_not_belong_on_the_list_was_never_there() -> None:
    for ended in (False, True):
        ledger = Warnings()
        watch = ledger.watch(DAY)
        if ended:
            ledger.end_watch(watch, "2025-05-01")
        ledger.find_unjustified(watch, "2025-06-01")
        ledger.end_watch(watch, "2025-07-01")
        assert ledger.counted(watch) == {}


@given(warning_ledgers())
def test_every_warning_has_exactly_one_fate(ledger: Warnings) -> None:
    for warning, steps in _steps(ledger).items():
        fact: WarningFact | None = WARNING.fold(steps)
        if fact is None:
            continue
        found = Counter(each.counter for each in WARNING.contributions(fact))
        for of, fates in (("grid_warnings", OF_POSTS), ("monitoring_warnings", OF_RULES)):
            assert sum(found[f"{of}_{fate}"] for fate in fates) == found[of], warning
        assert found["grid_warnings"] + found["monitoring_warnings"] == 1
        told = found["warnings_confirmed"] + found["warnings_false_alarms"]
        assert found["warnings_judged"] == told
        came = sum(count for name, count in found.items() if name.startswith("warnings_came_"))
        left = sum(count for name, count in found.items() if name.startswith("warnings_left_"))
        assert (came, left) == (1, int(fact.ended is not None))


@given(warning_ledgers(most=15), st.integers(0, 15))
def test_what_is_read_in_parts_or_said_again_comes_to_the_same(ledger: Warnings, cut: int) -> None:
    """A chunk ends anywhere, and the same end may be recorded again, later or with another time."""
    for steps in _steps(ledger).values():
        whole = WARNING.fold(steps)
        in_parts = WARNING.fold(steps[:cut])
        for step in steps[cut:]:
            in_parts = WARNING.evolve(in_parts, step)
        assert in_parts == whole
        begun = [step.kind for step in steps].index("warning-raised") if whole else len(steps)
        ends = [step for step in steps[begun:] if step.kind != "warning-level-changed"]
        again = [each._replace(seq=each.seq + 1000) for each in ends]
        assert WARNING.fold([*steps, *again]) == whole


@given(warning_ledgers())
def test_the_order_of_other_warnings_changes_nothing(ledger: Warnings) -> None:
    """A chunk may mix the events of several, or bring them one after another."""
    own = {warning: WARNING.fold(steps) for warning, steps in _steps(ledger).items()}
    every = [step for event in ledger.events for step in WARNING.steps_of(event)]
    shuffled = sorted(every, key=lambda step: (step.entity_id, step.seq))
    assert WARNING.fold_onto({}, shuffled) == {k: v for k, v in own.items() if v is not None}
    assert WARNING.fold_onto({}, every) == WARNING.fold_onto({}, shuffled)


def test_events_of_a_warning_that_nobody_raised_count_nowhere() -> None:
    ledger = Warnings()
    unknown = new_id(TOWNSHIP)
    ledger.dispose(unknown, DAY)
    ledger.end_watch(unknown, DAY)
    assert ledger.counted(unknown) == {}
    assert [WATCH.fold(WATCH.steps_of(event)) for event in ledger.events] == [None, None]


def _steps(ledger: Warnings) -> dict[str, list[Step]]:
    found: dict[str, list[Step]] = {}
    for event in ledger.events:
        for step in WARNING.steps_of(event):
            found.setdefault(step.entity_id, []).append(step)
    return found
