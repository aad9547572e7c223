"""The page of states says what the decider does, and leaves nothing out."""

from pathlib import Path

import pytest

from services.mediation.domain.mediation import MEDIATION
from services.mediation.domain.mediation_state import MediationState
from services.mediation.state_table import (
    MOMENTS,
    WISHES,
    answer,
    kinds_of_wishes,
    mediation_at,
    states_page,
)

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_page_of_states_is_up_to_date() -> None:
    page = (DOCS / "mediation-states.md").read_text(encoding="utf-8")
    assert page == states_page(), "run `make docs`"


def test_every_kind_of_wish_is_in_the_table_once() -> None:
    kinds = [type(wish) for wish in WISHES]
    assert set(kinds) == kinds_of_wishes()
    assert len(kinds) == len(set(kinds))


def test_every_state_is_in_the_table() -> None:
    assert {mediation_at(moment).state for moment in MOMENTS} == set(MediationState)


def test_every_wish_is_fulfilled_at_some_moment_and_refused_at_another() -> None:
    for wish in WISHES:
        answers = [answer(wish, mediation_at(moment)) for moment in MOMENTS]
        assert any(said.facts for said in answers), wish
        if type(wish).__name__ != "ApplyForMediation":
            assert any(said.refusal for said in answers), wish


@pytest.mark.parametrize("moment", MOMENTS)
def test_every_step_towards_a_moment_brings_something(moment: str) -> None:
    mediation = MEDIATION.initial
    for wish in MOMENTS[moment]:
        events = MEDIATION.decide(wish, mediation)
        assert events
        mediation = MEDIATION.fold(events, mediation)
