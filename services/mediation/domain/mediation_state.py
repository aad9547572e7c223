"""The states of a mediation."""

from shared.contracts.event import Code


class MediationState(Code):
    """From the application to the promise kept, or to an end without one."""

    UNAPPLIED = "unapplied", "未登记"
    APPLIED = "applied", "待双方同意"
    OPEN = "open", "调解中"
    REFUSED = "refused", "拒绝调解"
    FAILED = "failed", "调解不成"
    TERMINATED = "terminated", "终止"
    AGREED = "agreed", "达成协议"
    PARTLY_PERFORMED = "partly-performed", "部分履行"
    PERFORMED = "performed", "履行完毕"
    BREACHED = "breached", "未履行"


GOING_ON = (
    MediationState.APPLIED,
    MediationState.OPEN,
    MediationState.AGREED,
    MediationState.PARTLY_PERFORMED,
    MediationState.BREACHED,
)
"""The states in which somebody has to go on with a dispute; partial indexes list them as well."""
