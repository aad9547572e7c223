"""Events of intake about the way of a matter across the ledgers of a county."""

from shared.contracts.intake import CaseEvent
from shared.contracts.transfer_codes import (
    ObjectionReason,
    RemitHow,
    ReturnReason,
    TransferEnd,
    TransferStep,
)
from shared.contracts.words import KeyedMark, UnitRef
from shared.divisions import Identifier, ScopeCode
from shared.times import WireTime


class CaseAssigned(CaseEvent):
    """交办 [R22(3)]: a superior names who handles the matter, and there is no objection to it.

    The superior oversees it: it learns of the acceptance, the answer and the end.
    """

    to_unit: UnitRef
    to_division: ScopeCode
    report_due: WireTime | None = None
    """When the closing report is due."""


class RemitTaken(CaseEvent):
    """接收: the receiver has the matter in its hands and can no longer object."""

    how: RemitHow


class RemitObjected(CaseEvent):
    """异议 [R23]: the receiver says, within five working days, that the matter is not its own."""

    by_unit: UnitRef
    reason_code: ObjectionReason


class RemitObjectionDecided(CaseEvent):
    """The sender's decision on an objection: a matter is returned only with its consent [R23]."""

    objection: Identifier
    """The event by which the receiver objected."""
    receiver_case_id: Identifier
    upheld: bool


class CaseReturned(CaseEvent):
    """退回: the receiver's case ends, since the matter is not its own."""

    why: ReturnReason


class TransferNoted(CaseEvent):
    """What became of a matter that was passed on: in the ledgers of its sender and of its home.

    `to_division` and `to_unit` name who holds the matter from then on.
    """

    receiver_case_id: Identifier
    """The case of the receiver that the note is about."""
    to_division: ScopeCode
    to_unit: UnitRef
    step: TransferStep
    end: TransferEnd | None = None
    objection: Identifier | None = None
    """The event by which the receiver objected, where it did."""
    complained_unit: UnitRef | None = None
    """Of a matter that comes back: the unit complained of, as it may have been corrected meanwhile."""
    complained_division: ScopeCode | None = None
    complained_mark: KeyedMark | None = None
    """That unit by the mark of its code."""
