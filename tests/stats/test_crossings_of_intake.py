"""By intake's own rules: stats counts a matter in the very case whose fold holds it."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cli import verify
from services.stats.domain.case_subject import CASE
from shared.cloudevents import RecordedEvent
from shared.divisions import division_of
from tests.intake.passing_matters import COUNTY, DIVISIONS, HOME, County
from tests.intake.test_one_holder import (
    OBJECT,
    TAKE,
    UPHOLD,
    B,
    C,
    assign,
    forward,
    histories,
)
from tests.verify.exports import line_of


def recorded(county: County, case_id: str) -> list[RecordedEvent]:
    """The case's events as if they were the only ones of its ledger."""
    return [
        RecordedEvent(
            source="/intake",
            division=division_of(case_id),
            sequence=number,
            stream_id=case_id,
            event_id=each.event_id,
            kind=each.event.kind,
            schema_version=each.event.schema_version,
            data=each.event.to_canonical(),
            occurred_at=each.mark.occurred_at,
            recorded_at=each.mark.occurred_at,
            previous_hash=bytes(32),
            hash=bytes(32),
        )
        for number, each in enumerate(county.streams[case_id], start=1)
    ]


def counting(county: County) -> list[str]:
    """The cases that stats counts as filed; the verifier does so, too."""
    found = []
    for case_id in list(county.streams):
        events = recorded(county, case_id)
        fact = CASE.fold(step for event in events for step in CASE.steps_of(event))
        counted = {name for name, _, *_ in CASE.contributions(fact)}
        told = verify.Cases(division_of(case_id))
        for event in events:
            told.take(verify.read_event(line_of(event)))
        assert counted == {
            name.partition(":")[0] for name, _ in verify.counted(told.cases[case_id])
        } - {"notice_late", "accepted_late", "replied_late"}
        if "filed" in counted:
            found.append(case_id)
        else:
            assert {"filed_transferred_out", "filed_returned"} & counted
    return found


def test_a_matter_that_two_pass_on_and_one_gets_back_is_counted_where_it_is_held() -> None:
    county = County()
    at_b = then(county, county.home, forward(B))
    then(county, at_b, TAKE)
    at_c = then(county, at_b, forward(C))
    then(county, at_c, OBJECT)
    then(county, at_b, UPHOLD)
    assert counting(county) == [at_b]
    at_county = then(county, at_b, forward(COUNTY))
    then(county, at_county, assign(HOME))
    assert counting(county) == [county.home]


def then(county: County, case_id: str, command: Any) -> str:
    """Where the matter is after that, and all that follows; it is counted in one place meanwhile."""
    county.act(case_id, command)
    while any(county.read(division) for division in DIVISIONS):
        assert counting(county) == county.holding()
    holder = county.case(county.home).holder
    assert holder
    return holder.case_id


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(histories=histories, home=st.sampled_from([HOME, HOME, COUNTY]))
def test_it_is_counted_where_it_is_held_and_once_when_all_is_read(
    histories: list[tuple[Any, Any]], home: str
) -> None:
    county = County(home_division=home)
    for first, second in histories:
        if isinstance(first, str):
            county.read(first, killed_after=second)
        else:
            known = sorted(county.streams)
            county.tries(known[first % len(known)], second)
        assert counting(county) == county.holding()
    county.settle()
    holder = county.case(county.home).holder
    assert holder
    assert counting(county) == [holder.case_id]
