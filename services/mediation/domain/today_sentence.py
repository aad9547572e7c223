"""What a mediator has to do about a dispute, in one plain sentence that an old eye reads quickly."""

from datetime import date

from services.mediation.domain.mediation_state import MediationState


def in_words(day: date) -> str:
    """A day as it is spoken of: nobody counts 216 days on a calendar."""
    return f"{day.year}年{day.month}月{day.day}日"


def sentence(
    state: MediationState, *, today: date, last_day: date | None, next_due_on: date | None
) -> str:
    """`last_day` is that of the time for mediation, `next_due_on` that of the next instalment."""
    match state:
        case MediationState.APPLIED:
            return "还没有得到双方同意，先问双方愿不愿意调解。"
        case MediationState.OPEN:
            return f"正在调解。{_until(last_day, today)}"
        case MediationState.BREACHED:
            return "约定没有履行，已告知其他途径，请再去看看。"
        case MediationState.AGREED | MediationState.PARTLY_PERFORMED:
            return f"协议已签。{_instalment(next_due_on, today)}"
        case MediationState.PERFORMED:
            return "协议已经履行完毕。"
        case _:
            return _without_agreement(state)


def _without_agreement(state: MediationState) -> str:
    if state is MediationState.REFUSED:
        return "有一方不愿意调解，已告知其他途径。"
    if state is MediationState.FAILED:
        return "没有调解成，已告知其他途径。"
    return "没有经过调解就终止了，已告知其他途径。"


def _until(last_day: date | None, today: date) -> str:
    if last_day is None:
        return ""
    left = (last_day - today).days
    if left < 0:
        return f"调解期限已过{-left}天，请延长或者结束。"
    if left == 0:
        return "今天是调解期限最后一天。"
    return f"调解期限到{in_words(last_day)}，还有{left}天。"


def _instalment(due: date | None, today: date) -> str:
    if due is None:
        return "请看看履行得怎么样。"
    left = (due - today).days
    if left < 0:
        return f"有一期已过期{-left}天，请去看看。"
    return (
        "今天有一期到期，请去看看。" if left == 0 else f"下一期{in_words(due)}到期，还有{left}天。"
    )
