"""What comes next in a case, and until which day: the petitioner's, moved on from days of rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.intake.domain.case import CaseFile, CaseState
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
from shared.contracts.case_handling_codes import ReviewLevel
from shared.contracts.intake import CaseDiverted
from shared.times import china_day

_INSTANT = timedelta(microseconds=1)

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
    match case.state:
        case CaseState.FILED | CaseState.FORWARDED:
            return _overdue(_notice_due(case, policy, calendar), today)
        case CaseState.ACCEPTED:
            return _overdue(_opinion_due(case), today)
        case CaseState.ANSWERED:
            return _after_the_answer(case, policy=policy, calendar=calendar)
        case CaseState.DIVERTED if isinstance(case.departed, CaseDiverted):
            route = case.departed.route
            return NextStep(
                said=Said(
                    f"该事项已导入法定途径：{route.label}。",
                    f"The matter was led to a statutory route: {route.value}.",
                )
            )
        case ended:
            return NextStep(said=_ENDS[ended])


def last_day(end: datetime) -> date:
    """The last day of a term that is over at that moment."""
    return china_day(end - _INSTANT)


def _notice_due(case: CaseFile, policy: Policy, calendar: Calendar) -> NextStep:
    said = Said(
        "等待书面告知受理情况、办理单位和办理程序。",
        "A written notice says whether it is accepted, by whom and how it is handled [R23].",
    )
    registration, received_on = case.required, case.received_on
    if registration.contact_unclear or registration.anonymous or received_on is None:
        return NextStep(said=said)
    clock = (
        NOTICE_OF_TRANSFERRED if case.remit or registration.transferred_from else NOTICE_OF_DIRECT
    )
    due = due_of(clock, received_on, policy=policy, calendar=calendar)
    return NextStep(said=said, until=due.due_on_for_petitioner)


def _opinion_due(case: CaseFile) -> NextStep:
    said = Said("等待书面答复。", "A written opinion with its reasons comes next [R34].")
    extensions, accepted = case.proceedings.extensions, case.accepted
    due = (
        extensions[-1][0].due_at_for_petitioner
        if extensions
        else accepted and (accepted.due_at_for_petitioner or accepted.due_at)
    )
    return NextStep(said=said, until=last_day(due) if due else None)


def _after_the_answer(case: CaseFile, *, policy: Policy, calendar: Calendar) -> NextStep:
    requested, decided = case.proceedings.requested, case.proceedings.decided
    for level in (ReviewLevel.RE_REVIEW, ReviewLevel.REVIEW):
        if level in requested and level not in decided:
            asked_on = china_day(requested[level][1].occurred_at)
            due = due_of(REVIEW_OPINION[level], asked_on, policy=policy, calendar=calendar)
            return NextStep(
                said=Said(
                    f"等待{level.label}意见。",
                    f"The opinion of the {level.value} comes next [R35, R36].",
                ),
                until=due.due_on_for_petitioner,
            )
    if ReviewLevel.RE_REVIEW in decided:
        return NextStep(
            said=Said(
                "复核意见为终局意见。", "The opinion of the re-review is the last one [R36]."
            )
        )
    until = review_until(case, policy=policy, calendar=calendar)
    return NextStep(
        said=Said(
            "已答复；如不服，可在期限内申请复查或者复核。",
            "It is answered; a review may be requested in its time [R35, R36].",
        ),
        until=until,
    )


def _overdue(step: NextStep, today: date) -> NextStep:
    """A term that is over says so: the petitioner may call the petition office to account."""
    if step.until is None or step.until >= today:
        return step
    said = Said(
        f"{step.said.zh}已超过期限（{step.until}），您可向信访部门反映。",
        f"{step.said.en} The term is over ({step.until}); you may tell the petition office.",
    )
    return NextStep(said=said, until=step.until)
