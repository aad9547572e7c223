"""The state of a signal: what its events come to, and what every step asks of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.contracts.event import Code
from shared.contracts.signal_codes import SignalField
from shared.contracts.signals import (
    SignalCorrected,
    SignalLinked,
    SignalReceived,
    WorkOrderAnswered,
    WorkOrderAssigned,
    WorkOrderOpened,
    WorkOrderReturned,
    WorkOrderVoided,
)
from shared.decider import Mark
from shared.keyed_marks import NO_MARKS, KeyedMarks
from shared.refusals import Refusal


class SignalState(Code):
    """The states of a signal and its order."""

    NOT_RECEIVED = "not-received", "未接收"
    RECEIVED = "received", "已接收"
    """There is no order: nothing is owed to whoever told of it."""
    OPEN = "open", "待答复"
    ANSWERED = "answered", "已答复"
    VOIDED = "voided", "已作废"
    """The order was opened by mistake: nobody answers it."""


IS_MARK = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """What a signal's events come to; facts are kept as they were published."""

    version: int = 0
    mark: Mark | None = None
    """Of the command or event that comes next."""
    received: SignalReceived | None = None
    corrected: Mapping[SignalField, str | None] = field(default_factory=dict)
    """Facts that were corrected, as they are from then on."""
    opened: WorkOrderOpened | None = None
    moved: WorkOrderReturned | WorkOrderAssigned | None = None
    """The last time that the order went to the desk or to another unit."""
    answered: WorkOrderAnswered | None = None
    voided: WorkOrderVoided | None = None
    linked: SignalLinked | None = None
    unit_marks: KeyedMarks = field(default=NO_MARKS, compare=False, repr=False)
    """By which a unit is known as the one complained of; the same for every signal."""

    @property
    def state(self) -> SignalState:
        """How far its order is, where there is one."""
        if self.answered is not None:
            return SignalState.ANSWERED
        if self.voided is not None:
            return SignalState.VOIDED
        if self.opened is not None:
            return SignalState.OPEN
        return SignalState.NOT_RECEIVED if self.received is None else SignalState.RECEIVED

    @property
    def to_unit(self) -> str | None:
        """The unit that has the order."""
        last = self.moved or self.opened
        return last.to_unit if last else None

    @property
    def returned(self) -> WorkOrderReturned | None:
        """That a unit does not have the remit, until the desk gives the order to another."""
        return self.moved if isinstance(self.moved, WorkOrderReturned) else None

    @property
    def complained_unit(self) -> str | None:
        """The unit that is complained of: its mark, or its code where the record is older."""
        return self.fact(SignalField.COMPLAINED_UNIT)

    def complains_of(self, code: str | None) -> bool:
        """Whether the unit that is complained of has this code."""
        if code is None or self.complained_unit is None:
            return False
        return self.complained_unit in self.unit_marks.names_of_unit(code)

    def name_of(self, code: str | None) -> str | None:
        """How an event names a unit of this code that is complained of; a mark is its own name."""
        if code is None or IS_MARK.fullmatch(code):
            return code
        return self.unit_marks.of_unit(code) or code

    def fact(self, name: SignalField) -> str | None:
        """As it was corrected, or else as the signal came in; an order has no topic."""
        if name in self.corrected:
            return self.corrected[name]
        return named_in(self.received or self.opened, name)


def named_in(
    event: SignalReceived | WorkOrderOpened | SignalCorrected | None, name: SignalField
) -> str | None:
    """What an event says of a fact; of the unit complained of its mark, where it has one."""
    if name is SignalField.COMPLAINED_UNIT and event is not None and event.complained_mark:
        return event.complained_mark
    return getattr(event, name.field, None)


class SignalNotFound(Refusal):
    """There is no such signal, or none that this token may see."""

    status = 404
    title = "No such signal"
    hides = True


def begun(signal: Signal) -> SignalReceived | WorkOrderOpened:
    """The stream's first fact; raises SignalNotFound."""
    first = signal.received or signal.opened
    if first is None:
        raise SignalNotFound
    return first


def id_of(signal: Signal) -> str:
    """The id of the signal, and of its order; raises SignalNotFound."""
    first = begun(signal)
    return first.signal_id if isinstance(first, SignalReceived) else first.order_id


def own_matter(signal: Signal) -> str:
    """The matter that the signal has by itself; raises SignalNotFound."""
    return begun(signal).matter_id


def matter_of(signal: Signal) -> str:
    """The matter with which it counts: the other record's once it is linked."""
    return signal.linked.to_matter_id if signal.linked else own_matter(signal)
