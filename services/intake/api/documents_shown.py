"""Notices and opinion as a case shows them: issued, dispatched, and served or not."""

from datetime import date
from enum import StrEnum

from services.intake.domain.case import CaseFile
from services.intake.domain.case.document_status import DocumentStatus
from services.intake.domain.case.notices import can_be_notified, notice_due
from shared.contracts.case_codes import ServiceMethod
from shared.contracts.case_handling_codes import DocumentKind, ServiceProof
from shared.http import Body
from shared.times import china_day


class ServiceState(StrEnum):
    """Whether a document has reached the petitioner."""

    SERVED = "served"
    NOT_SERVED = "not-served"


class DocumentShown(Body):
    """A document for the petitioner; what was posted without a proof is not served.

    One that has to be served and was not issued yet has no `issued_on`.
    """

    document: DocumentKind
    state: ServiceState
    issued_on: date | None
    document_number: str | None
    paper_digest: str | None
    dispatched_on: date | None
    """The last day on which it was sent without a proof."""
    served_on: date | None
    method: ServiceMethod | None
    proof: ServiceProof | None


def documents_shown(case: CaseFile) -> list[DocumentShown]:
    """In the order in which they were issued, and then what has to be issued yet."""
    known = dict(case.proceedings.documents)
    due = notice_due(case) if can_be_notified(case) else None
    if due:
        known.setdefault(DocumentKind[due.name], DocumentStatus())
    return [_shown(kind, status) for kind, status in known.items()]


def _shown(kind: DocumentKind, status: DocumentStatus) -> DocumentShown:
    issued = status.issued and status.issued[0]
    served = status.served and status.served[0]
    sent = status.dispatched[-1][1] if status.dispatched else None
    return DocumentShown(
        document=kind,
        state=ServiceState.SERVED if served else ServiceState.NOT_SERVED,
        issued_on=status.issued_on,
        document_number=issued.document_number if issued else None,
        paper_digest=issued.paper_digest if issued else None,
        dispatched_on=china_day(sent.occurred_at) if sent else None,
        served_on=status.served_on,
        method=served.method if served else None,
        proof=served.proof if served else None,
    )
