"""Mediators come and go; one person counts once, and once in each kind."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from services.mediation.domain.mediator import (
    MEDIATOR,
    EnrolMediator,
    Mediator,
    MediatorIsAnotherPerson,
    MediatorNeedsAKind,
    MediatorNotFound,
    StrikeMediator,
    count,
)
from services.mediation.examples import HER_BROTHER, MEDIATOR_WU, an_id
from shared.contracts.mediation_codes import MediatorKind
from shared.contracts.mediators import MediatorEnrolled, MediatorLeft
from shared.testing.given_when_then import Facts

mediator = Facts(MEDIATOR)
PERSON = an_id(0xA0)
ENROL = EnrolMediator(
    mediator_id=MEDIATOR_WU,
    kinds=frozenset({MediatorKind.CERTIFIED, MediatorKind.RETIRED_CADRE}),
    person_ref=PERSON,
)
ENROLLED = MediatorEnrolled(
    mediator_id=MEDIATOR_WU,
    kinds=(MediatorKind.RETIRED_CADRE, MediatorKind.CERTIFIED),
    person_ref=PERSON,
)
LEFT = MediatorLeft(mediator_id=MEDIATOR_WU)
ELDER = replace(ENROL, kinds=frozenset({MediatorKind.RESPECTED_ELDER, MediatorKind.CERTIFIED}))


def test_a_mediator_is_enrolled_with_several_kinds_at_once() -> None:
    mediator.when(ENROL).then(ENROLLED)
    mediator.given(ENROLLED).when(ENROL).then_nothing()


def test_a_further_kind_is_enrolled_beside_the_others() -> None:
    outcome = mediator.given(ENROLLED).when(ELDER)
    outcome.then(ENROLLED.model_copy(update={"kinds": (MediatorKind.RESPECTED_ELDER,)}))
    outcome.then_state(lambda it: it.kinds == ENROL.kinds | ELDER.kinds)


def test_a_mediator_is_something() -> None:
    mediator.when(replace(ENROL, kinds=frozenset())).then_refused(MediatorNeedsAKind)


def test_a_mediator_is_one_person() -> None:
    other = replace(ENROL, person_ref=HER_BROTHER)
    mediator.given(ENROLLED).when(other).then_refused(MediatorIsAnotherPerson)


def test_a_mediator_leaves_and_may_come_back_as_something_else() -> None:
    mediator.given(ENROLLED).when(StrikeMediator()).then(LEFT)
    mediator.given(ENROLLED, LEFT).when(StrikeMediator()).then_nothing()
    outcome = mediator.given(ENROLLED, LEFT).when(ELDER)
    outcome.then_state(lambda it: it.on_roster and it.kinds == ELDER.kinds)


def test_who_never_was_a_mediator_does_not_leave() -> None:
    mediator.when(StrikeMediator()).then_refused(MediatorNotFound)


def someone(*kinds: MediatorKind, on_roster: bool = True) -> Mediator:
    return Mediator(mediator_id=MEDIATOR_WU, kinds=frozenset(kinds), on_roster=on_roster)


def test_three_kinds_of_people_are_not_added_up() -> None:
    roster = [
        someone(MediatorKind.RETIRED_CADRE, MediatorKind.CERTIFIED),
        someone(MediatorKind.CERTIFIED),
        someone(MediatorKind.RESPECTED_ELDER, on_roster=False),
    ]
    counted = count(roster)
    assert counted.people == 2
    assert counted.by_kind[MediatorKind.CERTIFIED] == 2
    assert counted.by_kind[MediatorKind.RETIRED_CADRE] == 1
    assert counted.by_kind[MediatorKind.RESPECTED_ELDER] == 0


mediators = st.builds(
    Mediator,
    mediator_id=st.just(MEDIATOR_WU),
    kinds=st.frozensets(st.sampled_from(MediatorKind), min_size=1),
    on_roster=st.booleans(),
)


@given(st.lists(mediators, max_size=30))
def test_no_kind_has_more_people_than_there_are(roster: list[Mediator]) -> None:
    counted = count(roster)
    assert max(counted.by_kind.values()) <= counted.people <= sum(counted.by_kind.values())
