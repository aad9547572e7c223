"""Exactly one unit holds a matter, whatever is done with it, in whatever order ledgers are read."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.intake import examples
from services.intake.domain.case import CaseState
from services.intake.domain.case.assigning import AssignCase
from services.intake.domain.case.forwarding import ForwardCase
from services.intake.domain.case.objection import DecideObjection, NoObjection, SuperiorDecides
from services.intake.domain.case.remit import LapseRemit, ObjectToRemit, TakeRemit
from shared.contracts.transfer_codes import ObjectionReason
from shared.times import china_day
from tests.intake.passing_matters import COUNTY, DIVISIONS, HOME, LATE, County

B, C = "519900102", "519900103"
OBJECT = ObjectToRemit(by_unit="petition-office", reason=ObjectionReason.ANOTHER_AREA, until=LATE)
TAKE, LAPSE = TakeRemit(), LapseRemit()
UPHOLD, REJECT = DecideObjection(upheld=True), DecideObjection(upheld=False)


def forward(division: str, unit: str = "petition-office") -> ForwardCase:
    return ForwardCase(to_unit=unit, to_division=division)


def assign(division: str, unit: str = "petition-office") -> AssignCase:
    return AssignCase(to_unit=unit, to_division=division)


PASSING = [
    make(division, unit)
    for make in (forward, assign)
    for division in DIVISIONS
    for unit in ("petition-office", "water")
]
DECIDING = [TAKE, LAPSE, REJECT, *[OBJECT] * 5, *[UPHOLD] * 3]
HANDLING = [
    *(examples.ACCEPT, examples.ANSWER, examples.RECORD, examples.RESOLVE, examples.REOPEN),
    *(examples.HAND_CASE_OVER, examples.DIVERT, examples.STATE_WITHDRAWAL, examples.TAKE_BACK),
]
acts = st.sampled_from([*PASSING * 2, *DECIDING * 3, *HANDLING])
ANYWHERE, ALL_IS_READ = -1, ("all", None)
"""The first case that takes the act; every ledger is read to its end."""
kills = st.sampled_from([None, None, 0, 1, 2])
reading = st.tuples(st.sampled_from(DIVISIONS), kills)
histories = st.lists(
    st.one_of(
        st.tuples(st.integers(0, 5), acts),
        st.tuples(st.just(ANYWHERE), acts),
        st.tuples(st.just(ANYWHERE), acts),
        reading,
        st.just(ALL_IS_READ),
    ),
    min_size=15,
    max_size=60,
)


def played(county: County, first: Any, second: Any) -> None:
    """One element of a history: a ledger is read, or something is done in a case."""
    if (first, second) == ALL_IS_READ:
        county.settle()
    elif isinstance(first, str):
        county.read(first, killed_after=second)
    else:
        any(county.tries(case_id, second) for case_id in cases_at(county, first))


def cases_at(county: County, place: int) -> list[str]:
    """One case of the matter, or all of them."""
    known = sorted(county.streams)
    return known if place == ANYWHERE else [known[place % len(known)]]


@settings(deadline=None)
@given(histories=histories, home=st.sampled_from([HOME, HOME, COUNTY]))
def test_one_unit_holds_it_at_home_always_and_elsewhere_once_all_is_read(
    histories: list[tuple[Any, Any]], home: str
) -> None:
    county = County(home_division=home)
    for first, second in histories:
        played(county, first, second)
        assert county.case(county.home).holder is not None
        assert len(county.holding()) <= 1, "two ledgers hold one matter"
    county.settle()
    holder = county.case(county.home).holder
    assert holder is not None
    assert not holder.on_its_way
    assert county.holding() == [holder.case_id]
    assert county.case(holder.case_id).unit == holder.unit
    assert not [each for each, case in county.cases().items() if case.is_on_its_way]


@given(histories=histories)
def test_what_is_out_or_returned_takes_no_further_act(histories: list[tuple[Any, Any]]) -> None:
    county = County()
    for first, second in histories:
        if isinstance(first, str):
            played(county, first, second)
            continue
        for case_id in cases_at(county, first):
            state = county.case(case_id).state
            acted = county.tries(case_id, second)
            if state in {CaseState.TRANSFERRED_OUT, CaseState.RETURNED}:
                assert not acted or isinstance(second, DecideObjection)


def passed_on(county: County, from_case: str, command: Any) -> str:
    """The receiver's case."""
    county.act(from_case, command)
    county.settle()
    hop = county.case(from_case).transfers.current
    assert hop is not None
    return hop.case_id


def kinds(county: County, case_id: str) -> list[str]:
    return [each.event.kind for each in county.streams[case_id]]


