"""The registry: complete, and the figures it gives."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from cli import verify
from services.stats.domain.covered_grid_subject import COVERED_GRID
from services.stats.domain.measures import (
    MEASURES,
    Change,
    Measure,
    Quantile,
    Rate,
    Term,
    UnknownMeasure,
    UnknownVersion,
    every_version,
    figure_of,
    measures_of,
    part_of,
    terms_of,
)
from services.stats.domain.patrol_month_subject import PATROL_MONTH
from services.stats.domain.policy import POLICY
from services.stats.domain.subjects import COUNTERS, SUBJECT_OF
from services.stats.measure_catalogue import measures_page
from shared.refusals import InvalidInput

DOCS = Path(__file__).resolve().parents[2] / "docs"
ALL = list(every_version())

DAYS_OF_GRIDS = ("patrol_coverage_rate", {COVERED_GRID, PATROL_MONTH})
"""Both count days of grids: those that are due, and those that were patrolled."""
BEFORE = Term("accepted", year_before=True)


def test_the_page_of_measures_is_up_to_date() -> None:
    assert (DOCS / "measures.md").read_text(encoding="utf-8") == measures_page(), "run `make docs`"


def test_the_verifier_defines_every_measure_and_no_other() -> None:
    """The two tables are written apart: no id that outsiders rely on goes or changes in one alone."""
    assert MEASURES.keys() == verify.MEASURES.keys()


@pytest.mark.parametrize("measure", ALL, ids=lambda measure: f"{measure.id}@{measure.version}")
def test_a_measure_counts_one_kind_of_matter_and_names_no_part_twice(measure: Measure) -> None:
    subjects = {SUBJECT_OF[term.counter] for term in terms_of(measure)}
    assert len(subjects) == 1 or (measure.id, subjects) == DAYS_OF_GRIDS
    named = [each.key for each in measure.listed] + [kind.code for kind in measure.kinds]
    assert len({"numerator", "denominator", *named}) == 2 + len(named)


@pytest.mark.parametrize("measure", ALL, ids=lambda measure: f"{measure.id}@{measure.version}")
def test_a_measure_reads_counters_and_thresholds_that_there_are(measure: Measure) -> None:
    assert {term.counter for term in terms_of(measure)} <= COUNTERS.keys()
    assert all(hasattr(POLICY, name) for name in measure.policy)


@pytest.mark.parametrize("measure", ALL, ids=lambda measure: f"{measure.id}@{measure.version}")
def test_a_quotient_says_what_it_is_without_a_denominator(measure: Measure) -> None:
    counts = dict.fromkeys(terms_of(measure), 0)
    figure = figure_of(measure, counts)
    if isinstance(measure.formula, Rate | Change | Quantile):
        assert figure.value is None
        assert figure.note == measure.without_base
        assert figure.note
    else:
        assert (figure.value, figure.numerator, figure.denominator) == ("0", None, None)


def test_the_resolution_rate_keeps_withdrawn_and_diverted_cases_and_lists_them() -> None:
    counts = {
        Term("accepted"): 187,
        Term("accepted_resolved"): 184,
        Term("accepted_withdrawn"): 0,
        Term("accepted_diverted"): 1,
        Term("accepted_linked"): 0,
    }
    (measure,) = measures_of(["resolution_rate@1"])
    figure = figure_of(measure, counts)
    assert (figure.value, figure.numerator, figure.denominator) == ("98.4", 184, 187)
    assert figure.beside == {"withdrawn": 0, "diverted": 1, "linked": 0}
    assert figure.note is None


def test_the_newest_resolution_rate_leaves_linked_cases_out_and_lists_them() -> None:
    counts = {
        Term("accepted_unlinked"): 187,
        Term("accepted_unlinked_resolved"): 184,
        Term("accepted_all_linked"): 2,
        Term("accepted_withdrawn"): 0,
        Term("accepted_diverted"): 1,
        Term("accepted_declined"): 0,
        Term("accepted_grounds_not_recorded"): 184,
    }
    figure = figure_of(MEASURES["resolution_rate"], counts)
    assert (figure.value, figure.numerator, figure.denominator) == ("98.4", 184, 187)
    assert figure.excluded == {"linked": 2}
    assert figure.beside == {
        "withdrawn": 0,
        "diverted": 1,
        "declined": 0,
        "grounds_not_recorded": 184,
    }


def test_a_change_on_the_year_is_given_with_both_counts() -> None:
    figure = figure_of(MEASURES["cases_accepted_yoy"], {Term("accepted"): 187, BEFORE: 214})
    assert (figure.value, figure.numerator, figure.denominator) == ("-12.6", 187, 214)


def test_a_period_without_a_year_before_has_no_change() -> None:
    figure = figure_of(MEASURES["cases_accepted_yoy"], {Term("accepted"): 187})
    assert (figure.value, figure.denominator) == (None, None)


def test_of_too_few_the_counts_are_given_and_no_rate() -> None:
    cautious = replace(MEASURES["repeat_rate"], minimum_sample=30)
    counts = {
        Term("filed_history_stated"): 4,
        Term("filed_repeat"): 1,
        Term("filed_history_not_stated"): 0,
    }
    figure = figure_of(cautious, counts)
    assert (figure.value, figure.numerator, figure.denominator) == (None, 1, 4)
    assert figure.note == "of fewer than 30: too few for a rate to say much"


def test_evidence_is_asked_for_by_the_name_of_a_part() -> None:
    rate = MEASURES["resolution_rate"]
    assert part_of(rate, "numerator").terms == (Term("accepted_unlinked_resolved"),)
    assert part_of(rate, "diverted").terms == (Term("accepted_diverted"),)
    assert part_of(MEASURES["cases_accepted_yoy"], "denominator").terms == (BEFORE,)
    with pytest.raises(InvalidInput):
        part_of(MEASURES["cases_filed"], "denominator")


def test_an_unknown_measure_is_refused_and_named_ones_come_once() -> None:
    with pytest.raises(UnknownMeasure):
        measures_of(["cases_filed", "happiness"])
    assert [measure.id for measure in measures_of(["cases_filed", "cases_filed"])] == [
        "cases_filed"
    ]


def test_the_newest_version_is_given_unless_another_is_asked_for() -> None:
    assert [each.version for each in measures_of(["resolution_rate", "repeat_rate"])] == [2, 1]
    both = measures_of(["resolution_rate", "resolution_rate@1", "resolution_rate@2"])
    assert [each.version for each in both] == [2, 1]
    assert [each.version for each in measures_of(["resolution_rate"], 1)] == [1]
    assert {each.version for each in measures_of(None, 1)} == {1}
    assert {each.id for each in measures_of(None, 2)} < MEASURES.keys()


def test_an_unknown_version_is_refused_with_those_that_there_are() -> None:
    for ids, version in ((["resolution_rate@3"], None), (["resolution_rate"], 3)):
        with pytest.raises(UnknownVersion) as refused:
            measures_of(ids, version)
        assert refused.value.shown == {"figure": "resolution_rate", "versions": "1, 2"}
    with pytest.raises(InvalidInput):
        measures_of(["resolution_rate@first"])


@pytest.mark.parametrize(
    ("days", "median", "p90"),
    [
        ([1, 2, 3, 4, 5], "3", "5"),
        ([0] * 9 + [30], "0", "0"),
        ([0] * 8 + [30, 40], "0", "30"),
        ([7] * 6, "7", "7"),
        ([1, 2, 3, 4], None, None),
        ([], None, None),
    ],
)
def test_quantiles_are_found_by_counting(
    days: list[int], median: str | None, p90: str | None
) -> None:
    counts = Counter(Term("days_to_answer", value=each) for each in days)
    figure = figure_of(MEASURES["days_to_answer"], counts)
    assert figure.value == median
    groups = {} if median is None or p90 is None else {"median": int(median), "p90": int(p90)}
    assert figure.groups == groups
    assert (figure.note is None) is (median is not None)
