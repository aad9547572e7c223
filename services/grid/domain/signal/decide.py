"""Every command of a signal, and the step that decides it."""

from services.grid.domain.signal.assigning import (
    AssignOrder,
    ReturnOrder,
    assign,
    return_order,
)
from services.grid.domain.signal.correcting import CorrectSignal, correct
from services.grid.domain.signal.linking import (
    FollowTarget,
    LinkSignal,
    LoseTarget,
    UnlinkSignal,
    follow_target,
    link,
    lose_target,
    unlink,
)
from services.grid.domain.signal.ordering import (
    AnswerOrder,
    OpenWorkOrder,
    answer,
    open_order,
)
from services.grid.domain.signal.receiving import ReceiveSignal, receive
from services.grid.domain.signal.signal_file import Signal
from services.grid.domain.signal.voiding import VoidOrder, void
from shared.contracts.event import Event

SignalCommand = (
    ReceiveSignal
    | CorrectSignal
    | OpenWorkOrder
    | ReturnOrder
    | AssignOrder
    | AnswerOrder
    | VoidOrder
    | LinkSignal
    | UnlinkSignal
    | LoseTarget
    | FollowTarget
)


def decide(command: SignalCommand, signal: Signal) -> list[Event]:  # noqa: C901, PLR0911
    """The events that follow; none where the record says so already. May raise a refusal."""
    match command:
        case ReceiveSignal():
            return receive(command, signal)
        case CorrectSignal():
            return correct(command, signal)
        case OpenWorkOrder():
            return open_order(command, signal)
        case ReturnOrder():
            return return_order(command, signal)
        case AssignOrder():
            return assign(command, signal)
        case AnswerOrder():
            return answer(command, signal)
        case VoidOrder():
            return void(command, signal)
        case LinkSignal():
            return link(command, signal)
        case UnlinkSignal():
            return unlink(command, signal)
        case LoseTarget():
            return lose_target(command, signal)
        case FollowTarget():
            return follow_target(command, signal)
