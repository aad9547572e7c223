"""Total, part and rate next to each other: their order alone leaves no other reading."""

from collections.abc import Iterator

from claims.rules.label import RateName, is_numerator, is_plain, is_undone
from claims.rules.reading import Spoken
from claims.rules.ties import pools
from claims.rules.ties.lists import is_outcome
from claims.rules.ties.pairs import base_of
from claims.rules.ties.quotient import Pairing


def opened(spoken: Spoken, at: int, name: RateName) -> Iterator[Pairing]:
    """Of the 312 mediations held, 298 succeeded, a success rate of 95.5%."""
    if at > 1 and base_of(spoken, at) == at - 2 and is_numerator(spoken.figures[at - 1], name):
        part, whole = spoken.figures[at - 1], spoken.figures[at - 2]
        yield Pairing((part,), (whole,), certain=part.is_count and part.value <= whole.value)


def in_a_row(spoken: Spoken, at: int, name: RateName) -> Iterator[Pairing]:
    """包案40件,化解36件,化解率90%: total, part and rate, and no other total that may be meant."""
    if not {at - 2, at - 1} <= set(spoken.counts) or name.own_bases is not None or name.is_due:
        return
    whole, part = spoken.figures[at - 2], spoken.figures[at - 1]
    if (
        whole.unit
        and whole.value >= part.value
        and is_numerator(part, name)
        and is_plain(part, whole, name)
        and not (is_outcome(whole) or is_undone(whole, name))
        and all(word in part.words + whole.words for word in name.rest.split())
        and [*pools.of_clause(spoken, at, part.unit)] == [part, whole]
    ):
        yield Pairing((part,), (whole,), certain=True)
