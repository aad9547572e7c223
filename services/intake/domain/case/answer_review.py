"""答复质量复核: the matter was raised again after an answer, or the petitioner is dissatisfied with it,
so the answer is looked at again.

  answered ─ AnswerReviewOpened ─► under review ─ AnswerReviewClosed ─► looked at

It is about the answer: nothing is said of whoever raised the matter again. A post that neither had
the case nor gave the answer closes the review with a finding. The state of the case stays.
"""

from dataclasses import dataclass

from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.origin import Origin
from shared.contracts.case_handling import AnswerReviewClosed, AnswerReviewOpened
from shared.contracts.case_handling_codes import AnswerFinding, AnswerReviewReason
from shared.contracts.event import Event
from shared.contracts.intake import CaseReplied, OpinionIssued, OpinionServed
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAnswerReview:
    """Another case states that it repeats this one, which was answered."""

    repeated_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseAnswerReview:
    """What a post found of the answer; who it is states as what."""

    finding: AnswerFinding
    names: frozenset[str] = frozenset()
    """Every reference under which records name the post that asks."""


class NoAnswerReviewOpen(Refusal):
    """No review of the answer is open."""

    title = "No review of the answer is open"


class AnswerReviewedByItsAuthor(Refusal):
    """Another post than the one that had the case or gave the answer closes the review."""

    title = "Nobody reviews an answer of their own"


def open_review(command: OpenAnswerReview, case: CaseFile) -> list[Event]:
    """One review at a time, and one for each case that repeats; none without an answer."""
    opened = AnswerReviewOpened(
        why=AnswerReviewReason.REPEATED,
        repeated_by=command.repeated_by,
        **case.about(Origin.OFFICE),
    )
    reviews = case.proceedings.answer_reviews
    known = {fact.repeated_by for fact, _ in reviews if isinstance(fact, AnswerReviewOpened)}
    if case.voided or not is_answered(case):
        return []
    return [] if is_under_review(case) or command.repeated_by in known else [opened]


def close_review(command: CloseAnswerReview, case: CaseFile) -> list[Event]:
    """By another post than the one whose answer it is."""
    closed = AnswerReviewClosed(finding=command.finding, **case.about(Origin.OFFICE))
    names = {*command.names, case.mark.actor_ref} - {None}
    if not is_under_review(case):
        last = case.proceedings.answer_reviews[-1:]
        if any(fact == closed and mark.actor_ref in names for fact, mark in last):
            return []
        raise NoAnswerReviewOpen
    if not names.isdisjoint(authors(case)):
        raise AnswerReviewedByItsAuthor
    return [closed]


def is_answered(case: CaseFile) -> bool:
    """Whether the petitioner has an answer that is valid."""
    return (case.served or case.replied) is not None


def is_under_review(case: CaseFile) -> bool:
    """Whether the last thing that was said of the answer is that it is looked at again."""
    last = case.proceedings.answer_reviews[-1:]
    return any(isinstance(fact, AnswerReviewOpened) for fact, _ in last)


def authors(case: CaseFile) -> set[str]:
    """Whoever has had the case, or recorded its answer."""
    answers = (OpinionIssued.kind, OpinionServed.kind, CaseReplied.kind)
    marks = [case.marks[kind].actor_ref for kind in answers if kind in case.marks]
    return {*case.handlers_until_now, *(ref for ref in marks if ref)}