def test_a_matter_bounces_to_the_county_and_back() -> None:
    county = County()
    home = county.home
    first = passed_on(county, home, forward(B))
    county.act(first, OBJECT)
    county.settle()
    county.act(home, UPHOLD)
    county.settle()
    assert county.case(first).state is CaseState.RETURNED
    assert county.case(home).state is CaseState.FILED
    second = passed_on(county, home, forward(C))
    county.act(second, OBJECT)
    county.settle()
    holder = county.case(home).holder
    assert holder is not None
    assert (holder.division, holder.on_its_way) == (COUNTY, False)
    assert county.case(second).state is CaseState.RETURNED
    assert kinds(county, second) == ["case-filed", "remit-objected", "case-returned"]
    assert kinds(county, holder.case_id) == ["case-filed", "remit-taken"]
    third = passed_on(county, holder.case_id, assign(B))
    assert county.case(third).required.home_case_id == home
    assert county.case(third).matter_id == county.case(home).matter_id
    assert not county.tries(third, OBJECT)
    assert not county.tries(third, forward(C))
    assert county.tries(third, examples.ACCEPT)
    assert county.tries(third, examples.ANSWER)
    county.settle()
    for overseer in (home, holder.case_id):
        assert county.steps(overseer, third)[-2:] == ["accepted", "answered"], overseer


def test_a_second_objection_is_not_the_sender_s_to_decide() -> None:
    county = County()
    first = passed_on(county, county.home, forward(B))
    county.act(first, OBJECT)
    county.settle()
    county.act(county.home, REJECT)
    county.settle()
    second = passed_on(county, first, forward(C))
    county.act(second, OBJECT)
    county.settle()
    with pytest.raises(NoObjection):
        county.act(first, UPHOLD)
    holder = county.case(county.home).holder
    assert holder is not None
    assert holder.division == COUNTY
    assert county.case(first).state is CaseState.TRANSFERRED_OUT


def test_the_home_that_sent_it_cannot_decide_a_second_objection_either() -> None:
    county = County()
    for each in (B, C):
        receiver = passed_on(county, county.home, forward(each))
        county.act(receiver, OBJECT)
        county.read(each), county.read(each)
        if each == B:
            county.act(county.home, UPHOLD)
            county.settle()
    with pytest.raises(SuperiorDecides):
        county.act(county.home, UPHOLD)


def test_assigned_back_to_its_home_it_is_held_there_and_the_county_learns_of_it() -> None:
    county = County()
    above = passed_on(county, county.home, forward(COUNTY))
    county.act(above, assign(HOME, "land-office"))
    county.settle()
    home = county.case(county.home)
    assert home.holder is not None
    assert (home.holder.division, home.holder.unit) == (HOME, "land-office")
    assert home.state is CaseState.FORWARDED
    assert not county.tries(county.home, forward(B))
    assert county.tries(county.home, examples.ACCEPT)
    county.settle()
    assert county.steps(above, county.home)[-1] == "accepted"


def test_who_passed_it_on_in_between_does_not_see_it_on_its_way_for_ever() -> None:
    county = County()
    between = passed_on(county, county.home, forward(B))
    county.act(between, TAKE)
    above = passed_on(county, between, forward(COUNTY))
    passed_on(county, above, assign(C))
    assert county.case(county.home).transfers.current is not None
    assert [county.case(each).is_on_its_way for each in (county.home, between, above)] == [
        False
    ] * 3


def test_a_matter_that_was_taken_does_not_bounce_without_an_objection() -> None:
    county = County()
    there = passed_on(county, county.home, forward(B))
    county.act(there, TAKE)
    assert not county.tries(there, forward(HOME))
    further = passed_on(county, there, forward(C))
    county.act(further, TAKE)
    assert not county.tries(further, forward(B))
    assert not county.tries(further, forward(HOME))
    assert county.tries(further, forward(COUNTY))


def test_what_comes_back_to_the_county_is_assigned_and_forwarded_no_more() -> None:
    county = County(home_division=COUNTY)
    there = passed_on(county, county.home, forward(B))
    county.act(there, TAKE)
    passed_on(county, there, forward(COUNTY))
    assert not county.tries(county.home, forward(B))
    assert county.tries(county.home, assign(B))


def test_what_is_given_back_is_on_its_way_until_its_home_has_it() -> None:
    county = County()
    above = passed_on(county, county.home, forward(COUNTY))
    county.act(above, assign(HOME))
    assert county.case(above).is_on_its_way
    county.settle()
    assert not county.case(above).is_on_its_way


def test_it_is_received_on_the_day_of_its_own_registration() -> None:
    county = County()
    county.act(county.home, forward(B))
    county.now += timedelta(days=20)
    county.settle()
    hop = county.case(county.home).transfers.current
    assert hop is not None
    received_on = county.case(hop.case_id).received_on
    assert received_on == china_day(county.now) == hop.on + timedelta(days=20)


def test_the_time_to_object_lapses_and_the_receiver_holds_it() -> None:
    county = County()
    first = passed_on(county, county.home, forward(B))
    county.act(first, LAPSE)
    county.settle()
    assert not county.tries(first, OBJECT)
    assert county.holding() == [first]
    hop = county.case(county.home).transfers.current
    assert hop is not None
    assert hop.step is not None
    assert hop.step.value == "taken"
