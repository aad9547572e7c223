"""The load can ask for all that its lives consist of, whatever was answered before."""

import re
from collections.abc import Iterator
from random import Random

import pytest

from shared.contracts.catalogue import SERVICES
from tests.chaos.deeds import DEEDS
from tests.chaos.faults import FAULTS
from tests.chaos.kinds import KINDS
from tests.chaos.lives import LIVES, SETTING_UP, Life, Step, draw_life
from tests.chaos.plan import draw

KNOWN_AT_FIRST = {"division", "session", "committee", "mediator", "grid_code", "worker", "client"}


def needed(verb: str) -> set[str]:
    """What a command's address and body have to be filled with."""
    deed = DEEDS[verb]
    return set(re.findall(r"\$(\w+)", f"{deed.path} {deed.body}"))


def verbs(life: Life) -> Iterator[str]:
    return (step.verb for step in life if isinstance(step, Step))


@pytest.mark.parametrize("life", LIVES, ids=lambda life: "-".join(verbs(life)))
def test_every_step_knows_what_it_needs(life: Life) -> None:
    known = set(KNOWN_AT_FIRST)
    for step in life:
        if isinstance(step, Step):
            assert needed(step.verb) <= known, step.verb
            known |= {DEEDS[step.verb].names or "division"}
        elif step.for_what in {"dispute", "taken-up"}:
            known.add("mediation")


def test_every_command_is_asked_for_by_some_life_and_judged() -> None:
    lived = {verb for life in LIVES for verb in verbs(life)}
    assert lived | set(SETTING_UP) == DEEDS.keys() == KINDS.keys()


def test_what_is_due_of_a_command_is_published() -> None:
    for verb, kinds in KINDS.items():
        assert set(kinds) <= {event.kind for event in SERVICES[DEEDS[verb].service]}, verb


def test_every_life_and_every_fault_is_drawn_by_some_seed() -> None:
    chance = Random(1)
    assert {draw_life(chance) for _ in range(1_000)} == set(LIVES)
    assert {name for seed in range(1, 101) for name in draw(seed).names} == FAULTS.keys()


def test_a_seed_stands_for_the_same_plan_each_time() -> None:
    assert draw(7) == draw(7) != draw(8)
