"""What is kept of a bounded set does not depend on the order of its entries."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from shared.folding.newest import Bounds, Spread, keep

_FIRST = datetime(2025, 1, 1, tzinfo=UTC)


class Said(NamedTuple):
    """An entry."""

    at: datetime
    number: int
    says: str
    of: str
    live: bool = True
    record: str | None = None

    @property
    def order(self) -> tuple[datetime, int]:
        return (self.at, self.number)


entries = st.lists(
    st.tuples(st.integers(0, 900), st.sampled_from("ab"), st.sampled_from("xyz")), max_size=20
).map(
    lambda drawn: [
        Said(_FIRST + timedelta(days=day), number, says, of)
        for number, (day, says, of) in enumerate(drawn)
    ]
)
BOUNDS = Bounds(most=3, horizon=timedelta(days=400), one_each=frozenset({"b"}))


def kept_of(entries: list[Said]) -> list[Said]:
    kept: list[Said] = []
    for each in entries:
        keep(kept, each, BOUNDS)
    return kept


@given(entries, st.randoms(use_true_random=False))
def test_the_same_is_kept_in_any_order(read: list[Said], shuffled: object) -> None:
    other = list(read)
    shuffled.shuffle(other)  # type: ignore[attr-defined]
    assert kept_of(read) == kept_of(other)


@given(entries)
def test_of_some_kinds_the_newest_of_each_item_is_kept(read: list[Said]) -> None:
    newest = {
        each.of: each for each in sorted(read, key=lambda each: each.order) if each.says == "b"
    }
    assert {each for each in kept_of(read) if each.says == "b"} == set(newest.values())


WITHIN = timedelta(days=30)
SPREAD = Bounds(
    most=1,
    horizon=timedelta(days=10_000),
    spread={"a": Spread(length=WITHIN, items=2)},
    with_records=frozenset({"b"}),
)
spread_out = st.lists(
    st.tuples(st.integers(0, 120), st.sampled_from("xyz"), st.booleans()), max_size=20
).map(
    lambda drawn: [
        Said(_FIRST + timedelta(days=day), number, "a", of, live)
        for number, (day, of, live) in enumerate(drawn)
    ]
)


def most_items(entries: list[Said]) -> int:
    """Of any stretch of thirty days with a live entry; two is the most that anybody asks for."""
    stretches = [
        [each for each in entries if begin.at <= each.at <= begin.at + WITHIN] for begin in entries
    ]
    of_live = [each for each in stretches if any(one.live for one in each)]
    return max((min(2, len({one.of for one in each})) for each in of_live), default=0)


@given(spread_out, st.randoms(use_true_random=False))
def test_what_is_kept_of_periods_decides_as_all_of_it_would(
    read: list[Said], shuffled: object
) -> None:
    kept: list[Said] = []
    for each in read:
        keep(kept, each, SPREAD)
    assert most_items(kept) == most_items(read)
    shuffled.shuffle(read)  # type: ignore[attr-defined]
    other: list[Said] = []
    for each in read:
        keep(other, each, SPREAD)
    assert other == kept


def test_a_kind_is_kept_with_its_records() -> None:
    said = Said(_FIRST, 1, "a", "x", record="r")
    void = Said(_FIRST, 2, "b", "x", record="r")
    kept: list[Said] = []
    for each in (said, void, *(Said(_FIRST, number, "b", "x") for number in (3, 4, 5))):
        keep(kept, each, SPREAD)
    assert void in kept
    for number in range(10, 20):
        keep(kept, Said(_FIRST + timedelta(days=9_000 + number), number, "a", "x"), SPREAD)
        keep(kept, Said(_FIRST + timedelta(days=20_000 + number), number, "a", "x"), SPREAD)
    assert said not in kept
    assert void not in kept


def test_an_entry_that_is_there_or_is_older_is_not_kept_again() -> None:
    old, new = (Said(_FIRST + timedelta(days=day), day, "b", "x") for day in (0, 900))
    kept: list[Said] = []
    assert [keep(kept, each, BOUNDS) for each in (old, old, new, old)] == [
        True,
        False,
        True,
        False,
    ]
    assert kept == [new]
