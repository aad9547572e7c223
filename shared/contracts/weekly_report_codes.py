"""Code lists of weekly reports and monthly assessments; sets are closed."""

from shared.contracts.event import Code


class PeriodFigure(Code):
    """What a weekly report or an assessment counts."""

    SUBMITTED = "submitted", "上报"
    VALIDATED = "validated", "审核有效"
    REJECTED = "rejected", "驳回"
    SOLVED_ON_SITE = "solved-on-site", "现场解决"
    HANDLED = "handled", "部门处置"
    CONVERTED = "converted", "转办"
    CLOSED = "closed", "结案"
    OPEN_AT_END = "open-at-end", "期末在办"
    OVERDUE_AT_END = "overdue-at-end", "期末逾期"
    PATROLS_DUE = "patrols-due", "应巡查"
    PATROLS_DONE = "patrols-done", "已巡查"
    DAYS_WITHOUT_WORKER = "days-without-worker", "无人值守"
