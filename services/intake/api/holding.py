"""The routes by which a case gets its way and its holder: routing, hand-over, recusal."""

from functools import partial

from fastapi import Response

from services.intake.api import named_units
from services.intake.api.case_bodies import Act
from services.intake.api.case_context import (
    DEPARTED,
    ENDED,
    AtTheDesk,
    CaseContext,
    documented,
)
from services.intake.api.complained import refuse_complained
from services.intake.domain.case import CaseCommand, CaseFile, recusal, routing
from services.intake.domain.case.acceptance import CaseNotAccepted
from services.intake.domain.case.forwarding import CaseAlreadyAccepted, GoesOneLevelUp
from services.intake.domain.case.handing_over import HandCaseOver
from services.intake.domain.case.origin import NotStatedOnlyByImport
from services.intake.domain.case.recused import PostWasRecused
from services.intake.store import due_accusations
from shared.contracts.case_codes import Purpose
from shared.contracts.case_holding_codes import Lane, RecusalReason, RoutingGround
from shared.contracts.unit_codes import HandOverReason
from shared.contracts.words import PostRef, UnitRef
from shared.handling import Prepared, Record
from shared.http import Router
from shared.identity import Role

router = Router(prefix="/cases/{case_id}", tags=["who holds it"])
_LEADING = (Role.TOWNSHIP_LEADER, Role.BACKFILL)


class RouteBody(Act):
    """Which way the case goes, and on what ground; a claim takes a lane."""

    lane: Lane | None = None
    ground: RoutingGround
    purpose: Purpose | None = None
    """The registered purpose where it is left out."""


class HandOverCaseBody(Act):
    """To which unit, and to which post of it."""

    to_unit: UnitRef
    to_post: PostRef | None = None
    reason: HandOverReason


class RecuseBody(Act):
    """Which post is recused, the one that asks where none is named; who has the case then."""

    post: PostRef | None = None
    reason: RecusalReason
    to_unit: UnitRef | None = None
    to_post: PostRef | None = None


@router.post(
    "/route",
    **documented(
        routing.LaneMissing,
        routing.LaneOnlyForClaims,
        routing.RegisteredForAnotherPurpose,
        routing.DisciplineIsForAccusations,
        routing.DisciplineTakesALeader,
        CaseAlreadyAccepted,
        *ENDED,
    ),
)
async def route(body: RouteBody, context: AtTheDesk) -> Response:
    """依法分类处理: which way the case goes [R29-R31], before it is accepted.

    Only the petition procedure has the sixty days. What is recognised as an accusation, at whatever
    moment, goes to the discipline lane: the case ends here, and from then on nobody finds it. Once
    the case was accepted, a leader of the township alone does that.
    """
    return await context.handle(partial(_prepare_route, context, body))


@router.post(
    "/hand-over",
    **documented(
        CaseNotAccepted,
        NotStatedOnlyByImport,
        GoesOneLevelUp,
        PostWasRecused,
        *named_units.REFUSED,
        *DEPARTED,
    ),
)
async def hand_over(body: HandOverCaseBody, context: AtTheDesk) -> Response:
    """移交: another unit or post holds the case from now on; its terms run on."""
    return await context.handle(partial(_prepare_hand_over, context, body))


@router.post(
    "/recuse",
    **documented(
        recusal.RecusedHandlerHandsOver,
        recusal.RecusedPostHoldsNothing,
        CaseNotAccepted,
        GoesOneLevelUp,
        PostWasRecused,
        *named_units.REFUSED,
        *DEPARTED,
    ),
)
async def recuse(body: RecuseBody, context: AtTheDesk) -> Response:
    """回避: a post does nothing more in the case [R28]; the handler hands it over with it."""
    return await context.handle(partial(_prepare_recusal, context, body))


async def _prepare_route(
    context: CaseContext, body: RouteBody, record: Record[CaseFile]
) -> Prepared[CaseCommand, CaseFile]:
    registered = record.state.registration
    is_accusation = Purpose.ACCUSATION in {body.purpose, registered and registered.purpose}
    lane = body.lane or (Lane.DISCIPLINE if is_accusation else None)
    if lane is Lane.DISCIPLINE:
        is_leader = context.actor.role in _LEADING
        routing.refuse_unless_by_leader(record.state, is_leader=is_leader)
    at = context.moment(body)
    row = due_accusations.row_for(context.stream_id, due_at=at)
    return Prepared(
        command=routing.RouteCase(
            lane=lane, ground=body.ground, by_post=context.own_name(), purpose=body.purpose
        ),
        at=at,
        side_writes=[row] if lane is Lane.DISCIPLINE else [],
    )


async def _prepare_hand_over(
    context: CaseContext, body: HandOverCaseBody, record: Record[CaseFile]
) -> Prepared[CaseCommand, CaseFile]:
    await refuse_complained(context, record.state, to_unit=[body.to_unit])
    command = HandCaseOver(to_unit=body.to_unit, to_post=body.to_post, reason=body.reason)
    return Prepared(command=command, at=context.moment(body))


async def _prepare_recusal(
    context: CaseContext, body: RecuseBody, record: Record[CaseFile]
) -> Prepared[CaseCommand, CaseFile]:
    case = record.state
    if body.to_unit is not None:
        await refuse_complained(context, case, to_unit=[body.to_unit])
    command = recusal.RecordRecusal(
        post=body.post or context.own_name({case.handler}, field="post"),
        reason=body.reason,
        to_unit=body.to_unit,
        to_post=body.to_post,
    )
    return Prepared(command=command, at=context.moment(body))
