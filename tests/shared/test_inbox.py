"""Sifting: whatever the topic does to a ledger's events, each is taken once and in order."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from shared.inbox import Position, sift

TOWN, NEIGHBOUR = "519900101", "519900102"
towns = st.sampled_from([TOWN, NEIGHBOUR, "519900103"])
places = st.lists(st.tuples(towns, st.integers(1, 8)), max_size=60)
starts = st.dictionaries(towns, st.integers(1, 5))


def _taken_by_ledger(
    messages: list[tuple[str, int]], next_seq: dict[str, int]
) -> dict[str, list[int]]:
    taken: dict[str, list[int]] = defaultdict(list)
    for index in sift(messages, next_seq).taken:
        division, sequence = messages[index]
        taken[division].append(sequence)
    return taken


def _unbroken(messages: list[tuple[str, int]], division: str, wanted: int) -> list[int]:
    there = {sequence for town, sequence in messages if town == division}
    run = []
    while wanted in there:
        run.append(wanted)
        wanted += 1
    return run


@given(places, starts)
def test_every_ledger_is_taken_without_break_once_and_in_order(
    messages: list[tuple[str, int]], next_seq: dict[str, int]
) -> None:
    taken = _taken_by_ledger(messages, next_seq)
    for division in {town for town, _ in messages}:
        wanted = next_seq.get(division, 1)
        assert taken[division] == _unbroken(messages, division, wanted)


@given(places, starts)
def test_positions_follow_what_was_taken(
    messages: list[tuple[str, int]], next_seq: dict[str, int]
) -> None:
    taken = _taken_by_ledger(messages, next_seq)
    sifted = sift(messages, next_seq)
    for division, sequences in taken.items():
        if sequences:
            assert sifted.next_seq[division] == sequences[-1] + 1


@given(places, starts, st.integers(0, 60))
def test_chunks_one_after_the_other_never_take_more_than_the_whole(
    messages: list[tuple[str, int]], next_seq: dict[str, int], cut: int
) -> None:
    first = sift(messages[:cut], next_seq)
    second = sift(messages[cut:], first.next_seq)
    whole = sift(messages, next_seq)
    for division in whole.next_seq:
        assert second.next_seq.get(division, 1) <= whole.next_seq[division]


@given(places, starts)
def test_what_lies_beyond_a_gap_is_named_and_not_taken(
    messages: list[tuple[str, int]], next_seq: dict[str, int]
) -> None:
    sifted = sift(messages, next_seq)
    for division, beyond in sifted.out_of_order.items():
        assert beyond
        for sequence, index in beyond.items():
            assert messages[index] == (division, sequence)
            assert sequence > sifted.next_seq.get(division, 1)
            assert index not in sifted.taken


def test_a_gap_in_one_ledger_does_not_hold_up_the_other() -> None:
    sifted = sift([(TOWN, 2), (NEIGHBOUR, 1), (TOWN, 3), (NEIGHBOUR, 2)], {})
    assert sifted.taken == [1, 3]
    assert sifted.out_of_order == {TOWN: {2: 0, 3: 2}}


def test_reading_again_moves_no_offset_back() -> None:
    position = Position(5, "topic", 3, 40)
    assert position.met("topic", 3, 12, 5).last_offset == 40


def test_a_new_topic_begins_with_its_own_offsets() -> None:
    position = Position(5, "old", 3, 40)
    assert position.met("new", 3, 12, 5) == Position(5, "new", 3, 12)
