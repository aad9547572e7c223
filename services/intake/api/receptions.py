"""The commands to receptions: scheduled, held, and the visits that were received."""

from typing import Annotated

from fastapi import Response

from services.intake.api.cases_in_records import refuse_unless_named
from services.intake.api.office import SERVICE, Office, Receptions, TheOffice
from services.intake.api.other_case import CaseNotOnRecord
from services.intake.api.reception_bodies import (
    HeldReceptionBody,
    HoldReceptionBody,
    NewReceptionBody,
    ReceptionAnswer,
    VisitBody,
    VoidReceptionBody,
    VoidVisitBody,
)
from services.intake.api.solved_visits import refuse_if_ground
from services.intake.domain.receptions import (
    HoldReception,
    ReceiveVisit,
    ReceptionCommand,
    ReceptionFile,
    ScheduleReception,
    VoidReception,
    VoidVisit,
    refusals,
)
from shared.divisions import ScopeCode, new_id
from shared.handling import Prepared, Record
from shared.http import Idempotency, Router
from shared.identity import Actor, Role, requires
from shared.identity.refusals import PostMissing
from shared.office import CommandContext, begin, command_context, command_documents
from shared.times import china_day

KEEPING = (Role.CLERK, Role.HANDLER, Role.TOWNSHIP_LEADER, Role.BACKFILL)
"""Who records a reception of the division."""

router = Router(tags=["receptions"])
_documented = command_documents(
    ReceptionAnswer, first=(refusals.ReceptionNotFound,), own=(PostMissing,)
)
_documented_new = command_documents(
    ReceptionAnswer, own=(PostMissing, refusals.LeaderPostNotRegistered)
)


def _receptions(office: Office) -> Receptions:
    return office.receptions


class ReceptionContext(CommandContext[Office, ReceptionCommand, ReceptionFile]):
    """A command to one reception."""

    async def admit(self, record: Record[ReceptionFile]) -> None:
        """Raise ReceptionNotFound."""
        record.state.required  # noqa: B018  raises where there is none


TheContext = Annotated[
    ReceptionContext,
    command_context(
        "reception_id", _receptions, *KEEPING, context=ReceptionContext, needs_post=True
    ),
]
Keeper = Annotated[Actor, requires(*KEEPING, needs_post=True)]


@router.post(
    "/townships/{division}/receptions",
    status_code=201,
    **_documented_new(refusals.DayHasPassed),
)
async def schedule_reception(
    division: ScopeCode, body: NewReceptionBody, actor: Keeper, key: Idempotency, office: TheOffice
) -> Response:
    """A leader is to receive petitioners on a day; one that is not recorded in time is missed."""
    command = ScheduleReception(
        reception_id=new_id(division),
        form=body.form,
        leader_post=body.leader_post,
        on=body.on,
        place_kind=body.place_kind,
    )

    async def prepare(_: Record[ReceptionFile]) -> Prepared[ReceptionCommand, ReceptionFile]:
        if actor.role is not Role.BACKFILL and body.on < china_day(office.now()):
            raise refusals.DayHasPassed(field="on")
        await _refuse_unknown(office, division, body.leader_post)
        return Prepared(command=command, at=body.moment(actor, now=office.now()))

    return await begin(
        office.receptions,
        prepare,
        service=SERVICE,
        stream_id=command.reception_id,
        actor=actor,
        key=key,
        address="/receptions/{reception_id}",
    )


@router.post("/townships/{division}/receptions/held", status_code=201, **_documented_new())
async def record_reception(
    division: ScopeCode,
    body: HeldReceptionBody,
    actor: Keeper,
    key: Idempotency,
    office: TheOffice,
) -> Response:
    """A leader received petitioners on a day that was not scheduled."""
    reception_id = new_id(division)

    async def prepare(
        _: Record[ReceptionFile],
    ) -> Prepared[ReceptionCommand, ReceptionFile]:
        await _refuse_unknown(office, division, body.leader_post)
        at = body.moment(actor, now=office.now())
        command = HoldReception(
            reception_id=reception_id,
            on=china_day(at),
            form=body.form,
            leader_post=body.leader_post,
            place_kind=body.place_kind,
        )
        return Prepared(command=command, at=at)

    return await begin(
        office.receptions,
        prepare,
        service=SERVICE,
        stream_id=reception_id,
        actor=actor,
        key=key,
        address="/receptions/{reception_id}",
    )


async def _refuse_unknown(office: Office, division: str, post: str) -> None:
    registry = await office.registry(division)
    if registry.post(division, post) is None:
        raise refusals.LeaderPostNotRegistered(field="leader_post")


@router.post(
    "/receptions/{reception_id}/hold",
    **_documented(
        refusals.ReceptionHeldOtherwise,
        refusals.ReceptionWasVoided,
        refusals.LeaderPostNotRegistered,
    ),
)
async def hold(body: HoldReceptionBody, context: TheContext) -> Response:
    """It took place; one that was missed is recorded with its true day and says that it was late."""

    async def prepare(
        _: Record[ReceptionFile],
    ) -> Prepared[ReceptionCommand, ReceptionFile]:
        if body.leader_post is not None:
            await _refuse_unknown(context.office, context.division, body.leader_post)
        at = context.moment(body)
        command = HoldReception(
            reception_id=context.stream_id,
            on=china_day(at),
            form=body.form,
            leader_post=body.leader_post,
            place_kind=body.place_kind,
        )
        return Prepared(command=command, at=at)

    return await context.handle(prepare)


@router.post(
    "/receptions/{reception_id}/receive-visit",
    **_documented(
        refusals.ReceptionNotHeld,
        refusals.ReceptionWasVoided,
        refusals.SolvedNeedsAcknowledgement,
        refusals.VisitNamesNoCase,
        CaseNotOnRecord,
    ),
)
async def receive_visit(body: VisitBody, context: TheContext) -> Response:
    """A batch of visitors was received; it may name the case that was filed, or raised before."""
    visit_id = new_id(context.division)

    async def prepare(
        _: Record[ReceptionFile],
    ) -> Prepared[ReceptionCommand, ReceptionFile]:
        if body.case_id is not None:
            await refuse_unless_named(
                context.office, context.actor, context.division, [body.case_id], field="case_id"
            )
        command = ReceiveVisit(
            visit_id=visit_id,
            headcount=body.headcount,
            category=body.category,
            solved_on_site=body.solved_on_site,
            acknowledged=body.acknowledged,
            case_id=body.case_id,
            case_is=body.case_is,
        )
        return Prepared(command=command, at=context.moment(body))

    return await context.handle(prepare)


@router.post(
    "/receptions/{reception_id}/void-visit",
    **_documented(
        refusals.VisitNotFound,
        refusals.VisitIsAGround,
        refusals.ReceptionNotHeld,
        refusals.ReceptionWasVoided,
    ),
)
async def void_visit(body: VoidVisitBody, context: TheContext) -> Response:
    """A visit that was not received so counts as none; it stays on record."""

    async def prepare(
        record: Record[ReceptionFile],
    ) -> Prepared[ReceptionCommand, ReceptionFile]:
        return Prepared(
            command=VoidVisit(visit_id=body.visit_id, reason=body.reason),
            at=context.moment(body),
            looked_up=await refuse_if_ground(context.office, record.state, body.visit_id),
        )

    return await context.handle(prepare)


@router.post("/receptions/{reception_id}/void", **_documented(refusals.VisitsAreOnRecord))
async def void_reception(body: VoidReceptionBody, context: TheContext) -> Response:
    """A reception that is none counts as none; it stays on record."""
    return await context.handle_command(VoidReception(reason=body.reason), body)
