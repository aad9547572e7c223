"""What the case board has of a case for the work at hand and for the figures that it explains."""

from dataclasses import replace

from services.intake.domain.case import CaseFile, CaseState
from shared.contracts.case_questions import QuestionAnswered
from shared.contracts.event import Code
from shared.contracts.transfer_codes import TransferStep
from shared.divisions import division_of

ENDS = (
    CaseState.RESOLVED,
    CaseState.WITHDRAWN,
    CaseState.DIVERTED,
    CaseState.LINKED,
    CaseState.DECLINED,
)
"""The ends of a case that a closing comes after."""

_COUNTED_NOWHERE = {CaseState.VOIDED, CaseState.RETURNED, CaseState.TRANSFERRED_OUT}


class WaitsFor(Code):
    """For whom the office waits with a case that it has."""

    COMMITTEE = "committee", "调解委员会"
    REVIEW = "review", "复查复核机关"
    SENDER = "sender", "移送单位"
    PETITIONER = "petitioner", "信访人"


def work_columns(case: CaseFile) -> dict[str, object]:
    """The values of these columns."""
    return {
        "came_to": replace(case, closed=None).state,
        "reached": reached(case),
        "returned": case.reopened is not None or _was_given_back(case),
        "waits_for": _waits_for(case),
        "to_answer": _is_to_answer(case),
        "under_review": _is_under_review(case),
    }


def reached(case: CaseFile) -> list[CaseState]:
    """What figures count of the case as it is valid now, in the order of a case's life.

    What ended it before it was reopened is not among it, its first answer is. Of a matter that
    another ledger holds nothing is counted here.
    """
    if case.state in _COUNTED_NOWHERE:
        return [case.state]
    ended = replace(case, closed=None).state if case.departed else None
    found = (
        (case.filed, CaseState.FILED),
        (case.accepted, CaseState.ACCEPTED),
        (case.served or case.replied or case.answered_before, CaseState.ANSWERED),
        (case.resolved, CaseState.RESOLVED),
        (ended, ended),
        (case.closed, CaseState.CLOSED),
    )
    return [state for fact, state in found if fact and state]


def _was_given_back(case: CaseFile) -> bool:
    """Whether a matter that was passed on came back to this case."""
    if case.filed is None or case.transfers.current is not None:
        return False
    own = division_of(case.filed.case_id)
    notes = (hop.note for hop in case.transfers.hops if hop.note)
    return any(note.step is TransferStep.RETURNED and note.to_division == own for note in notes)


def _is_under_review(case: CaseFile) -> bool:
    """Whether a review was asked for and is not decided, also of a case that was closed since."""
    return bool(case.proceedings.requested.keys() - case.proceedings.decided.keys())


def _is_to_answer(case: CaseFile) -> bool:
    """Whether the petitioner has asked for a review that nobody has yet, or answered a question last."""
    if _is_under_review(case) and case.proceedings.handed_over is None:
        return True
    answered = case.marks.get(QuestionAnswered.kind)
    return answered is not None and all(
        (mark.event_id or "") <= (answered.event_id or "") for mark in case.marks.values()
    )


def _waits_for(case: CaseFile) -> WaitsFor | None:
    remit, proceedings = case.remit, case.proceedings
    if remit and remit.objected and not (remit.taken or remit.returned):
        return WaitsFor.SENDER
    if case.mediation.is_asked_for:
        return WaitsFor.COMMITTEE
    if _is_under_review(case) and proceedings.handed_over is not None:
        return WaitsFor.REVIEW
    if any(mark.event_id not in proceedings.answers for _, mark in proceedings.asked):
        return WaitsFor.PETITIONER
    return None
