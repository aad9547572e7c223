"""Every clock of every policy, started on each day of three years, against the obvious model."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from shared.clocks.clock import Clock, Unit
from shared.clocks.policy import Policy
from shared.clocks.shipped import shipped_policies
from tests.shared.clocks.asking import ask
from tests.shared.clocks.slow_model import count

FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


def clocks() -> Iterator[tuple[Policy, Clock]]:
    """Those of the national policy, and what others have of their own."""
    seen: set[Clock] = set()
    for policy in sorted(shipped_policies().values(), key=lambda each: each.base is not None):
        for clock in policy.clocks():
            if clock not in seen:
                yield policy, clock
            seen.add(clock)


@pytest.mark.parametrize(
    ("policy", "clock"),
    [pytest.param(*each, id=f"{each[0].version}-{each[1].id}") for each in clocks()],
)
def test_it_ends_as_the_obvious_model_says(policy: Policy, clock: Clock) -> None:
    given = 45 if clock.length == "per-case" else None
    length = given or (clock.length if isinstance(clock.length, int) else 0)
    for start in DAYS:
        due = ask(clock.id, start, policy=policy, length=given)
        if clock.unit is Unit.HOURS:
            assert (due.due_on, due.due_on_for_petitioner) == (start, start)
            continue
        expected = count(start, length, working=clock.unit is Unit.WORKING_DAYS)
        assert (due.due_on, due.due_on_for_petitioner, due.provisional) == expected, start


def test_all_nineteen_clocks_of_the_field_are_there() -> None:
    ids = {clock.id.partition("-")[0] for _, clock in clocks()}
    assert ids == {f"C{number}" for number in range(1, 20)}
