"""What stats counts of grid's register is what grid's own rules say of the same days."""

from datetime import date, timedelta
from typing import Any, TypeVar

from hypothesis import given
from hypothesis import strategies as st

from services.grid.domain.grid import GRID, Grid
from services.grid.domain.grid.correcting import CorrectGrid
from services.grid.domain.grid.defining import DefineGrid
from services.grid.domain.grid.dissolving import DissolveGrid
from services.grid.domain.grid_worker import GRID_WORKER, EnrolWorker, GridWorker, LeaveRegister
from services.grid.domain.village import (
    VILLAGE,
    CorrectVillage,
    DissolveVillage,
    RegisterVillage,
    Village,
)
from services.stats.domain.grid_subject import GRID as GRIDS
from services.stats.domain.register_fact import RegisterFact
from services.stats.domain.village_subject import VILLAGE as VILLAGES
from services.stats.domain.worker_subject import WORKER as WORKERS
from shared.contracts.event import Event
from shared.contracts.grid_codes import Employment, EndedHow, GridKind, VillageKind
from shared.decider import Decider
from shared.divisions import new_id
from shared.folding.subject import Subject
from shared.refusals import Refusal
from tests.shared.recorded import recorded
from tests.stats.grid_lives import a_village
from tests.stats.made_up_ledger import TOWNSHIP

CODE, WORKER_ID = a_village(), new_id(TOWNSHIP)
_FIRST = date(2025, 1, 1)
DAYS = [_FIRST + timedelta(days=number) for number in range(12)]
_A_DAY = st.sampled_from(DAYS)
_ABOLISHED = {"how": st.just(EndedHow.ABOLISHED), "successors": st.just(frozenset[str]())}
_OF_A_VILLAGE = st.builds(
    RegisterVillage,
    village_code=st.just(CODE),
    kind=st.sampled_from(VillageKind),
    valid_from=_A_DAY,
) | (
    st.builds(
        CorrectVillage,
        kind=st.none() | st.sampled_from(VillageKind),
        valid_from=st.none() | _A_DAY,
    )
    | st.builds(DissolveVillage, last_day=_A_DAY, **_ABOLISHED)
)
_OF_A_GRID = st.builds(
    DefineGrid,
    grid_code=st.just(f"{CODE}001"),
    kind=st.sampled_from(GridKind),
    valid_from=_A_DAY,
) | (
    st.builds(
        CorrectGrid, kind=st.none() | st.sampled_from(GridKind), valid_from=st.none() | _A_DAY
    )
    | st.builds(DissolveGrid, last_day=_A_DAY, **_ABOLISHED)
)
_OF_A_WORKER = st.builds(
    EnrolWorker,
    worker_id=st.just(WORKER_ID),
    employment=st.sampled_from(Employment),
    person_ref=st.just(WORKER_ID),
    from_day=_A_DAY,
) | st.builds(LeaveRegister, last_day=_A_DAY)


State = TypeVar("State")


def carried_out(
    decider: Decider[Any, State, Event], subject: Subject, commands: list[Any]
) -> tuple[State, RegisterFact]:
    """What the commands come to, those that are refused left out: in grid, and in stats."""
    state, steps = decider.initial, []
    for command in commands:
        try:
            events = decider.decide(command, state)
        except Refusal:
            continue
        for event in events:
            state = decider.evolve(state, event)
            steps += subject.read(recorded("/grid", new_id(TOWNSHIP), event), event)
    return state, subject.fold(steps) or RegisterFact(TOWNSHIP, "", None)


def listed_on(fact: RegisterFact, day: date) -> int:
    """How often the entry is on the register that day: once, or not at all."""
    came = sum(each.occurrence.on <= day for each in fact.beginnings)
    return came - sum(each.occurrence.on <= day for each in fact.endings)


@given(st.lists(_OF_A_VILLAGE, max_size=6))
def test_a_village_is_counted_on_the_days_on_which_it_is_valid(commands: list[Any]) -> None:
    village: Village
    village, fact = carried_out(VILLAGE, VILLAGES, commands)
    for day in DAYS:
        assert listed_on(fact, day) == village.is_valid_on(day)


@given(st.lists(_OF_A_GRID, max_size=6))
def test_a_grid_is_counted_on_the_days_on_which_it_is_valid(commands: list[Any]) -> None:
    grid: Grid
    grid, fact = carried_out(GRID, GRIDS, commands)
    for day in DAYS:
        assert listed_on(fact, day) == grid.is_valid_on(day)


@given(st.lists(_OF_A_WORKER, max_size=8))
def test_a_worker_is_counted_on_the_days_on_the_register_and_once(commands: list[Any]) -> None:
    """Grid remembers the current time on its register, and not those before."""
    worker: GridWorker
    worker, fact = carried_out(GRID_WORKER, WORKERS, commands)
    for day in DAYS:
        assert listed_on(fact, day) in {0, 1}
        if worker.since is None or day >= worker.since:
            assert listed_on(fact, day) == worker.works_on(day)
