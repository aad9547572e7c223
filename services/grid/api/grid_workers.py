"""The routes by which somebody comes onto the register of workers, and leaves it."""

from typing import Annotated

from fastapi import Response

from services.grid.api.command_answers import WorkerAnswer
from services.grid.api.office import SERVICE, Office, TheOffice, Workers
from services.grid.api.roles import KEEPING
from services.grid.domain.grid_worker import (
    EmploymentsOverlap,
    EnrolWorker,
    GridWorker,
    GridWorkerLeftOtherwise,
    GridWorkerNotFound,
    GridWorkerStillServes,
    LeaveRegister,
    WorkerCommand,
)
from services.grid.domain.validity import EndsBeforeItBegan
from services.grid.store import grid_workers
from services.grid.store.assignments import require_none_beyond, served_beyond
from shared.contracts.grid_codes import Employment
from shared.contracts.words import PostRef
from shared.divisions import TownshipCode, new_id
from shared.handling import Prepared, Record, ready
from shared.http import Idempotency, Router
from shared.identity import Actor, requires
from shared.office import CommandContext, Dated, begin, command_context, command_documents
from shared.office.occurrence_time import Day
from shared.vault import PERSON, keep
from shared.vault.bodies import Name, Particulars

_documented = command_documents(WorkerAnswer)


def _workers(office: Office) -> Workers:
    return office.workers


WorkerContext = Annotated[
    CommandContext[Office, WorkerCommand, GridWorker],
    command_context("worker_id", _workers, *KEEPING),
]

router = Router(tags=["grid workers"])


class WorkerPerson(Particulars):
    """Who it is: goes to the vault."""

    name: Name


class NewWorkerBody(Dated):
    """The person, in which employment, and the post with which they log in."""

    person: WorkerPerson
    employment: Employment = Employment.NOT_STATED
    from_day: Day
    post: PostRef | None = None


class EnrolBody(Dated):
    """Another employment, or the same again after having left; and as which post from now on."""

    employment: Employment
    from_day: Day
    post: PostRef | None = None


class LeaveBody(Dated):
    """The last day; why is nobody else's business."""

    last_day: Day


@router.post("/townships/{division}/grid-workers", status_code=201, **_documented())
async def enrol_new(
    division: TownshipCode,
    body: NewWorkerBody,
    actor: Annotated[Actor, requires(*KEEPING)],
    key: Idempotency,
    office: TheOffice,
) -> Response:
    """聘任: somebody comes onto the register; one person counts once, however many grids they serve."""
    file = office.vault.begin(new_id(division))
    entry = file.entry(PERSON, body.person.model_dump(exclude_none=True))
    command = EnrolWorker(
        worker_id=new_id(division),
        employment=body.employment,
        person_ref=file.person_ref,
        from_day=body.from_day,
    )
    kept = keep(division, [file], [entry])
    if body.post is not None:
        kept.append(grid_workers.keep_post(command.worker_id, body.post))
    return await begin(
        office.workers,
        ready(command, at=body.moment(actor, now=office.now()), side_writes=kept),
        service=SERVICE,
        stream_id=command.worker_id,
        actor=actor,
        key=key,
        address="/grid-workers/{worker_id}",
    )


@router.post(
    "/grid-workers/{worker_id}/enrol", **_documented(GridWorkerNotFound, EmploymentsOverlap)
)
async def enrol(body: EnrolBody, context: WorkerContext) -> Response:
    """A worker is employed otherwise from a day on, comes back, or comes as another post."""

    async def prepare(record: Record[GridWorker]) -> Prepared[WorkerCommand, GridWorker]:
        enrolled = record.state.enrolled
        if enrolled is None:
            raise GridWorkerNotFound
        post = body.post
        return Prepared(
            command=EnrolWorker(
                worker_id=enrolled.worker_id,
                employment=body.employment,
                person_ref=enrolled.person_ref,
                from_day=body.from_day,
            ),
            at=context.moment(body),
            side_writes=[grid_workers.keep_post(enrolled.worker_id, post)] if post else (),
        )

    return await context.handle(prepare)


@router.post(
    "/grid-workers/{worker_id}/leave",
    **_documented(
        GridWorkerNotFound, GridWorkerStillServes, GridWorkerLeftOtherwise, EndsBeforeItBegan
    ),
)
async def leave(body: LeaveBody, context: WorkerContext) -> Response:
    """A worker leaves the register, once every grid is taken over or ended."""

    async def prepare(record: Record[GridWorker]) -> Prepared[WorkerCommand, GridWorker]:
        if record.state.enrolled is None:
            raise GridWorkerNotFound
        where = (context.division, context.stream_id, body.last_day)
        served = await served_beyond(context.office.pool, *where)
        if served:
            raise GridWorkerStillServes(grid_code=served[0], grids=len(served))
        return Prepared(
            command=LeaveRegister(last_day=body.last_day),
            at=context.moment(body),
            side_writes=[require_none_beyond(*where)],
        )

    return await context.handle(prepare)
