"""The routes of a withdrawal: stated in the petitioner's words, taken back, and stated as ended."""

from datetime import datetime
from functools import partial

from fastapi import Response

from services.intake.api.case_bodies import CaseAnswer, WithdrawBody
from services.intake.api.case_context import ENDED, AtTheDesk, CaseContext, documented
from services.intake.api.statements import Statement, statement_entry, taken_by
from services.intake.domain.case import CaseCommand, CaseFile, withdrawal
from services.intake.domain.withdrawal_policy import WITHIN_SEVEN_DAYS
from services.intake.store.due_withdrawals import rows_for
from shared import vault
from shared.contracts.words import UnitRef
from shared.handling import Prepared, Record
from shared.http import Router, correlation_id
from shared.identity import Role
from shared.times import china_day, to_wire
from shared.vault import PersonErased
from shared.vault.bodies import Narrative

router = Router(prefix="/cases/{case_id}", tags=["withdrawals"])


class StateWithdrawalBody(Statement):
    """The petitioner's withdrawal in their own words; which other unit called them back, if any."""

    text: Narrative
    called_back_by: UnitRef | None = None


class StatedAnswer(CaseAnswer):
    """The case stays open until the withdrawal takes effect."""

    takes_effect_at: datetime


_stated = documented(withdrawal.WithdrawalStatedOtherwise, PersonErased, *ENDED)


@router.post("/state-withdrawal", **(_stated | {"response_model": StatedAnswer}))
async def state_withdrawal(body: StateWithdrawalBody, context: AtTheDesk) -> Response:
    """申请撤回: the case stays open and its terms run; it ends by itself when the days are over.

    The days run from the recording, whatever day of the statement is told: an office cannot date a
    case out of its terms. What a backfill states does not end by itself: its days run from the day
    of the statement, and its end, or its taking back, is stated as well. Which unit called the
    petitioner back can be added to the same statement later.
    """
    return await context.handle(partial(_prepare_statement, context, body))


async def _prepare_statement(
    context: CaseContext, body: StateWithdrawalBody, record: Record[CaseFile]
) -> Prepared[CaseCommand, CaseFile]:
    entry = await statement_entry(context, body.text)
    at, is_backfill = context.moment(body), context.actor.role is Role.BACKFILL
    pending = record.state.proceedings.withdrawal
    counted_from = china_day(at if is_backfill else context.office.now())
    takes_effect_at = (
        pending[0].takes_effect_at if pending else WITHIN_SEVEN_DAYS.takes_effect_at(counted_from)
    )
    command = withdrawal.StateWithdrawal(
        way=body.way,
        taken_by=taken_by(context, body, known={pending[0].taken_by} if pending else ()),
        takes_effect_at=takes_effect_at,
        statement_digest=entry.digest,
        called_back_by=body.called_back_by,
    )
    due = partial(rows_for, takes_effect_at=takes_effect_at, correlation_id=correlation_id())
    return Prepared(
        command=command,
        at=at,
        side_writes=vault.keep(context.division, [], [entry]),
        writes_about=None if pending or is_backfill else due,
        further={"takes_effect_at": to_wire(takes_effect_at)},
    )


@router.post("/take-back-withdrawal", **documented(withdrawal.WithdrawalNotStated, *ENDED))
async def take_back_withdrawal(body: Statement, context: AtTheDesk) -> Response:
    """收回撤回申请: the petitioner goes on with the case, as long as the days run."""
    command = withdrawal.TakeBackWithdrawal(way=body.way, taken_by=taken_by(context, body))
    return await context.handle_command(command, body)


@router.post(
    "/withdraw",
    **documented(
        withdrawal.WithdrawalWithoutStatement,
        withdrawal.WithdrawalNotStated,
        withdrawal.WithdrawalMayBeTakenBack,
        *ENDED,
    ),
)
async def withdraw(body: WithdrawBody, context: AtTheDesk) -> Response:
    """撤回: the end of a withdrawal that was stated before, once its days are over.

    A backfill states the day; otherwise the case ended at the moment in which the days were over.
    """
    return await context.handle(partial(_prepare_end, context, body))


async def _prepare_end(
    context: CaseContext, body: WithdrawBody, record: Record[CaseFile]
) -> Prepared[CaseCommand, CaseFile]:
    command = withdrawal.WithdrawCase(statement_recorded=body.statement_recorded)
    at, pending = context.moment(body), record.state.proceedings.withdrawal
    if pending and context.actor.role is not Role.BACKFILL:
        at = min(at, pending[0].takes_effect_at)
    return Prepared(command=command, at=at)
