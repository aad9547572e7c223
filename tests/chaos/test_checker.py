"""The checker is given what a broken system would show, and has to name it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.chaos.checker import check
from tests.chaos.counts import counted
from tests.chaos.made_up import CASE, DIVISION, INTAKE, Made, chained, shown
from tests.chaos.observed import Command, Fate, Observation

LIFE = {
    "file": ("case-filed",),
    "accept": ("case-routed", "case-accepted"),
    "answer": ("opinion-issued", "opinion-served"),
    "resolve": ("case-resolved",),
}


def of_case(*kinds: tuple[str, str]) -> list[Made]:
    """Events of one case: the command and the kind of each."""
    return [Made(INTAKE, CASE, kind, command) for command, kind in kinds]


def sound() -> Observation:
    """What a system shows that has done everything right."""
    events = of_case(*((verb, kind) for verb, kinds in LIFE.items() for kind in kinds))
    return shown(events, {verb: verb for verb in LIFE})


def found(seen: Observation) -> list[tuple[str, str]]:
    return [(finding.rule, finding.says) for finding in check(seen)]


def test_nothing_is_said_against_a_sound_system() -> None:
    assert check(sound()) == []


def test_copies_on_the_topic_are_no_fault() -> None:
    seen = sound()
    copies = [*seen.messages, *seen.messages[:3], *seen.messages]
    assert check(replace(seen, messages=copies)) == []


def test_what_a_fault_put_on_the_topic_out_of_order_is_no_fault_of_the_relays() -> None:
    seen = sound()
    ahead = replace(seen.messages[3], injected=True)
    assert check(replace(seen, messages=[ahead, *seen.messages])) == []


def test_an_acknowledged_command_that_is_not_in_the_ledger() -> None:
    seen = sound()
    lost = Command("lost", "close", INTAKE, Fate.ACKNOWLEDGED, 6)
    assert found(replace(seen, commands=[*seen.commands, lost])) == [
        ("ledger", "acknowledged and not in the ledger")
    ]


def test_a_command_that_was_written_twice() -> None:
    ledgers = chained(of_case(("file", "case-filed"), ("file", "case-filed")))
    assert ("ledger", "wrote case-filed + case-filed, not case-filed once") in found(
        replace(sound(), ledgers=ledgers)
    )


def test_a_command_that_was_written_by_half() -> None:
    seen = sound()
    half = [event for event in seen.ledgers[INTAKE] if event.kind != "opinion-served"]
    said = found(replace(seen, ledgers={INTAKE: half}))
    assert ("ledger", "wrote opinion-issued, not opinion-issued + opinion-served once") in said
    assert ("chain", "is the 5. event of the ledger") in said


def test_a_refused_command_that_left_a_trace() -> None:
    seen = sound()
    seen.commands[3].fate, seen.commands[3].problem = Fate.REFUSED, "409"
    assert found(seen) == [("ledger", "refused (409), yet it wrote case-resolved")]


def test_a_position_that_is_not_where_the_events_are() -> None:
    seen = sound()
    seen.commands[0].position = 7
    assert found(seen) == [("ledger", "acknowledged at 7, written at 1")]


def test_an_event_that_nobody_asked_for() -> None:
    seen = sound()
    assert ("unasked", "case-resolved of no command") in found(
        replace(seen, commands=seen.commands[:3])
    )


def test_an_unanswered_command_may_be_there_or_not() -> None:
    seen = sound()
    seen.commands[3].fate = Fate.UNANSWERED
    absent = Command("lost", "close", INTAKE)
    assert check(replace(seen, commands=[*seen.commands, absent])) == []


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("hash", b"forged", "has a hash that does not follow"),
        ("previous_hash", b"forged", "does not hold the hash of the event before"),
        ("version", 9, "is the 3. event of its stream and says 9"),
        (
            "recorded_at",
            datetime(2025, 1, 1, tzinfo=UTC),
            "was recorded before the event before it",
        ),
    ],
)
def test_a_ledger_that_was_tampered_with(name: str, value: object, says: str) -> None:
    seen = sound()
    events = list(seen.ledgers[INTAKE])
    events[2] = replace(events[2], **{name: value})  # type: ignore[arg-type]
    assert ("chain", says) in found(replace(seen, ledgers={INTAKE: events}))


def test_an_event_that_never_came_to_the_topic() -> None:
    seen = sound()
    kept = [message for message in seen.messages if message.sequence != 2]
    assert found(replace(seen, messages=kept)) == [
        ("topic", "event 3 came first where 2 was due"),
        ("topic", "1 events are not on the topic, the first is 2"),
    ]


def test_a_relay_that_sent_out_of_order() -> None:
    seen = sound()
    first, second, *rest = seen.messages
    assert ("topic", "event 2 came first where 1 was due") in found(
        replace(seen, messages=[second, first, *rest])
    )


def test_a_message_that_is_not_the_ledgers() -> None:
    seen = sound()
    foreign = replace(seen.messages[0], hash=b"foreign")
    assert found(replace(seen, messages=[*seen.messages, foreign])) == [
        ("topic", "event 1 on the topic is not the ledger's")
    ]


def test_a_figure_that_counts_a_case_twice_and_one_that_misses_it() -> None:
    seen = sound()
    figures = {**seen.figures, (DIVISION, "cases_filed"): 2, (DIVISION, "cases_resolved"): 0}
    assert found(replace(seen, figures=figures)) == [
        ("figure", "is 2, by the ledger it is 1"),
        ("figure", "is 0, by the ledger it is 1"),
    ]


def test_evidence_that_names_a_case_twice_or_one_that_does_not_count() -> None:
    seen = sound()
    evidence = {(DIVISION, "cases_filed"): [CASE, CASE], (DIVISION, "cases_closed"): [CASE]}
    assert found(replace(seen, evidence=evidence)) == [
        ("evidence", f"{CASE} is named 2 times, due 1"),
        ("evidence", f"{CASE} is named 1 times, due 0"),
    ]


def test_figures_that_are_behind_the_ledger() -> None:
    assert found(replace(sound(), as_of={**sound().as_of, INTAKE: 4})) == [
        ("as of", "stats is at 4, the ledger at 6")
    ]


def test_an_event_that_was_put_aside() -> None:
    assert found(replace(sound(), parked={("mediation", INTAKE): 2})) == [
        ("parked", "2 of its events were put aside by mediation")
    ]


def test_an_answer_that_was_neither_yes_nor_no_nor_not_now() -> None:
    seen = sound()
    seen.commands[0].odd_answers.append("500 /problems/unexpected")
    assert found(seen) == [("answer", "500 /problems/unexpected")]


def test_a_reopened_case_no_longer_counts_as_ended() -> None:
    events = of_case(("a", "case-filed"), ("b", "case-resolved"), ("c", "case-reopened"))
    found_in = counted(chained(events)[INTAKE])
    assert not found_in["cases_resolved"]
    assert found_in["cases_filed"] == {CASE: 1}
