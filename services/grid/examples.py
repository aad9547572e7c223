"""A valid command of every kind about one made-up township: for pages and for tests."""

from datetime import date

from services.grid.domain.grid.correcting import CorrectGrid
from services.grid.domain.grid.defining import DefineGrid, DrawBoundary
from services.grid.domain.grid.dissolving import DissolveGrid
from services.grid.domain.grid.serving import AssignWorker, EndAssignment, TakeOver, VoidAssignment
from services.grid.domain.grid_worker import EnrolWorker, LeaveRegister
from services.grid.domain.named_ids import patrol_id
from services.grid.domain.patrol import RecordPatrol, VoidPatrol
from services.grid.domain.village import CorrectVillage, DissolveVillage, RegisterVillage
from shared.contracts.grid_codes import Employment, EndedHow, GridDuty, GridKind, VillageKind
from shared.contracts.mediation_codes import VoidReason


def an_id(number: int) -> str:
    """An id of the demonstration's township, the same one every time."""
    return f"519900101-0198a5c0-0000-7000-8000-{number:012x}"


VILLAGE, NEXT_VILLAGE = "519900101201", "519900101202"
GRID, NEXT_GRID, MICRO_GRID = f"{VILLAGE}001", f"{VILLAGE}002", f"{VILLAGE}101"
WORKER, OTHER_WORKER, PERSON, OTHER_PERSON = an_id(0x50), an_id(0x51), an_id(0xB1), an_id(0xB2)
ASSIGNMENT, NEXT_ASSIGNMENT = an_id(0x60), an_id(0x61)
PATROL_ID = patrol_id("519900101", "0198a5c0-0000-7000-8000-0000000000c1")
DIGEST, OTHER_DIGEST = "a" * 64, "b" * 64
FIRST_DAY, HALF_YEAR, LAST_DAY = date(2025, 1, 1), date(2025, 7, 1), date(2025, 12, 31)

REGISTER_VILLAGE = RegisterVillage(
    village_code=VILLAGE, kind=VillageKind.VILLAGE, valid_from=FIRST_DAY
)
CORRECT_VILLAGE = CorrectVillage(
    kind=VillageKind.COMMUNITY, valid_from=date(2025, 2, 1), title_digest=DIGEST
)
DISSOLVE_VILLAGE = DissolveVillage(
    last_day=LAST_DAY, how=EndedHow.MERGED, successors=frozenset({NEXT_VILLAGE})
)
ENROL = EnrolWorker(
    worker_id=WORKER, employment=Employment.FULL_TIME, person_ref=PERSON, from_day=FIRST_DAY
)
LEAVE = LeaveRegister(last_day=LAST_DAY)
DEFINE = DefineGrid(grid_code=GRID, kind=GridKind.BASIC, valid_from=FIRST_DAY)
CORRECT_GRID = CorrectGrid(
    kind=GridKind.DEDICATED, valid_from=date(2024, 7, 1), title_digest=DIGEST
)
DRAW = DrawBoundary(boundary_digest=DIGEST)
ASSIGN = AssignWorker(
    assignment_id=ASSIGNMENT,
    worker_id=WORKER,
    duty=GridDuty.RESPONSIBLE,
    first_day=FIRST_DAY,
)
END_ASSIGNMENT = EndAssignment(assignment_id=ASSIGNMENT, last_day=HALF_YEAR)
TAKE_OVER = TakeOver(
    assignment_id=ASSIGNMENT,
    successor_assignment_id=NEXT_ASSIGNMENT,
    worker_id=OTHER_WORKER,
    first_day=HALF_YEAR,
)
VOID_ASSIGNMENT = VoidAssignment(assignment_id=ASSIGNMENT, reason=VoidReason.BY_MISTAKE)
RECORD_PATROL = RecordPatrol(
    patrol_id=PATROL_ID,
    grid_code=GRID,
    worker_ref=WORKER,
    on=HALF_YEAR,
    found=True,
    households_visited=12,
    grid_kind=GridKind.BASIC,
)
VOID_PATROL = VoidPatrol(reason=VoidReason.BY_MISTAKE)
DISSOLVE = DissolveGrid(last_day=LAST_DAY, how=EndedHow.MERGED, successors=frozenset({NEXT_GRID}))
