"""What is known of a document for the petitioner: issued, dispatched, served."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from shared.contracts.case_handling_codes import DocumentKind
from shared.contracts.case_notices import DocumentDispatched, NoticeIssued, NoticeServed
from shared.contracts.intake import OpinionIssued, OpinionServed
from shared.decider import Mark
from shared.times import china_day

DocumentFact = NoticeIssued | NoticeServed | OpinionIssued | OpinionServed | DocumentDispatched


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentStatus:
    """The current document of its kind, each fact with the mark of its event."""

    issued: tuple[NoticeIssued | OpinionIssued, Mark] | None = None
    dispatched: tuple[tuple[DocumentDispatched, Mark], ...] = ()
    served: tuple[NoticeServed | OpinionServed, Mark] | None = None

    @property
    def issued_on(self) -> date | None:
        """The day on which it was issued."""
        return self.issued and china_day(self.issued[1].occurred_at)

    @property
    def served_on(self) -> date | None:
        """The day of receipt; None while it is not served."""
        if self.served is None:
            return None
        fact, mark = self.served
        return fact.served_on or china_day(mark.occurred_at)


Documents = Mapping[DocumentKind, DocumentStatus]


def documents_after(documents: Documents, fact: DocumentFact, mark: Mark) -> Documents:
    """The documents after one more fact; a document that is issued again replaces the earlier one."""
    kind = kind_of(fact)
    before = documents.get(kind, DocumentStatus())
    return {**documents, kind: _after(before, fact, mark)}


def _after(before: DocumentStatus, fact: DocumentFact, mark: Mark) -> DocumentStatus:
    match fact:
        case NoticeIssued() | OpinionIssued():
            return DocumentStatus(issued=(fact, mark))
        case DocumentDispatched():
            return replace(before, dispatched=(*before.dispatched, (fact, mark)))
        case NoticeServed() | OpinionServed():
            return replace(before, served=(fact, mark))


def kind_of(fact: DocumentFact) -> DocumentKind:
    """Which document a fact is about."""
    match fact:
        case NoticeIssued() | NoticeServed():
            return DocumentKind[fact.notice.name]
        case OpinionIssued() | OpinionServed():
            return DocumentKind.OPINION
        case DocumentDispatched():
            return fact.document
