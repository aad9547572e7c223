"""The routes of a signal's order: answered, given to another unit, voided."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Self

from fastapi import Response
from pydantic import field_validator, model_validator

from services.grid.api.signal_access import is_of_order_unit, is_returned_by
from services.grid.api.signal_context import (
    ByHandlers,
    ByTheDesk,
    NothingToLinkTo,
    SignalContext,
    case_target,
    documented,
)
from services.grid.api.signal_linking import has_linked, link_writes
from services.grid.domain.signal import Signal, SignalCommand
from services.grid.domain.signal.assigning import (
    AssignOrder,
    NoWorkOrder,
    ReturnOrder,
    WorkOrderIsAnswered,
    WorkOrderIsVoid,
)
from services.grid.domain.signal.ordering import (
    AnswerOrder,
    CaseNotNamed,
    WorkOrderAnsweredOtherwise,
)
from services.grid.domain.signal.receiving import NOBODY, UnitIsComplainedOf
from services.grid.domain.signal.signal_file import begun
from services.grid.domain.signal.voiding import VoidOrder, WorkOrderVoidedOtherwise
from services.grid.store.vault_files import EntryKind, file_of_signal
from shared.contracts.report_codes import ReportGrade
from shared.contracts.signal_codes import (
    OrderResult,
    OrderSource,
    OrderVoidReason,
)
from shared.contracts.words import UnitRef
from shared.divisions import Identifier
from shared.handling import Prepared, Record
from shared.http import Router, YesOrNo
from shared.identity import Role
from shared.ledger import Statement
from shared.office import ReportedLater
from shared.refusals import Refusal
from shared.vault import keep
from shared.vault.bodies import Narrative

router = Router(prefix="/signals/{signal_id}", tags=["signals"])
_WITH_A_CASE = {OrderResult.IN_PETITION_PROCEDURE, OrderResult.CONCLUDED}


class OrderOfAnotherUnit(Refusal):
    """An order is answered by the unit that has it, or by the desk for it."""

    status = 403
    title = "The order is another unit's"


class AnswerBody(ReportedLater):
    """What the order came to; the case, where the matter is in the petition procedure."""

    result: OrderResult
    case_id: Identifier | None = None
    case_not_nameable: YesOrNo = False
    """By the desk alone: the case is the county's, or one that is shown to nobody here."""
    words: Narrative | None = None
    grade: ReportGrade | None = None

    @model_validator(mode="after")
    def _case_has_it(self) -> Self:
        if self.case_id is not None and self.result not in _WITH_A_CASE:
            raise ValueError("A case is named where it has the matter, or has concluded it")
        in_procedure = self.result is OrderResult.IN_PETITION_PROCEDURE
        if self.case_not_nameable and (self.case_id is not None or not in_procedure):
            raise ValueError("A case that cannot be named is not named, and has the matter")
        return self


class AssignBody(ReportedLater):
    """Which unit has the order from now on, and what it is to know."""

    to_unit: UnitRef
    words: Narrative | None = None

    @field_validator("to_unit")
    @classmethod
    def _names_a_unit(cls, to_unit: str) -> str:
        if to_unit == NOBODY:
            raise ValueError("An order is given to a unit that is named")
        return to_unit


class VoidBody(ReportedLater):
    """Why the order is none."""

    reason: OrderVoidReason
    words: Narrative | None = None


@router.post(
    "/answer",
    **documented(
        NoWorkOrder,
        OrderOfAnotherUnit,
        CaseNotNamed,
        NothingToLinkTo,
        WorkOrderAnsweredOtherwise,
        WorkOrderIsAnswered,
        WorkOrderIsVoid,
    ),
)
async def answer(body: AnswerBody, context: ByHandlers) -> Response:
    """答复: what the order came to.

    Where a case has the matter, the order counts with that case from now on, unless it is linked
    or others are linked to it. An order of 12345
    that a unit does not have the remit for (`not-our-remit`) is the desk's again, and not answered.
    """
    return await context.handle(partial(_prepare_answer, context, body))


@router.post(
    "/assign",
    **documented(NoWorkOrder, UnitIsComplainedOf, WorkOrderIsAnswered, WorkOrderIsVoid),
)
async def assign(body: AssignBody, context: ByTheDesk) -> Response:
    """改派: the desk gives an order that is not answered to another unit."""
    return await _with_words(
        context,
        body,
        lambda digest: AssignOrder(to_unit=body.to_unit, words_digest=digest),
    )


@router.post("/void", **documented(NoWorkOrder, WorkOrderIsAnswered, WorkOrderVoidedOtherwise))
async def void(body: VoidBody, context: ByTheDesk) -> Response:
    """作废: an order that was opened by mistake is answered by nobody; the signal stays on record.

    A report that was converted to it is the desk's again.
    """
    return await _with_words(
        context, body, lambda digest: VoidOrder(reason=body.reason, words_digest=digest)
    )


async def _with_words(
    context: SignalContext,
    body: AssignBody | VoidBody,
    command: Callable[[str | None], SignalCommand],
) -> Response:
    """Handle the command that is made with the digest of what is said with it."""

    async def prepare(record: Record[Signal]) -> Prepared[SignalCommand, Signal]:
        begun(record.state)
        digest, kept = await _answer_words(context, body.words)
        return Prepared(
            command=command(digest),
            at=context.moment(body),
            writes_about=link_writes(context.stream_id, kept),
        )

    return await context.handle(prepare)


async def _prepare_answer(
    context: SignalContext, body: AnswerBody, record: Record[Signal]
) -> Prepared[SignalCommand, Signal]:
    at = context.moment(body)
    returns = _returns(context, body, record.state)
    _require_own(context, record.state, returns=returns)
    case = None
    if body.case_id is not None:
        case, _ = await case_target(
            context.office, context.actor, context.division, body.case_id, field="case_id"
        )
    digest, kept = await _answer_words(context, body.words)
    command: SignalCommand
    if returns:
        command = ReturnOrder(by_unit=str(context.actor.unit), words_digest=digest)
    else:
        command = AnswerOrder(
            result=body.result,
            case=case,
            case_not_nameable=body.case_not_nameable and context.actor.role is not Role.HANDLER,
            words_digest=digest,
            grade=body.grade,
            has_linked=await has_linked(context),
        )
    return Prepared(
        command=command,
        at=at,
        writes_about=link_writes(context.stream_id, kept),
    )


def _returns(context: SignalContext, body: AnswerBody, signal: Signal) -> bool:
    """Whether a unit gives an order of 12345 back; the report of any other has terms of its own."""
    if context.actor.role is not Role.HANDLER or body.result is not OrderResult.NOT_OUR_REMIT:
        return False
    return signal.opened is not None and signal.opened.source is OrderSource.HOTLINE_12345


def _require_own(context: SignalContext, signal: Signal, *, returns: bool) -> None:
    """Raise OrderOfAnotherUnit."""
    if context.actor.role is not Role.HANDLER or is_of_order_unit(context.actor, signal):
        return
    if not (returns and is_returned_by(context.actor, signal)):
        raise OrderOfAnotherUnit


async def _answer_words(
    context: SignalContext, words: str | None
) -> tuple[str | None, Sequence[Statement]]:
    if words is None:
        return None, ()
    file = await file_of_signal(context.office.vault, context.actor.scope, context.stream_id)
    entry = file.entry(EntryKind.REMARK, {"text": words})
    return entry.digest, keep(context.division, [], [entry])
