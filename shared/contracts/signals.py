"""Events of the grid service about signals and work orders, on `concord.grid`.

A signal is one message of a matter: a call to 12345, an entry of the grid app, what somebody of an
elders' group passes on. A work order is what the office has to answer by a day; that of a hotline
call is in the signal's own stream. Who called and what was said stays in the vault.
"""

from datetime import date

from pydantic import Field

from shared.contracts.case_codes import Category
from shared.contracts.event import Event
from shared.contracts.report_codes import ReportGrade, ReportTopic
from shared.contracts.signal_codes import (
    LinkedTo,
    OrderNature,
    OrderResult,
    OrderSource,
    OrderVoidReason,
    SignalField,
    SignalKind,
    SignalLinkReason,
    SignalSource,
    SignalUnlinkReason,
)
from shared.contracts.words import Digest, ExternalText, KeyedMark, UnitRef
from shared.divisions import GridCode, Identifier, ScopeCode, VillageCode


class SignalStreamEvent(Event):
    """What all events of a signal's stream have in common."""

    matter_id: Identifier
    """The matter with which it counts; of a link the signal's own, which it counts with no more."""
    imported: bool | None = None
    """True where the fact was brought in from an older register."""
    day_only: bool | None = None
    """True where only the day is known: the event's time is that day's first moment in China."""


class SignalReceived(SignalStreamEvent):
    """接收: the office learns of a matter."""

    signal_id: Identifier
    source: SignalSource
    signal_kind: SignalKind = Field(alias="kind")
    category: Category
    """The category of a case about the same matter."""
    words_digest: Digest
    topic: ReportTopic | None = None
    village_code: VillageCode | None = None
    grid_code: GridCode | None = None
    complained_unit: UnitRef | None = None
    """The unit that is complained of: it reads nothing of the signal."""
    caller_ref: Identifier | None = None
    """Who called: a reference into the vault; left out where nobody is on record."""
    caller_confidential: bool | None = None
    """保密: true where the caller asked not to be named, so that nobody is on record."""
    complained_mark: KeyedMark | None = None
    """The unit that is complained of, by the mark of its code: newer events name none by its code."""


class SignalCorrected(SignalStreamEvent):
    """更正: facts of a signal or an order were stated wrongly, or were not known.

    `changed` names what is corrected; the fields of those names have the new values, and a field
    that is left out is empty from now on. What `changed` does not name stays as it was.
    """

    signal_id: Identifier
    changed: tuple[SignalField, ...]
    category: Category | None = None
    topic: ReportTopic | None = None
    village_code: VillageCode | None = None
    grid_code: GridCode | None = None
    complained_unit: UnitRef | None = None
    complained_mark: KeyedMark | None = None
    """The new unit where `complained-unit` is among `changed`, by the mark of its code."""


class SignalLinked(SignalStreamEvent):
    """关联: the signal counts with another record from now on, and no more by itself."""

    signal_id: Identifier
    to_matter_id: Identifier
    to_kind: LinkedTo
    to_id: Identifier
    why: SignalLinkReason
    moved_from: Identifier | None = None
    """The matter with which it counted before, where the other record moved to another one."""


class SignalUnlinked(SignalStreamEvent):
    """取消关联: the signal has its own matter again."""

    signal_id: Identifier
    from_kind: LinkedTo
    from_id: Identifier
    why: SignalUnlinkReason | None = None
    """Left out where a person undid it."""


class WorkOrderOpened(SignalStreamEvent):
    """派单: the office has to answer an order; its id is that of the stream."""

    order_id: Identifier
    source: OrderSource
    to_unit: UnitRef
    nature: OrderNature
    category: Category
    number: ExternalText | None = None
    """The order's number, as whoever gave it writes it."""
    due_on: date | None = None
    report_id: Identifier | None = None
    """The grid report from which the office opened it."""
    village_code: VillageCode | None = None
    grid_code: GridCode | None = None
    complained_unit: UnitRef | None = None
    """The unit that the report is about: it reads nothing of the order either."""
    complained_division: ScopeCode | None = None
    """The division of that unit, where the report states it."""
    words_digest: Digest | None = None
    """What is to be done, where the office opened it and wrote that down."""
    instead_of: UnitRef | None = None
    """The unit to which it was sent and which it complains of: the desk has it instead."""
    complained_mark: KeyedMark | None = None
    """The unit that the report is about, by the mark of its code."""
    kept_from_unit: bool | None = None
    """True where it was sent to the unit that it complains of, and the desk has it instead."""


class WorkOrderReturned(SignalStreamEvent):
    """退单: the unit does not have the remit, so the desk has the order again."""

    order_id: Identifier
    by_unit: UnitRef
    to_unit: UnitRef
    """The desk, which gives it to another unit."""
    words_digest: Digest | None = None


class WorkOrderAssigned(SignalStreamEvent):
    """改派: the desk gives an order that is not answered to another unit."""

    order_id: Identifier
    to_unit: UnitRef
    words_digest: Digest | None = None


class WorkOrderVoided(SignalStreamEvent):
    """作废: the order was opened by mistake and is not answered; the signal stays on record."""

    order_id: Identifier
    reason: OrderVoidReason
    words_digest: Digest | None = None


class WorkOrderAnswered(SignalStreamEvent):
    """办结答复: what the order came to."""

    order_id: Identifier
    result: OrderResult
    case_id: Identifier | None = None
    """The case that has the matter, where it is in the petition procedure."""
    words_digest: Digest | None = None
    grade: ReportGrade | None = None
    """是否满意: how content the caller said to be, where a register states it with the answer."""
