"""What comes next in a case, and until which day: the petitioner's, moved on from days of rest."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from services.intake.domain.case import CaseFile, CaseState
from services.intake.domain.case.document_status import DocumentStatus
from services.intake.domain.case.ended import has_departed, withdrawal_is_in_effect
from services.intake.domain.case.routing import has_term
from services.intake.domain.case.served_opinion import served_on
from services.intake.domain.resident.said import Said
from services.intake.domain.term_of_handling import (
    NOTICE_OF_DIRECT,
    NOTICE_OF_TRANSFERRED,
    REVIEW_OPINION,
    review_until,
)
from shared.clocks.calendar import Calendar
from shared.clocks.due import due_of
from shared.clocks.policy import Policy
from shared.contracts.case_handling_codes import DocumentKind, ReviewLevel
from shared.contracts.intake import CaseDiverted
from shared.times import china_day

_INSTANT = timedelta(microseconds=1)

_ARTICLES = {ReviewLevel.REVIEW: 35, ReviewLevel.RE_REVIEW: 36}
"""Of the Regulation on Petition Work (2022)."""
_ENDS: Mapping[CaseState, Said] = {
    CaseState.RESOLVED: Said(
        "事项已化解，等待办结。", "The matter is settled; its closing comes next."
    ),
    CaseState.CLOSED: Said("事项已办结。", "The case is closed."),
    CaseState.WITHDRAWN: Said("您已撤回该事项。", "You have withdrawn the matter."),
    CaseState.LINKED: Said(
        "同一事项已在另一件中办理，详见书面告知。",
        "The same matter is handled under another case; the written notice says which.",
    ),
    CaseState.DECLINED: Said(
        "不予受理，理由见书面告知。", "The case was not accepted; the written notice says why."
    ),
    CaseState.VOIDED: Said(
        "该登记已作废，请向登记单位询问。",
        "This registration is void; ask the office that registered it.",
    ),
    CaseState.WITH_DISCIPLINE: Said(
        "该事项由主管机关依规办理。",
        "The matter is handled by the organ that is competent for it.",
    ),
    CaseState.RETURNED: Said(
        "事项正在退回途中。", "The matter is being returned to the office that sent it."
    ),
    CaseState.TRANSFERRED_OUT: Said(
        "事项正在转往下一单位，请稍后查询。",
        "The matter is on its way to the next office; ask again a little later.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """What the petitioner waits for, or may do, and until when; None where no term runs."""

    said: Said
    until: date | None = None


def next_step(case: CaseFile, *, today: date, policy: Policy, calendar: Calendar) -> NextStep:
    """Of the case that holds the matter."""
    if withdrawal_is_in_effect(case):
        return NextStep(said=_ENDS[CaseState.WITHDRAWN])
    match case.state:
        case CaseState.FILED | CaseState.FORWARDED:
            return _overdue(_notice_due(case, policy, calendar), today)
        case CaseState.ACCEPTED:
            return _overdue(_opinion_due(case), today)
        case CaseState.ANSWERED:
            return _after_the_answer(case, today=today, policy=policy, calendar=calendar)
        case CaseState.RESOLVED | CaseState.CLOSED as ended if _may_be_reviewed(case):
            step = _after_the_answer(case, today=today, policy=policy, calendar=calendar)
            zh, en = _ENDS[ended]
            return replace(step, said=Said(f"{zh}{step.said.zh}", f"{en} {step.said.en}"))
        case ended:
            return NextStep(said=_diverted(case) or _ENDS[ended])


def _diverted(case: CaseFile) -> Said | None:
    if case.state is not CaseState.DIVERTED or not isinstance(case.departed, CaseDiverted):
        return None
    route = case.departed.route
    return Said(
        f"该事项已导入法定途径：{route.label}。",
        f"The matter was led to a statutory route: {route.value}.",
    )


def last_day(end: datetime) -> date:
    """The last day of a term that is over at that moment."""
    return china_day(end - _INSTANT)


def _may_be_reviewed(case: CaseFile) -> bool:
    return served_on(case) is not None and not has_departed(case)


def _notice_due(case: CaseFile, policy: Policy, calendar: Calendar) -> NextStep:
    if any(_is_served(case, kind) for kind in (DocumentKind.RECEIPT, DocumentKind.FORWARDED)):
        return NextStep(
            said=Said(
                "已书面告知，等待受理决定。",
                "You were given a written notice; the decision on acceptance comes next.",
            )
        )
    said = Said(
        "等待书面告知受理情况、办理单位和办理程序。",
        "A written notice says whether it is accepted, by whom and how it is handled (article 23).",
    )
    registration, received_on = case.required, case.received_on
    if registration.contact_unclear or registration.anonymous or received_on is None:
        return NextStep(said=said)
    clock = (
        NOTICE_OF_TRANSFERRED if case.remit or registration.transferred_from else NOTICE_OF_DIRECT
    )
    due = due_of(clock, received_on, policy=policy, calendar=calendar)
    return NextStep(said=said, until=due.due_on_for_petitioner)


def _is_served(case: CaseFile, kind: DocumentKind) -> bool:
    return case.proceedings.documents.get(kind, DocumentStatus()).served is not None


def _opinion_due(case: CaseFile) -> NextStep:
    """Suggestions and statutory duties have no term of sixty days, and are not cited as having one."""
    article = " (article 34)" if has_term(case) else ""
    said = Said("等待书面答复。", f"A written answer with its reasons comes next{article}.")
    extensions, accepted = case.proceedings.extensions, case.accepted
    due = (
        extensions[-1][0].due_at_for_petitioner
        if extensions
        else accepted and (accepted.due_at_for_petitioner or accepted.due_at)
    )
    return NextStep(said=said, until=last_day(due) if due else None)


def _after_the_answer(
    case: CaseFile, *, today: date, policy: Policy, calendar: Calendar
) -> NextStep:
    requested, decided = case.proceedings.requested, case.proceedings.decided
    for level in (ReviewLevel.RE_REVIEW, ReviewLevel.REVIEW):
        if level in decided:
            if decided[level][0].served_on is None:
                return _opinion_on_its_way(level)
            break
        if level in requested:
            asked_on = china_day(requested[level][1].occurred_at)
            due = due_of(REVIEW_OPINION[level], asked_on, policy=policy, calendar=calendar)
            return _overdue(_opinion_awaited(level, due.due_on_for_petitioner), today)
    if ReviewLevel.RE_REVIEW in decided:
        return NextStep(
            said=Said(
                "复核意见为终局意见。",
                "The opinion of the re-review is the last one (article 36).",
            )
        )
    level = ReviewLevel.RE_REVIEW if ReviewLevel.REVIEW in decided else ReviewLevel.REVIEW
    return _may_request(level, review_until(case, policy=policy, calendar=calendar), today)


def _opinion_awaited(level: ReviewLevel, until: date) -> NextStep:
    said = Said(
        f"等待{level.label}意见。",
        f"The opinion of the {level.value} comes next (article {_ARTICLES[level]}).",
    )
    return NextStep(said=said, until=until)


def _opinion_on_its_way(level: ReviewLevel) -> NextStep:
    return NextStep(
        said=Said(
            f"{level.label}意见已作出，等待送达。",
            f"The {level.value} is decided; its opinion is still to be served on you.",
        )
    )


def _may_request(level: ReviewLevel, until: date | None, today: date) -> NextStep:
    """Until its last day; an answer that was never served, as of an old register, opens no review."""
    if until is None:
        return NextStep(said=Said("已答复。", "It is answered."))
    if until < today:
        return NextStep(
            said=Said(
                f"已答复；申请{level.label}的期限已于{until}届满。",
                f"It is answered; the time to request a {level.value} was over on {until}.",
            )
        )
    said = Said(
        f"已答复；如不服，可在期限内申请{level.label}。",
        f"It is answered; a {level.value} may be requested in its time (article {_ARTICLES[level]}).",
    )
    return NextStep(said=said, until=until)


def _overdue(step: NextStep, today: date) -> NextStep:
    """A term that is over says so: the petitioner may call the petition office to account."""
    if step.until is None or step.until >= today:
        return step
    said = Said(
        f"{step.said.zh}已超过期限（{step.until}），您可向信访部门反映。",
        f"{step.said.en} The term is over ({step.until}); you may tell the petition office.",
    )
    return NextStep(said=said, until=step.until)
