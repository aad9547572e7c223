"""What was done about a case beside the steps of its state: told, found, extended, reviewed, stated."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from services.intake.domain.case.document_status import (
    DocumentFact,
    Documents,
    documents_after,
)
from shared.contracts.case_handling import (
    AnswerReviewClosed,
    AnswerReviewOpened,
    AttachmentAdded,
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
from shared.contracts.case_handling_codes import ClosingChecker, DocumentKind, ReviewLevel
from shared.contracts.case_holding import CaseHandedOver, CaseRouted, RecusalRecorded
from shared.contracts.case_notices import DocumentDispatched, NoticeIssued, NoticeServed
from shared.contracts.case_questions import QuestionAnswered, QuestionAsked
from shared.contracts.case_rating_codes import RatedSubject
from shared.contracts.case_ratings import CaseRated
from shared.decider import Mark

Proceeding = (
    NoticeIssued
    | NoticeServed
    | DocumentDispatched
    | InvestigationRecorded
    | HearingHeld
    | ExtensionGranted
    | ReviewRequested
    | ReviewDecided
    | ReReviewHandedOver
    | StatementRecorded
    | QuestionAsked
    | QuestionAnswered
    | WithdrawalStated
    | WithdrawalTakenBack
    | ClosingChecked
    | CaseRouted
    | CaseHandedOver
    | RecusalRecorded
    | AttachmentAdded
    | AnswerReviewOpened
    | AnswerReviewClosed
    | CaseRated
)


_OF_AN_END = {
    DocumentKind.OPINION,
    DocumentKind.DECLINED,
    DocumentKind.NO_FURTHER_ACCEPTANCE,
    DocumentKind.LINKED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proceedings:
    """All of it, each fact with the mark of its event, in the order in which it was recorded."""

    notices: tuple[tuple[NoticeIssued | NoticeServed | DocumentDispatched, Mark], ...] = ()
    documents: Documents = field(default_factory=dict)
    """By kind, what is known of the current notice or opinion."""
    found: tuple[tuple[InvestigationRecorded | HearingHeld, Mark], ...] = ()
    extensions: tuple[tuple[ExtensionGranted, Mark], ...] = ()
    requested: Mapping[ReviewLevel, tuple[ReviewRequested, Mark]] = field(default_factory=dict)
    decided: Mapping[ReviewLevel, tuple[ReviewDecided, Mark]] = field(default_factory=dict)
    handed_over: tuple[ReReviewHandedOver, Mark] | None = None
    stated: tuple[tuple[StatementRecorded, Mark], ...] = ()
    asked: tuple[tuple[QuestionAsked, Mark], ...] = ()
    answers: Mapping[str, tuple[QuestionAnswered, Mark]] = field(default_factory=dict)
    """By the event that asked, what the petitioner has answered."""
    withdrawal: tuple[WithdrawalStated, Mark] | None = None
    """The withdrawal that was stated last, unless it was taken back; the mark is of its first event."""
    taken_back: WithdrawalTakenBack | None = None
    """What took the last withdrawal back, where that was done."""
    checked: Mapping[ClosingChecker, tuple[ClosingChecked, Mark]] = field(default_factory=dict)
    attached: tuple[tuple[AttachmentAdded, Mark], ...] = ()
    routed: tuple[CaseRouted, Mark] | None = None
    """The way that was chosen last."""
    hand_overs: tuple[tuple[CaseHandedOver, Mark], ...] = ()
    recusals: tuple[tuple[RecusalRecorded, Mark], ...] = ()
    answer_reviews: tuple[tuple[AnswerReviewOpened | AnswerReviewClosed, Mark], ...] = ()

    ratings: Mapping[RatedSubject, tuple[CaseRated, Mark]] = field(default_factory=dict)
    """Of the answer that counts now."""

    def after(self, fact: Proceeding, mark: Mark) -> "Proceedings":  # noqa: C901, PLR0911, PLR0912
        """The proceedings after one more fact."""
        match fact:
            case NoticeIssued() | NoticeServed() | DocumentDispatched():
                return replace(
                    self.with_document(fact, mark), notices=(*self.notices, (fact, mark))
                )
            case InvestigationRecorded() | HearingHeld():
                return replace(self, found=(*self.found, (fact, mark)))
            case ExtensionGranted():
                return replace(
                    self.untold(DocumentKind.EXTENSION),
                    extensions=(*self.extensions, (fact, mark)),
                )
            case AttachmentAdded():
                return replace(self, attached=(*self.attached, (fact, mark)))
            case ReviewRequested():
                return replace(self, requested={**self.requested, fact.level: (fact, mark)})
            case ReviewDecided():
                return replace(self, decided={**self.decided, fact.level: (fact, mark)})
            case ReReviewHandedOver():
                return replace(self, handed_over=(fact, mark))
            case StatementRecorded():
                return replace(self, stated=(*self.stated, (fact, mark)))
            case QuestionAsked():
                return replace(self, asked=(*self.asked, (fact, mark)))
            case QuestionAnswered():
                return replace(self, answers={**self.answers, fact.question_id: (fact, mark)})
            case WithdrawalStated():
                # what is added to a statement leaves its time, and the row that ends the case
                first = self.withdrawal[1] if self.withdrawal else mark
                return replace(self, withdrawal=(fact, first), taken_back=None)
            case WithdrawalTakenBack():
                return replace(self, withdrawal=None, taken_back=fact)
            case ClosingChecked():
                return replace(self, checked={**self.checked, fact.by: (fact, mark)})
            case CaseRouted():
                return replace(self, routed=(fact, mark))
            case CaseHandedOver():
                return replace(self, hand_overs=(*self.hand_overs, (fact, mark)))
            case RecusalRecorded():
                return replace(self, recusals=(*self.recusals, (fact, mark)))
            case AnswerReviewOpened() | AnswerReviewClosed():
                return replace(self, answer_reviews=(*self.answer_reviews, (fact, mark)))
            case CaseRated():
                return replace(self, ratings={**self.ratings, fact.about: (fact, mark)})

    def unchecked(self) -> "Proceedings":
        """The proceedings after an end that nobody has checked yet."""
        return replace(self, checked={})

    def reopened(self) -> "Proceedings":
        """What was told, found and extended remains, and who holds the case, in which lane.

        What led to the end begins again.
        """
        return Proceedings(
            notices=self.notices,
            documents={
                kind: document
                for kind, document in self.documents.items()
                if kind not in _OF_AN_END
            },
            found=self.found,
            extensions=self.extensions,
            attached=self.attached,
            asked=self.asked,
            answers=self.answers,
            routed=self.routed,
            hand_overs=self.hand_overs,
            recusals=self.recusals,
            answer_reviews=self.answer_reviews,
        )

    def with_document(self, fact: DocumentFact, mark: Mark) -> "Proceedings":
        """The proceedings after one more fact about a notice or the opinion."""
        return replace(self, documents=documents_after(self.documents, fact, mark))

    def untold(self, *kinds: DocumentKind) -> "Proceedings":
        """The proceedings after a new fact of which these notices would tell."""
        documents = {kind: each for kind, each in self.documents.items() if kind not in kinds}
        return replace(self, documents=documents)
