"""Code lists of early warnings and of watched matters; sets are closed.

The colours are those of the law on disasters [ERL63]; for disputes they are local convention.
"""

from shared.contracts.event import Code


class WarningLevel(Code):
    """预警等级: how fast the office must act, from the most urgent to the least."""

    RED = "red", "红色"
    ORANGE = "orange", "橙色"
    YELLOW = "yellow", "黄色"
    BLUE = "blue", "蓝色"


class WarningSubject(Code):
    """预警对象: what is warned about. There is no member for a person or a household."""

    MATTER = "matter", "事项"
    ISSUE_CLUSTER = "issue-cluster", "同地同因"
    AGENCY_CLOCK = "agency-clock", "机关办理时限"
    SERVICE_FAILURE = "service-failure", "办理质量"
    SAFETY = "safety", "人身安全"


class WarningSource(Code):
    """预警来源: a post of the office, or a rule that read what was recorded."""

    GRID = "grid", "网格"
    MONITORING = "monitoring", "监测"


class WarningRule(Code):
    """预警规则: by which rule; its version is beside it."""

    TOLD_BY_WORKER = "told-by-worker", "网格员预警"
    RAISED_AFTER_ANSWER = "raised-after-answer", "答复后再次提出"
    CLUSTER = "cluster", "同地同因多件"
    UNPAID_WAGES = "unpaid-wages", "同一单位欠薪"
    COMPENSATION_OVERDUE = "compensation-overdue", "补偿款逾期"
    AGREEMENT_BROKEN = "agreement-broken", "协议未履行"
    TERM = "term", "办理时限临近或超期"
    HALF_TERM_WITHOUT_STEP = "half-term-without-step", "时限过半未办理"
    RETURNED_TWICE = "returned-twice", "两次退回"
    SAME_ANSWER_TEXT = "same-answer-text", "答复内容雷同"


class DisposedHow(Code):
    """处置: what was done about what was warned of."""

    SETTLED = "settled", "已化解"
    PAID = "paid", "已支付"
    ANSWERED_ANEW = "answered-anew", "重新答复"
    STEP_TAKEN = "step-taken", "已办理"
    IN_PROCEDURE = "in-procedure", "已进入法定程序"
    WATCHED = "watched", "列入关注清单"
    OTHER = "other", "其他"


class LevelChangeReason(Code):
    """Why a warning has another level."""

    RULE = "rule", "规则触发"
    WORSE = "worse", "情况加重"
    BETTER = "better", "情况缓和"
    OTHER = "other", "其他"


class FalseWarningReason(Code):
    """误报: why there was nothing to warn of."""

    NO_MATTER = "no-matter", "无此事项"
    NOT_CONNECTED = "not-connected", "互不相关"
    WRONG_RECORD = "wrong-record", "登记有误"
    ALREADY_SETTLED = "already-settled", "已先行化解"
    OTHER = "other", "其他"


class WatchEnd(Code):
    """Why a matter is watched no more."""

    SETTLED = "settled", "已化解"
    NOT_NEEDED = "not-needed", "无需继续关注"
    EXPIRED = "expired", "到期"
