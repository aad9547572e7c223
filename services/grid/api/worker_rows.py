"""A row of a table of workers: checked whole before anything of it is written.

The office's own number is the worker: names are no identity. What differs from the record is refused
with the field, and nothing of the row comes in.
"""

from services.grid.api.place_codes import require_in
from services.grid.api.register_rows import GivenServing, WorkerRow
from services.grid.api.reporting import GridNotValid
from services.grid.api.table_import import TableImport, Taken
from services.grid.domain.grid import GRID, Grid
from services.grid.domain.grid.serving import AssignWorker, WorkerServesAlready
from services.grid.domain.grid_worker import (
    EnrolWorker,
    GridWorker,
    GridWorkerEmployedOtherwise,
    GridWorkerHasAnotherPost,
    GridWorkerIsAnotherPerson,
)
from services.grid.domain.named_ids import (
    grid_id,
    imported_assignment_id,
    imported_worker_id,
)
from services.grid.store import grid_workers
from shared.contracts.grid import GridWorkerEnrolled
from shared.divisions import new_id
from shared.ledger import Statement
from shared.refusals import invalid
from shared.vault import PERSON, keep


async def take_worker(table: TableImport, row: WorkerRow) -> Taken:
    """The worker is enrolled unless known, and serves the grid of the row."""
    if row.number is None:
        raise invalid("number", "The office's own number of the worker: a name is no identity")
    worker_id = imported_worker_id(row.division, table.source, row.number)
    worker = (await table.office.workers.read(row.division, worker_id)).state
    await _require_same(table, row, worker_id, worker)
    assignments = [await _assignment(table, row, each, worker_id) for each in row.facts]
    begun, added = await _enrol(table, row, worker_id, worker)
    for each, command in zip(row.facts, assignments, strict=True):
        if command is not None:
            handling, stream_id = table.office.grids, grid_id(each.grid_code)
            added += await table.handle(handling, stream_id, command, at=each.at)
    return Taken(worker_id, "registered" if begun else "extended" if added else "known")


async def _require_same(
    table: TableImport, row: WorkerRow, worker_id: str, worker: GridWorker
) -> None:
    """Raise where the row says another person, another post or another employment."""
    given, known = row.register_, worker.enrolled
    if known is None:
        return
    vault = table.office.vault
    names = await vault.names(row.division, division=row.division, refs=[known.person_ref])
    if names.get(known.person_ref, given.person.name) != given.person.name:
        raise GridWorkerIsAnotherPerson(field="name")
    post = await grid_workers.post_of(table.office.pool, row.division, worker_id)
    if post is not None and given.post not in {None, post}:
        raise GridWorkerHasAnotherPost(field="post")
    if not _is_employed_so(row, worker, known) and not _is_employed_anew(row, known):
        same = given.employment is known.employment
        raise GridWorkerEmployedOtherwise(field="at" if same else "employment")


def _is_employed_so(row: WorkerRow, worker: GridWorker, known: GridWorkerEnrolled) -> bool:
    given = row.register_
    days = {known.from_day, worker.since}
    return given.employment is known.employment and given.day in days


def _is_employed_anew(row: WorkerRow, known: GridWorkerEnrolled) -> bool:
    """Another employment from a later day on."""
    given = row.register_
    return given.employment is not known.employment and given.day > known.from_day


async def _assignment(
    table: TableImport, row: WorkerRow, serving: GivenServing, worker_id: str
) -> AssignWorker | None:
    """The command, which its grid takes; None where the desk has the worker serve there already."""
    code, day = serving.grid_code, serving.day
    require_in(row.division, code, field="facts.0.grid_code")
    if day < row.register_.day:
        raise invalid("facts.0.at", "The worker serves a grid before having come")
    grid = (await table.office.grids.read(row.division, grid_id(code))).state
    if not grid.is_valid_on(day):
        raise GridNotValid(field="facts.0.grid_code")
    command = AssignWorker(
        assignment_id=imported_assignment_id(worker_id, code, day),
        worker_id=worker_id,
        duty=serving.duty,
        first_day=day,
        last_day=serving.last_day,
    )
    try:
        GRID.decide(command, grid)
    except WorkerServesAlready:
        if _was_imported(grid, command):
            raise WorkerServesAlready(field="facts.0.at") from None
        return None
    return command


def _was_imported(grid: Grid, command: AssignWorker) -> bool:
    """Whether an earlier row, not the desk, has the worker serve the grid for another time."""
    return any(
        each.assignment_id
        == imported_assignment_id(command.worker_id, grid.defined.grid_code, each.first_day)
        for each in grid.assignments
        if grid.defined and each.overlaps(command.first_day, command.last_day)
    )


async def _enrol(
    table: TableImport, row: WorkerRow, worker_id: str, worker: GridWorker
) -> tuple[bool, int]:
    """Whether the worker is new, and how much was added to a known one."""
    given, known = row.register_, worker.enrolled
    kept: list[Statement] = []
    post = given.post and await grid_workers.post_of(table.office.pool, row.division, worker_id)
    adds_post = given.post is not None and post is None
    if adds_post and given.post is not None:
        kept.append(grid_workers.keep_post(worker_id, given.post))
    if known is not None and _is_employed_so(row, worker, known) and not kept:
        return False, 0
    if known is None:
        file = table.office.vault.begin(new_id(row.division))
        entry = file.entry(PERSON, given.person.model_dump(exclude_none=True))
        kept += keep(row.division, [file], [entry])
        person_ref = file.person_ref
    else:
        person_ref = known.person_ref
    command = EnrolWorker(
        worker_id=worker_id,
        employment=given.employment,
        person_ref=person_ref,
        from_day=given.day,
    )
    workers = table.office.workers
    begun = await table.handle(workers, worker_id, command, at=given.at, side_writes=kept)
    return known is None and begun > 0, max(begun, int(adds_post))
