"""Code lists of the events about vaults, and of the log of who was shown what of them."""

from shared.contracts.event import Code


class ErasureReason(Code):
    """Why a person's file is erased."""

    AT_REQUEST = "at-request", "本人申请"
    KEEPING_TERM_OVER = "keeping-term-over", "保存期满"
    RECORDED_BY_MISTAKE = "recorded-by-mistake", "误登"
    BY_ORDER = "by-order", "依法责令"
    BACKUP_RESTORED = "backup-restored", "恢复备份后重新删除"


class ErasingRole(Code):
    """As what somebody erases a person's file."""

    TOWNSHIP_LEADER = "township-leader", "乡镇领导"
    OPERATOR = "operator", "运维人员"
    """Of a restored backup: what was erased before is erased again."""


class OpeningPurpose(Code):
    """For what a post was shown the private content of a record."""

    HANDLING = "handling", "办理"
    BEFORE_REGISTERING = "before-registering", "登记前查询"
    REVEALED = "revealed", "经批准查看"


class RevealReason(Code):
    """Why somebody is shown the person and the text of a record that is not with them."""

    PETITIONERS_REQUEST = "petitioners-request", "信访人请求"
    COMPLETING_AN_EARLIER_STEP = "completing-an-earlier-step", "完成已办事项"
    SUPERVISION = "supervision", "督查督办"
    DANGER = "danger", "紧急危险"
    BY_ORDER = "by-order", "依法调取"


class RevealRole(Code):
    """As what somebody approves a reveal."""

    CLERK = "clerk", "信访工作人员"
    HANDLER = "handler", "承办人"
    TOWNSHIP_LEADER = "township-leader", "乡镇领导"
