"""The search for a missing event, step by step."""

from shared.streaming.gaps import Advice, Gaps, OutOfOrder

TOWN, NEIGHBOUR = "519900101", "519900102"
BEYOND = {TOWN: OutOfOrder(lowest=4, highest=6, first_offset=100)}


def _met_again(gaps: Gaps) -> Advice:
    return gaps.after_chunk(out_of_order=BEYOND, next_seq={TOWN: 3}, last_good={TOWN: 80})


def test_a_gap_is_searched_from_the_last_good_offset_then_from_0_then_named_absent() -> None:
    gaps = Gaps()
    assert _met_again(gaps) == Advice(read_from=80, opened=(TOWN,))
    assert _met_again(gaps) == Advice(read_from=0)
    assert _met_again(gaps) == Advice(absent=(TOWN,))
    assert gaps.waiting() == 1


def test_an_absent_event_is_named_once_and_the_partition_goes_on() -> None:
    gaps = Gaps()
    for _ in range(3):
        _met_again(gaps)
    assert _met_again(gaps) == Advice()


def test_with_nothing_in_between_the_search_begins_at_0() -> None:
    advice = Gaps().after_chunk(out_of_order=BEYOND, next_seq={TOWN: 3}, last_good={TOWN: 100})
    assert advice.read_from == 0


def test_a_ledger_never_met_on_this_topic_is_searched_from_0() -> None:
    advice = Gaps().after_chunk(out_of_order=BEYOND, next_seq={TOWN: 3}, last_good={})
    assert advice.read_from == 0


def test_two_gaps_are_searched_in_one_reading() -> None:
    out_of_order = BEYOND | {NEIGHBOUR: OutOfOrder(9, 9, 120)}
    advice = Gaps().after_chunk(
        out_of_order=out_of_order,
        next_seq={TOWN: 3, NEIGHBOUR: 8},
        last_good={TOWN: 80, NEIGHBOUR: 60},
    )
    assert advice == Advice(read_from=60, opened=(TOWN, NEIGHBOUR))


def test_the_offset_of_what_lies_is_held_until_the_gap_is_closed() -> None:
    gaps = Gaps()
    _met_again(gaps)
    assert gaps.hold() == 100
    gaps.after_chunk(out_of_order={}, next_seq={TOWN: 7}, last_good={TOWN: 103})
    assert gaps.hold() is None


def test_when_the_missing_event_comes_late_what_lies_is_fetched() -> None:
    gaps = Gaps()
    for _ in range(3):
        _met_again(gaps)
    advice = gaps.after_chunk(out_of_order={}, next_seq={TOWN: 4}, last_good={TOWN: 151})
    assert advice == Advice(read_from=100)


def test_a_ledger_that_misses_more_goes_on_waiting() -> None:
    gaps = Gaps()
    for _ in range(3):
        gaps.after_chunk(
            out_of_order={TOWN: OutOfOrder(9, 9, 100)}, next_seq={TOWN: 3}, last_good={TOWN: 80}
        )
    assert gaps.after_chunk(out_of_order={}, next_seq={TOWN: 5}, last_good={TOWN: 151}) == Advice()
    assert gaps.waiting() == 1


def test_the_neighbours_events_say_nothing_about_a_gap() -> None:
    gaps = Gaps()
    _met_again(gaps)
    assert gaps.after_chunk(out_of_order={}, next_seq={NEIGHBOUR: 7}, last_good={}) == Advice()
    assert gaps.hold() == 100


def test_what_lies_behind_a_parked_event_is_not_searched_and_read_when_it_is_released() -> None:
    gaps = Gaps()
    advice = gaps.after_chunk(
        out_of_order=BEYOND, next_seq={TOWN: 3}, last_good={TOWN: 80}, parked={TOWN}
    )
    assert advice == Advice()
    assert gaps.hold() == 100
    assert gaps.released({TOWN}) is None
    assert gaps.released(set()) == 100
    assert gaps.hold() is None
