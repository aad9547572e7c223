"""撤回 (withdrawal): stated by the petitioner, and in effect when the days to take it back are over.

open ─ WithdrawalStated ─► open, and the terms run ─ CaseWithdrawn, at the end of the days ─► withdrawn
                                    │
                                    └─ WithdrawalTakenBack ─► open

Until then the case goes on: an end of another kind that comes first leaves the withdrawal without
effect. From that moment on nothing else is done in the case, even before its end is recorded.
A register states a withdrawal as it was, without such days.
"""

from dataclasses import dataclass
from datetime import datetime

from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.ended import (
    has_ended,
    refuse_if_ended,
    refuse_if_recorded_as_ended,
)
from services.intake.domain.case.order import refuse_acts_since
from services.intake.domain.case.origin import Origin
from services.intake.domain.case.remit import taken_by_act
from shared.contracts.case_handling import WithdrawalStated, WithdrawalTakenBack
from shared.contracts.case_handling_codes import StatementWay
from shared.contracts.event import Event
from shared.contracts.intake import CaseWithdrawn
from shared.contracts.transfer_codes import RemitHow
from shared.refusals import Refusal
from shared.times import china_day, to_wire


@dataclass(frozen=True, slots=True, kw_only=True)
class StateWithdrawal:
    """申请撤回: the petitioner's own statement."""

    way: StatementWay
    taken_by: str
    takes_effect_at: datetime
    statement_digest: str | None = None
    called_back_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBackWithdrawal:
    """收回撤回申请: the petitioner goes on with the case."""

    way: StatementWay
    taken_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndStatedWithdrawal:
    """The days of a stated withdrawal are over, of the one that this event stated."""

    statement_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawCase:
    """撤回: the end of a stated withdrawal; None where a register is silent about a statement."""

    statement_recorded: bool | None
    origin: Origin = Origin.OFFICE


class WithdrawalWithoutStatement(Refusal):
    """A withdrawal needs the petitioner's own recorded statement."""

    status = 422
    title = "The petitioner's statement is missing"


class WithdrawalNotStated(Refusal):
    """The petitioner's withdrawal is stated first, and takes effect when its days are over."""

    title = "No withdrawal is stated"


class WithdrawalStatedOtherwise(Refusal):
    """Another withdrawal is stated already, and may still be taken back."""

    title = "A withdrawal is stated already"


class WithdrawalMayBeTakenBack(Refusal):
    """The days in which the petitioner may take the withdrawal back are not over."""

    title = "The withdrawal may still be taken back"


def state(command: StateWithdrawal, case: CaseFile) -> list[Event]:
    """The case stays open, and its terms run.

    Stated once more it only adds which unit called the petitioner back, where that was not known.
    """
    stated = WithdrawalStated(
        way=command.way,
        taken_by=command.taken_by,
        statement_digest=command.statement_digest,
        takes_effect_at=command.takes_effect_at,
        called_back_by=command.called_back_by,
        **case.about(Origin.OFFICE),
    )
    refuse_if_ended(case)
    pending = case.proceedings.withdrawal
    if pending is None:
        refuse_acts_since(china_day(command.takes_effect_at), case)
        return [stated, *taken_by_act(case, RemitHow.STATED)]
    before = pending[0]
    stated = stated.model_copy(update={"takes_effect_at": before.takes_effect_at})
    if stated == before:
        return []
    if before.called_back_by or stated.model_copy(update={"called_back_by": None}) != before:
        raise WithdrawalStatedOtherwise
    return [stated]


def take_back(command: TakeBackWithdrawal, case: CaseFile) -> list[Event]:
    """As long as it has not taken effect; afterwards the case is reopened."""
    taken_back = WithdrawalTakenBack(
        way=command.way, taken_by=command.taken_by, **case.about(Origin.OFFICE)
    )
    refuse_if_ended(case)
    if case.proceedings.withdrawal:
        return [taken_back]
    if case.proceedings.taken_back != taken_back:
        raise WithdrawalNotStated
    return []


def end(command: EndStatedWithdrawal, case: CaseFile) -> list[Event]:
    """Nothing where it was taken back, or the case came to another end before."""
    about = case.about(Origin.OFFICE)
    pending = case.proceedings.withdrawal
    if has_ended(case) or pending is None or pending[1].event_id != command.statement_id:
        return []
    return [CaseWithdrawn(statement_recorded=True, **about)]


def withdraw(command: WithdrawCase, case: CaseFile) -> list[Event]:
    """The office states the end of a stated withdrawal; a register may be silent about any."""
    withdrawn = CaseWithdrawn(
        statement_recorded=command.statement_recorded, **case.about(command.origin)
    )
    if case.holds(withdrawn):
        return []
    silent = command.statement_recorded is None and command.origin is not Origin.OFFICE
    if not (command.statement_recorded or silent):
        raise WithdrawalWithoutStatement
    refuse_if_recorded_as_ended(case)
    if command.origin is Origin.OFFICE:
        _refuse_unless_in_effect(case)
    return [withdrawn]


def _refuse_unless_in_effect(case: CaseFile) -> None:
    pending = case.proceedings.withdrawal
    if pending is None:
        raise WithdrawalNotStated
    takes_effect_at = pending[0].takes_effect_at
    if case.mark.occurred_at < takes_effect_at:
        raise WithdrawalMayBeTakenBack(takes_effect_at=to_wire(takes_effect_at))
