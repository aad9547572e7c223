"""A warning that a rule raised is judged by its cause, and by how often it was raised."""

from dataclasses import replace

from tests.chaos.made_up import DISPUTE, GRID, Made, shown
from tests.chaos.rules.warned import warnings_are_raised_once
from tests.chaos.test_follow_ups_judged import ALL, BREACHED, VERBS, found

SAID = {"rule": "agreement-broken", "subject": DISPUTE, "episode": 1}
WARNED = Made(GRID, "warning", "warning-raised", "undo", BREACHED.event_id, said=SAID)


def test_a_warning_of_a_broken_promise_is_no_event_that_nobody_asked_for() -> None:
    assert found(shown([*ALL, WARNED], VERBS)) == []


def test_a_warning_that_was_raised_twice() -> None:
    twice = [*ALL, WARNED, replace(WARNED, stream_id="another")]
    assert found(shown(twice, VERBS)) == [("warning", "was raised 2 times")]


def test_a_warning_of_what_stands_nowhere() -> None:
    lost = replace(WARNED, cause="nothing/that-stands")
    (says,) = warnings_are_raised_once(shown([*ALL, lost], VERBS))
    assert says.says == "has a cause that stands nowhere"
