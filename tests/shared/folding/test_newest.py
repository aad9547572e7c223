"""What is kept of a bounded set does not depend on the order of its entries."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from shared.folding.newest import Bounds, keep

_FIRST = datetime(2025, 1, 1, tzinfo=UTC)


class Said(NamedTuple):
    """An entry."""

    at: datetime
    number: int
    says: str
    of: str

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
