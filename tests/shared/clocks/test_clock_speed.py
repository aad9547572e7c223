"""Counting does not walk, whatever the machine; `make bench BENCH=clock` tells how fast it is."""

from collections.abc import Callable
from datetime import date, timedelta
from time import process_time

from tests.shared.clocks.asking import ask
from tests.shared.clocks.slow_model import count

STARTS = [date(2024, 1, 1) + timedelta(days=n % 1000) for n in range(2000)]


def seconds(work: Callable[[date], object]) -> float:
    """The best of three, so that a neighbour on the machine does not decide."""
    best = float("inf")
    for _ in range(3):
        began = process_time()
        for start in STARTS:
            work(start)
        best = min(best, process_time() - began)
    return best


def test_a_year_is_counted_in_a_fraction_of_the_time_that_looking_at_each_day_takes() -> None:
    ours = seconds(lambda start: ask("C5", start, length=365))
    obvious = seconds(lambda start: count(start, 365, working=False))
    assert ours < obvious / 3


def test_a_hundred_times_the_length_costs_the_same() -> None:
    short = seconds(lambda start: ask("C5", start, length=10))
    long = seconds(lambda start: ask("C5", start, length=1000))
    assert long < 3 * short
