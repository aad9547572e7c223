"""Which rights of a petitioner are open in a case, until when, and how each is used.

Regulation on Petition Work (2022), articles 21, 28, 35 and 36. Nothing here decides: the command
that uses a right is refused or taken by its own rule.
"""

from dataclasses import dataclass
from datetime import date

from services.intake.domain.case import CaseFile, CaseState
from services.intake.domain.case.answer_review import is_answered
from services.intake.domain.case.ended import has_departed, withdrawal_is_in_effect
from services.intake.domain.case.served_opinion import served_on
from services.intake.domain.resident.next_step import last_day
from services.intake.domain.resident.said import Said
from services.intake.domain.term_of_handling import review_until
from shared.clocks.calendar import Calendar
from shared.clocks.policy import Policy
from shared.contracts.case_handling_codes import ReviewLevel
from shared.contracts.case_rating_codes import RatedSubject
from shared.contracts.event import Code

_GOING_ON = (CaseState.FILED, CaseState.FORWARDED, CaseState.ACCEPTED, CaseState.ANSWERED)
_ENDED = Said("该事项已不在办理中。", "The case does not go on here.")


class Right(Code):
    """What a petitioner may do."""

    RATE = "rate", "评价"
    REVIEW = "review", "申请复查"
    RE_REVIEW = "re-review", "申请复核"
    RECUSAL = "recusal", "申请回避"
    WITHDRAW = "withdraw", "撤回"


@dataclass(frozen=True, slots=True, kw_only=True)
class RightNow:
    """A right on a day: open or not, until when, and a sentence that says how or why not."""

    right: Right
    article: str | None = None
    """Of the Regulation; None for the withdrawal, of which no article speaks."""
    open: bool
    until: date | None = None
    said: Said


def rights(
    case: CaseFile, *, today: date, policy: Policy, calendar: Calendar
) -> tuple[RightNow, ...]:
    """Of the case that holds the matter, in the order of the list."""
    until = review_until(case, policy=policy, calendar=calendar)
    return (
        _rate(case),
        _review(case, until, today),
        _re_review(case, until, today),
        _recusal(case),
        _withdrawal(case),
    )


def _rate(case: CaseFile) -> RightNow:
    """Each subject once; what was rated by call-back is not rated again here."""
    left = [about for about in RatedSubject if about not in case.proceedings.ratings]
    if has_departed(case):
        is_open, said = False, _ENDED
    elif not is_answered(case):
        is_open = False
        said = Said("收到答复后可以评价。", "You can rate once you have the answer.")
    elif not left:
        is_open, said = False, Said("您已评价。", "You have rated it.")
    else:
        zh = "、".join(about.label for about in left)
        en = " and ".join(about.value.replace("-", " ") for about in left)
        is_open = True
        said = Said(f"可以评价{zh}，也可以不评价。", f"You may rate the {en}, or leave it.")
    return RightNow(right=Right.RATE, article="R21", open=is_open, said=said)


def _review(case: CaseFile, until: date | None, today: date) -> RightNow:
    if has_departed(case):
        said, open_until = _ENDED, None
    elif ReviewLevel.REVIEW in case.proceedings.requested:
        said, open_until = Said("您已申请复查。", "You have requested the review."), None
    elif served_on(case) is None or until is None:
        said, open_until = Said("尚未送达处理意见。", "No opinion was served on you yet."), None
    else:
        said, open_until = _in_time(until, today)
    return RightNow(
        right=Right.REVIEW, article="R35", open=open_until is not None, until=open_until, said=said
    )


def _re_review(case: CaseFile, until: date | None, today: date) -> RightNow:
    decided = case.proceedings.decided.get(ReviewLevel.REVIEW)
    if has_departed(case):
        said, open_until = _ENDED, None
    elif ReviewLevel.RE_REVIEW in case.proceedings.requested:
        said, open_until = Said("您已申请复核。", "You have requested the re-review."), None
    elif decided is None or until is None:
        said, open_until = (
            Said("尚未送达复查意见。", "No opinion of a review was served on you yet."),
            None,
        )
    else:
        said, open_until = _in_time(until, today)
    return RightNow(
        right=Right.RE_REVIEW,
        article="R36",
        open=open_until is not None,
        until=open_until,
        said=said,
    )


def _in_time(until: date, today: date) -> tuple[Said, date | None]:
    if today > until:
        return Said(f"期限已于{until}届满。", f"The time was over on {until}."), None
    return Said(
        f"可在{until}前（含当日）在此申请。", f"You may request it here until {until}."
    ), until


def _recusal(case: CaseFile) -> RightNow:
    is_open = case.state in _GOING_ON
    said = Said(
        "如承办人与您的事项有利害关系，可向承办单位申请其回避。",
        "If whoever handles it has an interest in it, ask the responsible unit that they step back.",
    )
    return RightNow(
        right=Right.RECUSAL, article="R28", open=is_open, said=said if is_open else _ENDED
    )


def _withdrawal(case: CaseFile) -> RightNow:
    pending = case.proceedings.withdrawal
    is_open = case.state in _GOING_ON and not withdrawal_is_in_effect(case)
    if not is_open:
        return RightNow(right=Right.WITHDRAW, open=False, said=_ENDED)
    if pending is None:
        said = Said("可向承办单位提出撤回。", "You may withdraw at the responsible unit.")
        return RightNow(right=Right.WITHDRAW, open=True, said=said)
    until = last_day(pending[0].takes_effect_at)
    said = Said(
        f"您已提出撤回；可在{until}前（含当日）向承办单位收回。",
        f"You have stated a withdrawal; until {until} you may take it back at the responsible unit.",
    )
    return RightNow(right=Right.WITHDRAW, open=True, until=until, said=said)
