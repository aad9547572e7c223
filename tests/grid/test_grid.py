"""A grid is drawn once, served by whom it says, and dissolved into what takes its place."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.grid.domain.grid import GRID, Assignment, Grid, GridNotFound
from services.grid.domain.grid.correcting import CorrectGrid, GridWasServedBefore
from services.grid.domain.grid.defining import GridDefinedOtherwise, OnlyMicroGridsLieWithin
from services.grid.domain.grid.dissolving import AssignmentBeginsLater, GridDissolvedOtherwise
from services.grid.domain.grid.grid_file import GridWasDissolved
from services.grid.domain.grid.serving import (
    AssignmentHasEnded,
    AssignmentNotFound,
    AssignmentStatedOtherwise,
    GridNotYetValid,
    SubstituteNeedsALastDay,
    WorkerServesAlready,
)
from services.grid.domain.named_ids import grid_id
from services.grid.domain.validity import EndsBeforeItBegan, SuccessorMissing
from services.grid.examples import (
    ASSIGN,
    ASSIGNMENT,
    CORRECT_GRID,
    DEFINE,
    DIGEST,
    DISSOLVE,
    DRAW,
    END_ASSIGNMENT,
    FIRST_DAY,
    HALF_YEAR,
    LAST_DAY,
    MICRO_GRID,
    NEXT_ASSIGNMENT,
    NEXT_GRID,
    OTHER_DIGEST,
    OTHER_WORKER,
    TAKE_OVER,
    VOID_ASSIGNMENT,
    WORKER,
    an_id,
)
from services.grid.examples import GRID as CODE
from shared.contracts.grid import (
    GridBoundaryDrawn,
    GridCorrected,
    GridDefined,
    GridDissolved,
    GridWorkerAssigned,
    GridWorkerAssignmentEnded,
    GridWorkerAssignmentVoided,
)
from shared.contracts.grid_codes import EndedHow, GridDuty, GridKind
from shared.contracts.mediation_codes import VoidReason
from shared.testing.given_when_then import Facts

grid = Facts(GRID)
A_DAY = timedelta(days=1)
OWN: dict[str, Any] = {"grid_id": grid_id(CODE), "grid_code": CODE}
DEFINED = GridDefined(**OWN, grid_kind=GridKind.BASIC, valid_from=FIRST_DAY)
ASSIGNED = GridWorkerAssigned(
    **OWN,
    assignment_id=ASSIGNMENT,
    worker_id=WORKER,
    duty=GridDuty.RESPONSIBLE,
    first_day=FIRST_DAY,
)
ENDED = GridWorkerAssignmentEnded(
    **OWN, assignment_id=ASSIGNMENT, worker_id=WORKER, last_day=HALF_YEAR
)
DISSOLVED = GridDissolved(**OWN, last_day=LAST_DAY, how=EndedHow.MERGED, successors=(NEXT_GRID,))


def test_a_grid_is_defined_once() -> None:
    grid.when(DEFINE).then(DEFINED)
    grid.given(DEFINED).when(DEFINE).then_nothing()
    other = replace(DEFINE, kind=GridKind.DEDICATED)
    grid.given(DEFINED).when(other).then_refused(GridDefinedOtherwise)


def test_a_micro_grid_lies_within_a_grid_of_its_village() -> None:
    micro = replace(DEFINE, grid_code=MICRO_GRID, kind=GridKind.MICRO, within=CODE)
    grid.when(micro).then_kinds(GridDefined)
    for odd in (
        replace(micro, kind=GridKind.BASIC),
        replace(micro, within=MICRO_GRID),
        replace(micro, within="519900101202001"),
    ):
        grid.when(odd).then_refused(OnlyMicroGridsLieWithin)


def test_a_boundary_is_drawn_anew_and_not_twice() -> None:
    drawn = GridBoundaryDrawn(**OWN, boundary_digest=DIGEST)
    grid.given(DEFINED).when(DRAW).then(drawn)
    grid.given(DEFINED, drawn).when(DRAW).then_nothing()
    other = replace(DRAW, boundary_digest=OTHER_DIGEST)
    grid.given(DEFINED, drawn).when(other).then_kinds(GridBoundaryDrawn)
    grid.when(DRAW).then_refused(GridNotFound)


def test_a_worker_is_assigned_once() -> None:
    grid.given(DEFINED).when(ASSIGN).then(ASSIGNED)
    grid.given(DEFINED, ASSIGNED).when(ASSIGN).then_nothing()
    other = replace(ASSIGN, worker_id=OTHER_WORKER)
    grid.given(DEFINED, ASSIGNED).when(other).then_refused(AssignmentStatedOtherwise)


def test_a_grid_may_have_two_workers_but_none_twice_on_a_day() -> None:
    second = replace(ASSIGN, assignment_id=NEXT_ASSIGNMENT, worker_id=OTHER_WORKER)
    grid.given(DEFINED, ASSIGNED).when(second).then_kinds(GridWorkerAssigned)
    twice = replace(ASSIGN, assignment_id=NEXT_ASSIGNMENT, first_day=HALF_YEAR)
    grid.given(DEFINED, ASSIGNED).when(twice).then_refused(WorkerServesAlready)
    after = replace(twice, first_day=HALF_YEAR + A_DAY)
    grid.given(DEFINED, ASSIGNED, ENDED).when(after).then_kinds(GridWorkerAssigned)


def test_a_substitute_serves_for_a_time() -> None:
    substitute = replace(ASSIGN, duty=GridDuty.SUBSTITUTE)
    grid.given(DEFINED).when(substitute).then_refused(SubstituteNeedsALastDay)
    known = replace(substitute, last_day=HALF_YEAR)
    grid.given(DEFINED).when(known).then_kinds(GridWorkerAssigned)


def test_nobody_serves_a_grid_that_is_not_there_yet_or_no_longer() -> None:
    grid.when(ASSIGN).then_refused(GridNotFound)
    early = replace(ASSIGN, first_day=FIRST_DAY - A_DAY)
    grid.given(DEFINED).when(early).then_refused(GridNotYetValid)
    for command in (ASSIGN, END_ASSIGNMENT, TAKE_OVER, DRAW):
        grid.given(DEFINED, DISSOLVED).when(command).then_refused(GridWasDissolved)


def test_an_assignment_ends_once_and_never_later() -> None:
    grid.given(DEFINED, ASSIGNED).when(END_ASSIGNMENT).then(ENDED)
    grid.given(DEFINED, ASSIGNED, ENDED).when(END_ASSIGNMENT).then_nothing()
    earlier = replace(END_ASSIGNMENT, last_day=HALF_YEAR - A_DAY)
    grid.given(DEFINED, ASSIGNED, ENDED).when(earlier).then_kinds(GridWorkerAssignmentEnded)
    later = replace(END_ASSIGNMENT, last_day=LAST_DAY)
    grid.given(DEFINED, ASSIGNED, ENDED).when(later).then_refused(AssignmentHasEnded)
    before = replace(END_ASSIGNMENT, last_day=FIRST_DAY - A_DAY)
    grid.given(DEFINED, ASSIGNED).when(before).then_refused(EndsBeforeItBegan)
    grid.given(DEFINED).when(END_ASSIGNMENT).then_refused(AssignmentNotFound)


VOIDED = GridWorkerAssignmentVoided(
    **OWN, assignment_id=ASSIGNMENT, worker_id=WORKER, reason=VoidReason.BY_MISTAKE
)


def test_an_assignment_that_was_none_has_no_day_and_stands_in_nobodys_way() -> None:
    outcome = grid.given(DEFINED, ASSIGNED).when(VOID_ASSIGNMENT)
    outcome.then(VOIDED)
    outcome.then_state(lambda it: serving(it, FIRST_DAY) == [] and serving(it, LAST_DAY) == [])
    voided = grid.given(DEFINED, ASSIGNED, VOIDED)
    voided.when(VOID_ASSIGNMENT).then_nothing()
    anew = replace(ASSIGN, assignment_id=NEXT_ASSIGNMENT)
    voided.when(anew).then_kinds(GridWorkerAssigned)
    voided.when(replace(anew, first_day=HALF_YEAR)).then_kinds(GridWorkerAssigned)
    voided.when(END_ASSIGNMENT).then_refused(AssignmentHasEnded)
    voided.when(DISSOLVE).then(DISSOLVED)
    later = ASSIGNED.model_copy(update={"first_day": LAST_DAY + A_DAY})
    grid.given(DEFINED, later, VOIDED).when(DISSOLVE).then(DISSOLVED)
    grid.given(DEFINED, ASSIGNED, ENDED, DISSOLVED).when(VOID_ASSIGNMENT).then(VOIDED)
    grid.given(DEFINED).when(VOID_ASSIGNMENT).then_refused(AssignmentNotFound)
    grid.when(VOID_ASSIGNMENT).then_refused(GridNotFound)


def test_a_successor_begins_on_the_day_after_the_one_before() -> None:
    outcome = grid.given(DEFINED, ASSIGNED).when(TAKE_OVER)
    outcome.then(
        ENDED.model_copy(update={"last_day": HALF_YEAR - A_DAY}),
        GridWorkerAssigned(
            **OWN,
            assignment_id=NEXT_ASSIGNMENT,
            worker_id=OTHER_WORKER,
            duty=GridDuty.RESPONSIBLE,
            first_day=HALF_YEAR,
            takes_over_from=ASSIGNMENT,
        ),
    )
    outcome.then_state(lambda it: serving(it, HALF_YEAR - A_DAY) == [WORKER])
    outcome.then_state(lambda it: serving(it, HALF_YEAR) == [OTHER_WORKER])


def serving(state: Grid, day: date) -> list[str]:
    return [each.worker_id for each in state.served_on(day)]


def test_who_serves_already_takes_over_from_nobody() -> None:
    itself = replace(TAKE_OVER, worker_id=WORKER)
    grid.given(DEFINED, ASSIGNED).when(itself).then_refused(WorkerServesAlready)
    at_once = replace(TAKE_OVER, first_day=FIRST_DAY)
    grid.given(DEFINED, ASSIGNED).when(at_once).then_refused(EndsBeforeItBegan)


def test_a_grid_ends_together_with_who_serves_it() -> None:
    outcome = grid.given(DEFINED, ASSIGNED).when(DISSOLVE)
    outcome.then(ENDED.model_copy(update={"last_day": LAST_DAY}), DISSOLVED)
    outcome.then_state(lambda it: serving(it, LAST_DAY + A_DAY) == [])
    grid.given(DEFINED, DISSOLVED).when(DISSOLVE).then_nothing()
    other = replace(DISSOLVE, last_day=HALF_YEAR)
    grid.given(DEFINED, DISSOLVED).when(other).then_refused(GridDissolvedOtherwise)


def test_a_grid_does_not_end_before_somebody_begins_or_without_a_successor() -> None:
    later = ASSIGNED.model_copy(update={"first_day": LAST_DAY + A_DAY})
    grid.given(DEFINED, later).when(DISSOLVE).then_refused(AssignmentBeginsLater)
    alone = replace(DISSOLVE, successors=frozenset())
    grid.given(DEFINED).when(alone).then_refused(SuccessorMissing)
    grid.when(DISSOLVE).then_refused(GridNotFound)


days = st.dates(date(2025, 1, 1), date(2025, 12, 31))
times = st.tuples(days, st.none() | days).filter(lambda it: it[1] is None or it[0] <= it[1])


@given(times, times)
def test_two_assignments_overlap_where_some_day_is_in_both(
    first: tuple[date, date | None], second: tuple[date, date | None]
) -> None:
    assignment = Assignment(
        assignment_id=ASSIGNMENT,
        worker_id=WORKER,
        duty=GridDuty.RESPONSIBLE,
        first_day=first[0],
        last_day=first[1],
    )
    begins = max(first[0], second[0])
    within = second[1] is None or begins <= second[1]
    assert assignment.overlaps(*second) is (assignment.covers(begins) and within)


@given(st.lists(st.tuples(st.sampled_from([WORKER, OTHER_WORKER]), times), max_size=8))
def test_whatever_is_assigned_a_worker_serves_once_on_a_day(
    asked: list[tuple[str, tuple[date, date | None]]],
) -> None:
    state = GRID.fold([DEFINED])
    for number, (worker, (first, last)) in enumerate(asked):
        command = replace(
            ASSIGN,
            assignment_id=an_id(0x100 + number),
            worker_id=worker,
            first_day=first,
            last_day=last,
        )
        try:
            state = GRID.fold(GRID.decide(command, state), state)
        except WorkerServesAlready:
            continue
    for day in {first for _, (first, _) in asked}:
        assert len(serving(state, day)) == len(set(serving(state, day)))


@pytest.mark.parametrize(
    ("day", "valid"), [(FIRST_DAY - A_DAY, False), (FIRST_DAY, True), (LAST_DAY + A_DAY, False)]
)
def test_a_grid_is_valid_from_its_first_day_to_its_last(day: date, valid: bool) -> None:
    assert GRID.fold([DEFINED, DISSOLVED]).is_valid_on(day) is valid


def test_a_correction_of_a_grid_holds_from_its_first_day_on() -> None:
    defined = GRID.decide(DEFINE, Grid())
    outcome = grid.given(*defined).when(CORRECT_GRID)
    outcome.then_kinds(GridCorrected)
    outcome.then_state(
        lambda it: (
            it.defined is not None
            and (it.defined.grid_kind, it.defined.valid_from)
            == (GridKind.DEDICATED, date(2024, 7, 1))
            and it.is_valid_on(date(2024, 7, 1))
        )
    )
    again = replace(CORRECT_GRID, title_digest=None)
    grid.given(*defined, *outcome.events).when(again).then_nothing()
    grid.when(CORRECT_GRID).then_refused(GridNotFound)


def test_a_correction_fits_what_is_on_record() -> None:
    micro = GRID.decide(
        replace(DEFINE, grid_code=MICRO_GRID, kind=GridKind.MICRO, within=CODE), Grid()
    )
    grid.given(*micro).when(CorrectGrid(kind=GridKind.BASIC)).then_refused(OnlyMicroGridsLieWithin)
    defined = GRID.decide(DEFINE, Grid())
    served = [*defined, *grid.given(*defined).when(ASSIGN).events]
    late = CorrectGrid(valid_from=FIRST_DAY + A_DAY)
    grid.given(*served).when(late).then_refused(GridWasServedBefore)
    void = [*served, *grid.given(*served).when(VOID_ASSIGNMENT).events]
    grid.given(*void).when(late).then_kinds(GridCorrected)
    ended = [*defined, *grid.given(*defined).when(DISSOLVE).events]
    beyond = CorrectGrid(valid_from=LAST_DAY + A_DAY)
    grid.given(*ended).when(beyond).then_refused(EndsBeforeItBegan)
