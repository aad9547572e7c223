"""Code lists of the way of a matter across townships."""

from shared.contracts.event import Code


class RemitHow(Code):
    """接收: how a matter that came from another ledger was taken into the receiver's hands."""

    STATED = "stated", "确认接收"
    ACCEPTED = "accepted", "受理即接收"
    LAPSED = "lapsed", "逾期未提异议"
    OBJECTION_REJECTED = "objection-rejected", "异议不成立"
    ASSIGNED = "assigned", "上级交办"
    """Binding: there is no objection to it."""
    SUPERIOR = "superior", "报共同上级"
    """The common superior does not object; it handles the matter or assigns it."""


class ObjectionReason(Code):
    """异议理由 [R23]: why a receiver says that the matter is not its own."""

    NOT_COMPETENT = "not-competent", "不属本机关职权"
    ANOTHER_AREA = "another-area", "不属本行政区域"
    HANDLED_ELSEWHERE = "handled-elsewhere", "已由其他机关办理"
    STATUTORY_ROUTE = "statutory-route", "应依法定途径处理"


class ReturnReason(Code):
    """退回: why a receiver's case ends and the matter leaves its ledger."""

    OBJECTION_UPHELD = "objection-upheld", "异议成立"
    PASSED_TO_SUPERIOR = "passed-to-superior", "再次异议, 报共同上级"
    UNDECIDED = "undecided", "逾期未决定, 报共同上级"
    """The sender has not decided the objection in time."""


class TransferStep(Code):
    """What the sender and the home of a matter learn of it."""

    RECEIVED = "received", "已收到"
    TAKEN = "taken", "已接收"
    OBJECTED = "objected", "提出异议"
    ACCEPTED = "accepted", "已受理"
    ANSWERED = "answered", "已答复"
    RESOLVED = "resolved", "已化解"
    CLOSED = "closed", "已办结"
    ENDED = "ended", "已终结"
    REOPENED = "reopened", "重新办理"
    HANDED_OVER = "handed-over", "内部移交"
    """To another unit of the same division."""
    PASSED_ON = "passed-on", "再转送"
    RETURNED = "returned", "已退回"


class TransferEnd(Code):
    """How a receiver's case ended that was not handled to its end."""

    WITHDRAWN = "withdrawn", "撤回"
    DIVERTED = "diverted", "导入法定途径"
    LINKED = "linked", "并案"
    DECLINED = "declined", "不予受理"
