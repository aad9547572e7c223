"""Workers come and go; one person counts once, whatever the employment."""

from dataclasses import replace
from datetime import timedelta

from services.grid.domain.grid_worker import (
    GRID_WORKER,
    EmploymentsOverlap,
    GridWorkerIsAnotherPerson,
    GridWorkerLeftOtherwise,
    GridWorkerNotFound,
)
from services.grid.domain.validity import EndsBeforeItBegan
from services.grid.examples import (
    ENROL,
    FIRST_DAY,
    HALF_YEAR,
    LAST_DAY,
    LEAVE,
    OTHER_PERSON,
    PERSON,
    WORKER,
)
from shared.contracts.grid import GridWorkerEnrolled, GridWorkerLeft
from shared.contracts.grid_codes import Employment
from shared.testing.given_when_then import Facts

worker = Facts(GRID_WORKER)
A_DAY = timedelta(days=1)
ENROLLED = GridWorkerEnrolled(
    worker_id=WORKER, employment=Employment.FULL_TIME, person_ref=PERSON, from_day=FIRST_DAY
)
LEFT = GridWorkerLeft(worker_id=WORKER, last_day=LAST_DAY)
HALF = replace(ENROL, employment=Employment.PART_TIME, from_day=HALF_YEAR)


def test_somebody_is_enrolled_once_in_an_employment() -> None:
    worker.when(ENROL).then(ENROLLED)
    worker.given(ENROLLED).when(ENROL).then_nothing()


def test_another_employment_follows_the_one_before() -> None:
    outcome = worker.given(ENROLLED).when(HALF)
    outcome.then_kinds(GridWorkerEnrolled)
    outcome.then_state(lambda it: it.since == FIRST_DAY and it.works_on(FIRST_DAY))
    early = replace(HALF, from_day=FIRST_DAY)
    worker.given(ENROLLED).when(early).then_refused(EmploymentsOverlap)


def test_a_worker_is_one_person() -> None:
    other = replace(ENROL, person_ref=OTHER_PERSON)
    worker.given(ENROLLED).when(other).then_refused(GridWorkerIsAnotherPerson)


def test_a_worker_leaves_once() -> None:
    worker.given(ENROLLED).when(LEAVE).then(LEFT)
    worker.given(ENROLLED, LEFT).when(LEAVE).then_nothing()
    other = replace(LEAVE, last_day=HALF_YEAR)
    worker.given(ENROLLED, LEFT).when(other).then_refused(GridWorkerLeftOtherwise)


def test_who_never_was_a_worker_does_not_leave() -> None:
    worker.when(LEAVE).then_refused(GridWorkerNotFound)


def test_nobody_leaves_before_having_come() -> None:
    early = replace(LEAVE, last_day=FIRST_DAY - A_DAY)
    worker.given(ENROLLED).when(early).then_refused(EndsBeforeItBegan)


def test_who_comes_back_has_not_worked_meanwhile() -> None:
    again = replace(ENROL, from_day=LAST_DAY + 2 * A_DAY)
    outcome = worker.given(ENROLLED, LEFT).when(again)
    outcome.then_state(lambda it: it.works_on(again.from_day) and not it.works_on(LAST_DAY))
    overlapping = replace(ENROL, from_day=LAST_DAY)
    worker.given(ENROLLED, LEFT).when(overlapping).then_refused(EmploymentsOverlap)


def test_a_worker_works_from_the_first_day_to_the_last() -> None:
    state = GRID_WORKER.fold([ENROLLED, LEFT])
    around = [FIRST_DAY - A_DAY, FIRST_DAY, LAST_DAY, LAST_DAY + A_DAY]
    assert [state.works_on(day) for day in around] == [False, True, True, False]
