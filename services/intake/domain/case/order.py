"""The order of the acts of a case by their days: none lies before an act on which it rests.

received ≤ accepted ≤ opinion issued ≤ served ≤ resolved; what ends a case comes after what was done
in it, its closing after its end, a reopening after what it opens again. The day of receipt is the
decider's first day. An older register is held to its acceptance, service and resolution alone.
"""

from collections.abc import Mapping
from datetime import date

from services.intake.domain.case.case_file import CaseFile
from shared.contracts.case_handling import (
    AnswerReviewClosed,
    AnswerReviewOpened,
    ClosingChecked,
    ExtensionGranted,
    HearingHeld,
    InvestigationRecorded,
    ReReviewHandedOver,
    ReviewDecided,
    ReviewRequested,
    StatementRecorded,
    WithdrawalStated,
    WithdrawalTakenBack,
)
from shared.contracts.case_handling_codes import NoticeKind
from shared.contracts.case_holding import CaseHandedOver, CaseRouted, RecusalRecorded
from shared.contracts.case_notices import NoticeIssued
from shared.contracts.case_questions import QuestionAnswered, QuestionAsked
from shared.contracts.event import Event
from shared.contracts.intake import (
    CaseAccepted,
    CaseClosed,
    CaseDeclined,
    CaseDiverted,
    CaseEvent,
    CaseForwarded,
    CaseLinked,
    CaseReopened,
    CaseResolved,
    CaseWithdrawn,
    OpinionIssued,
    OpinionServed,
)
from shared.contracts.transfers import CaseAssigned, RemitObjectionDecided, TransferNoted
from shared.refusals import Refusal
from shared.times import is_later_day

Kinds = tuple[type[CaseEvent], ...]

_DONE: Kinds = (CaseReopened, CaseForwarded, CaseAccepted, OpinionIssued, OpinionServed)
_ENDED: Kinds = (CaseResolved, CaseWithdrawn, CaseDiverted, CaseLinked, CaseDeclined)

RESTS_ON: Mapping[type[Event], Kinds] = {
    CaseForwarded: (CaseReopened, TransferNoted),
    CaseAssigned: (CaseReopened, CaseForwarded, TransferNoted),
    RemitObjectionDecided: (TransferNoted,),
    CaseRouted: (CaseReopened,),
    CaseAccepted: (CaseReopened, CaseForwarded, CaseRouted, TransferNoted),
    CaseHandedOver: (CaseReopened, CaseAccepted, CaseHandedOver),
    RecusalRecorded: (CaseReopened,),
    CaseDeclined: (CaseReopened, CaseForwarded),
    OpinionIssued: (CaseReopened, CaseAccepted),
    OpinionServed: (CaseReopened, CaseAccepted, OpinionIssued),
    StatementRecorded: (CaseReopened, CaseAccepted),
    QuestionAsked: (CaseReopened,),
    QuestionAnswered: (QuestionAsked,),
    InvestigationRecorded: (CaseReopened, CaseAccepted),
    HearingHeld: (CaseReopened, CaseAccepted),
    ExtensionGranted: (CaseReopened, CaseAccepted),
    ReviewRequested: (CaseReopened, OpinionServed),
    ReviewDecided: (CaseReopened, ReviewRequested),
    ReReviewHandedOver: (CaseReopened, ReviewRequested),
    AnswerReviewClosed: (AnswerReviewOpened,),
    CaseResolved: _DONE,
    WithdrawalStated: (CaseReopened, WithdrawalTakenBack),
    WithdrawalTakenBack: (WithdrawalStated,),
    CaseWithdrawn: (*_DONE, WithdrawalStated),
    CaseDiverted: _DONE,
    CaseLinked: _DONE,
    ClosingChecked: (*_DONE, *_ENDED),
    CaseClosed: (*_DONE, *_ENDED, ClosingChecked),
    CaseReopened: (*_ENDED, CaseClosed, ReviewDecided),
}
"""By act, the acts before whose days it cannot lie."""

TELLS_OF: Mapping[NoticeKind, type[CaseEvent]] = {
    NoticeKind.FORWARDED: CaseForwarded,
    NoticeKind.ACCEPTED: CaseAccepted,
    NoticeKind.DECLINED: CaseDeclined,
    NoticeKind.NO_FURTHER_ACCEPTANCE: CaseDeclined,
    NoticeKind.EXTENSION: ExtensionGranted,
    NoticeKind.LINKED: CaseLinked,
}
"""By notice, the act that it tells; that of the receipt lies after the receipt as all acts do."""

RESTS_ON_IN_A_REGISTER: Mapping[type[Event], Kinds] = {
    CaseResolved: (CaseAccepted, OpinionServed),
}
"""What holds of an older register too; it may close and reply to a case whenever it says."""


class OutOfOrder(Refusal):
    """An act lies before another one on which it rests."""

    status = 422
    title = "The acts come out of order"


def refuse_out_of_order(events: list[Event], case: CaseFile) -> None:
    """Raise OutOfOrder where the act that is stated lies before one that it rests on.

    The events that follow from it have times of their own, which their rules see to; a routing or
    a recusal with which the stated act begins is of the same time.
    """
    for act in _stated(events):
        imported = isinstance(act, CaseEvent) and act.imported
        rests_on = RESTS_ON_IN_A_REGISTER if imported else RESTS_ON
        for kind in rests_on.get(type(act), ()):
            _refuse_before(kind, case, imported=bool(imported))
        if isinstance(act, NoticeIssued) and act.notice in TELLS_OF:
            _refuse_before(TELLS_OF[act.notice], case, imported=False)


def _stated(events: list[Event]) -> list[Event]:
    begins = bool(events) and isinstance(events[0], CaseRouted | RecusalRecorded)
    return events[: 2 if begins else 1]


def refuse_acceptance_after_resolution(case: CaseFile) -> None:
    """Raise OutOfOrder where a case was resolved on a day before that of its acceptance."""
    day = case.day_of(CaseResolved) if case.resolved else None
    if day is not None and day < case.on:
        raise OutOfOrder(
            f"The record has {CaseResolved.kind} on {day}; it is accepted on that day or earlier.",
            act=CaseResolved.kind,
            act_on=day.isoformat(),
        )


def _refuse_before(kind: type[CaseEvent], case: CaseFile, *, imported: bool) -> None:
    day = act_day(kind, case)
    if day is not None:
        refuse_before_day(day, kind.kind, case, imported=imported)


def refuse_before_day(day: date, act: str, case: CaseFile, *, imported: bool = False) -> None:
    """Raise OutOfOrder where the command states a fact from before this act's day."""
    if is_later_day(day, case.mark.occurred_at):
        field = {} if imported else {"field": "happened_on"}
        raise OutOfOrder(
            f"The record has {act} on {day}; what rests on it lies on that day or later.",
            act=act,
            act_on=day.isoformat(),
            **field,
        )


def refuse_acts_since(day: date, case: CaseFile) -> None:
    """Raise OutOfOrder where the office has acted in the case on that day or later."""
    for kind in _DONE:
        acted_on = act_day(kind, case)
        if acted_on is not None and acted_on >= day:
            raise OutOfOrder(
                f"The record has {kind.kind} on {acted_on}; by then it would be in effect.",
                act=kind.kind,
                act_on=acted_on.isoformat(),
                field="happened_on",
            )


def act_day(kind: type[CaseEvent], case: CaseFile) -> date | None:
    """The day of the last act of that kind; an opinion is served on its day of receipt."""
    if kind is OpinionServed and case.served and case.served.served_on:
        return case.served.served_on
    return case.day_of(kind)
