"""The scenario of the reference year has the totals that the published summary states."""

from collections import Counter
from datetime import datetime

import pytest

from demo.reference_year.scenario import (
    ACCEPTED,
    ACCEPTED_THE_YEAR_BEFORE,
    End,
    Petition,
    petitions,
)
from demo.reference_year.scoreboard import ROWS, Figures, Says, judged
from demo.reference_year.steps import filing, steps
from demo.scene import REFERENCE_TOWNSHIP
from shared.contracts.case_codes import Category


def test_the_petitions_of_both_years_are_as_many_as_stated() -> None:
    years = Counter(each.filed_on.year for each in petitions())
    assert years == {2024: ACCEPTED_THE_YEAR_BEFORE, 2025: ACCEPTED}


def test_all_but_three_are_settled_within_the_year() -> None:
    ends = Counter(each.end for each in petitions() if each.filed_on.year == 2025)
    assert ends[End.DIVERTED] == 1
    assert ends[End.WITHDRAWN] == 2
    assert (
        sum(
            ends[each]
            for each in (End.SETTLED_ON_THE_SPOT, End.OPINION_ACCEPTED, End.NOT_CHALLENGED)
        )
        == ACCEPTED - 3
    )
    assert {_last(each).year for each in petitions() if each.filed_on.year == 2025} == {2025}


def test_of_twelve_about_land_one_went_to_court() -> None:
    land = [
        each.end
        for each in petitions()
        if each.category is Category.LAND and each.filed_on.year == 2025
    ]
    assert (len(land), land.count(End.DIVERTED)) == (12, 1)


def test_the_scenario_is_the_same_every_time_and_nobody_in_it_exists() -> None:
    assert list(petitions()) == list(petitions())
    names = {filing(each, REFERENCE_TOWNSHIP)["person"]["name"] for each in petitions()}
    assert all(name.startswith("测试") for name in names)


def test_the_steps_of_a_petition_come_in_the_order_of_their_times() -> None:
    for each in petitions():
        bodies = [filing(each, REFERENCE_TOWNSHIP), *(step.body for step in steps(each))]
        times = [datetime.fromisoformat(body["occurred_at"]) for body in bodies]
        assert times == sorted(times)


def test_the_rate_of_the_summary_does_not_follow_and_its_counts_do() -> None:
    says = {row.stated: row.says for row in judged(_figures())}
    assert says["resolution rate 98.6 %"] is Says.DOES_NOT_FOLLOW
    assert says["resolved 184"] is Says.FOLLOWS
    assert Counter(says.values()) == {Says.FOLLOWS: 10, Says.DOES_NOT_FOLLOW: 1, Says.NOT_YET: 7}
    assert all(row.says is row.expected for row in judged(_figures()))


@pytest.mark.parametrize(
    "name",
    [
        "cases_accepted",
        "land/cases_diverted",
        "mediators",
        "grids",
        "grid_warnings_resolved",
        "matters_on_watch",
    ],
)
def test_another_figure_is_said_not_to_follow(name: str) -> None:
    found = {**_figures(), name: {"value": "9", "groups": _GROUPS}}
    assert any(row.says is not row.expected for row in judged(found))


def test_every_row_of_the_summary_is_there() -> None:
    assert len(ROWS) == 18


def _last(petition: Petition) -> datetime:
    return max(datetime.fromisoformat(step.body["occurred_at"]) for step in steps(petition))


_GROUPS = [
    {"code": "retired-cadre", "value": "32"},
    {"code": "certified", "value": "15"},
    {"code": "respected-elder", "value": "28"},
]


def _figures() -> Figures:
    return {
        "cases_accepted": {"value": "187"},
        "cases_accepted_yoy": {"value": "-12.6"},
        "cases_resolved": {"value": "184"},
        "resolution_rate": {"value": "98.4", "numerator": 184, "denominator": 187},
        "land/cases_accepted": {"value": "12"},
        "land/cases_resolved": {"value": "11"},
        "land/cases_diverted": {"value": "1"},
        "mediators": {"value": "75", "groups": _GROUPS},
        "mediations_ended": {"value": "312"},
        "mediations_succeeded": {"value": "298"},
        "mediation_rate": {"value": "95.5", "numerator": 298, "denominator": 312},
        "villages": {"value": "21"},
        "grids": {"value": "106"},
        "grid_workers": {"value": "112"},
        "patrol_coverage_rate": {"value": "98.1", "numerator": 37951, "denominator": 38690},
        "valid_grid_reports": {"value": "287"},
        "grid_warnings": {"value": "42"},
        "grid_warnings_resolved": {"value": "39"},
        "monitoring_warnings": {"value": "19"},
        "warnings_disposed_in_24h": {"value": "13"},
        "matters_on_watch": {"value": "6"},
    }
