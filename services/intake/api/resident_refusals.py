"""What a petitioner is told where a command is refused: plainly, in Chinese and English.

The problem keeps its type; only its words are others.
"""

from collections.abc import Mapping

from services.intake.domain.case import ended, questions, rating, reviews
from services.intake.domain.case.order import OutOfOrder
from services.intake.domain.case.served_opinion import CaseNotAnswered
from services.intake.domain.resident.said import Said
from shared.handling.refusals import IdempotencyKeyReused, StreamMovedOn
from shared.refusals import Refusal
from shared.vault import PersonErased

_ENDED = Said(
    "该事项已经结束，不能再办理此项。", "The case has ended; this can no longer be done in it."
)
_ON_ITS_WAY = Said(
    "事项正在转往下一单位，请稍后再试。",
    "The matter is on its way to the next office; try again a little later.",
)
_WORDS: Mapping[type[Refusal], Said] = {
    CaseNotAnswered: Said(
        "尚未向您送达处理意见，收到后才能评价或者申请复查。",
        "No opinion was served on you yet; rate it or request a review once you have it.",
    ),
    rating.CaseRatedAlready: Said(
        "您已经评价过，每次答复评价一次。",
        "You have rated this already; each answer is rated once.",
    ),
    reviews.ReviewNotDecided: Said(
        "尚未向您送达复查意见，收到后才能申请复核。",
        "No opinion of the review was served on you yet; a re-review follows it.",
    ),
    reviews.ReviewRequestedAlready: Said(
        "您已经申请过，每级只能申请一次。",
        "You have requested it already; each can be requested once.",
    ),
    reviews.ReviewTimeIsOver: Said(
        "申请期限已过。", "The thirty days in which it could be requested are over."
    ),
    questions.QuestionNotAsked: Said("没有这个询问。", "You were not asked this question."),
    questions.QuestionAnsweredAlready: Said(
        "您已经答复过该询问；需要补充的，请当面或者书面说明。",
        "You have answered this question; add to it in person or by letter.",
    ),
    PersonErased: Said(
        "您的个人信息已按要求删除，不能再办理此项。",
        "Your personal data was erased; this can no longer be done.",
    ),
    OutOfOrder: Said("请稍后再试。", "Try again a little later."),
    ended.CaseIsWithDiscipline: Said(
        "检举控告事项由纪检监察机关按规定办理和反馈，此处不能办理。",
        "An accusation is handled and answered by the discipline inspection; nothing is done here.",
    ),
    ended.MatterIsElsewhere: _ON_ITS_WAY,
    ended.CaseWasReturned: _ON_ITS_WAY,
    StreamMovedOn: Said(
        "该事项刚刚有更新，请重新查询后再试。", "The case has just moved on; look again and retry."
    ),
    IdempotencyKeyReused: Said(
        "该请求编号已用于另一请求。", "The key of this request belongs to another one."
    ),
} | dict.fromkeys(
    (
        ended.CaseWasWithdrawn,
        ended.CaseWasDiverted,
        ended.CaseWasLinked,
        ended.CaseWasDeclined,
        ended.CaseWasVoided,
        ended.CaseWasResolved,
        ended.CaseWasClosed,
    ),
    _ENDED,
)
ENDED_FOR_RESIDENTS = (
    ended.CaseWasWithdrawn,
    ended.CaseWasDiverted,
    ended.CaseWasLinked,
    ended.CaseWasDeclined,
    ended.CaseWasVoided,
    ended.CaseIsWithDiscipline,
    ended.MatterIsElsewhere,
    ended.CaseWasReturned,
)


def in_residents_words(refusal: Refusal) -> Refusal:
    """The same refusal in plain words; itself where it has none of its own."""
    said = _WORDS.get(type(refusal))
    if said is None:
        return refusal
    return type(refusal)(said.en, **{**refusal.shown, "zh": said.zh})
