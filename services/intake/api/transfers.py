"""The routes of a matter that goes across the ledgers of a county: taken, objected to, assigned."""

from functools import partial

from fastapi import Response

from services.intake.api import named_units
from services.intake.api.case_bodies import Act
from services.intake.api.case_context import ENDED, AtTheDesk, CaseContext, documented
from services.intake.api.complained import refuse_complained
from services.intake.domain.case import (
    CaseCommand,
    CaseFile,
    CaseNotFound,
    assigning,
    crossing,
    forwarding,
    objection,
    remit,
)
from services.intake.domain.case.origin import NotStatedOnlyByImport
from services.intake.domain.case.transfers import PETITION_OFFICE
from services.intake.store.due_objections import rows_for
from shared.contracts.transfer_codes import ObjectionReason
from shared.contracts.words import UnitRef
from shared.divisions import ScopeCode
from shared.handling import Prepared, Record
from shared.http import Router, YesOrNo, correlation_id
from shared.office.occurrence_time import Moment
from shared.times import china_day

router = Router(prefix="/cases/{case_id}", tags=["transfers"])


class ObjectBody(Act):
    """Why the matter is not the receiver's, and which of its units says so."""

    reason_code: ObjectionReason
    by_unit: UnitRef = PETITION_OFFICE


class DecideObjectionBody(Act):
    """Whether the matter comes back."""

    upheld: YesOrNo


class AssignBody(Act):
    """Which unit of which division handles the matter, and when its closing report is due."""

    to_unit: UnitRef
    to_division: ScopeCode
    report_due: Moment | None = None


@router.post("/take", **documented(remit.CaseWasNotTransferred, *ENDED))
async def take(body: Act, context: AtTheDesk) -> Response:
    """接收: take a matter that another division passed on into one's hands."""
    return await context.handle_command(remit.TakeRemit(), body)


@router.post(
    "/object",
    **documented(
        remit.CaseWasNotTransferred,
        remit.RemitIsTaken,
        remit.ObjectedOtherwise,
        remit.ObjectionTooLate,
        *ENDED,
    ),
)
async def object_to_remit(body: ObjectBody, context: AtTheDesk) -> Response:
    """异议: say, within five working days, that the matter is not one's own [R23].

    The receiver holds it until the sender agrees; a second objection to the matter goes to the
    common superior by itself, and so does one that the sender has not decided in five working days.
    """
    return await context.handle(partial(_prepare_objection, context, body))


async def _prepare_objection(
    context: CaseContext, body: ObjectBody, record: Record[CaseFile]
) -> Prepared[CaseCommand, CaseFile]:
    received_on = record.state.received_on
    if received_on is None:
        raise CaseNotFound
    command = remit.ObjectToRemit(
        by_unit=body.by_unit,
        reason=body.reason_code,
        until=context.office.objection_until(
            received_on, recorded_on=china_day(record.history[0].recorded_at)
        ),
    )
    due = partial(
        rows_for,
        decided_by=context.office.objection_decided_by(),
        correlation_id=correlation_id(),
    )
    return Prepared(command=command, at=context.moment(body), writes_about=due)


@router.post(
    "/decide-objection",
    **documented(
        objection.NoObjection,
        objection.ObjectionDecidedOtherwise,
        objection.SuperiorDecides,
    ),
)
async def decide_objection(body: DecideObjectionBody, context: AtTheDesk) -> Response:
    """对异议作出决定: the sender agrees that the matter comes back, or does not [R23]."""
    return await context.handle_command(objection.DecideObjection(upheld=body.upheld), body)


@router.post(
    "/assign",
    **documented(
        assigning.OnlyASuperiorAssigns,
        assigning.AssignedToItself,
        crossing.DivisionInAnotherCounty,
        crossing.WithdrawalRuns,
        crossing.MediationIsAskedFor,
        forwarding.CaseAlreadyAccepted,
        forwarding.GoesOneLevelUp,
        NotStatedOnlyByImport,
        *named_units.REFUSED,
        *ENDED,
    ),
)
async def assign(body: AssignBody, context: AtTheDesk) -> Response:
    """交办: the superior names who handles the matter, and oversees it until its end [R22].

    There is no objection to it. The county learns of the acceptance, the answer and the end.
    """
    return await context.handle(partial(_prepare_assignment, context, body))


async def _prepare_assignment(
    context: CaseContext, body: AssignBody, record: Record[CaseFile]
) -> Prepared[CaseCommand, CaseFile]:
    await refuse_complained(context, record.state, body.to_division, to_unit=[body.to_unit])
    command = assigning.AssignCase(
        to_unit=body.to_unit, to_division=body.to_division, report_due=body.report_due
    )
    return Prepared(command=command, at=context.moment(body))
