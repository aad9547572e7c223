"""寄出 (dispatching): a document was sent, and nothing proves yet that it arrived.

No term runs from it, and the document is shown as not served.
"""

from dataclasses import dataclass

from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.document_status import DocumentStatus
from services.intake.domain.case.ended import CaseWasVoided
from services.intake.domain.case.order import refuse_before_day
from services.intake.domain.case.origin import NotStatedOnlyByImport, Origin
from shared.contracts.case_codes import ServiceMethod
from shared.contracts.case_handling_codes import DocumentKind
from shared.contracts.case_notices import DocumentDispatched
from shared.contracts.event import Event
from shared.refusals import Refusal
from shared.times import china_day


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchDocument:
    """A document was posted, or sent in another way."""

    document: DocumentKind
    method: ServiceMethod


class HandedOverIsServed(Refusal):
    """What is handed over in person is served, not dispatched."""

    status = 422
    title = "Handing over is service"


class DocumentNotIssued(Refusal):
    """This document was not issued yet."""

    title = "The document is not issued"


class DocumentServedAlready(Refusal):
    """This document has reached the petitioner already."""

    title = "The document was served already"


def dispatch(command: DispatchDocument, case: CaseFile) -> list[Event]:
    """What was issued and is not served; once a day in the same way."""
    about = case.about(Origin.OFFICE)
    if case.voided:
        raise CaseWasVoided
    if command.method is ServiceMethod.NOT_STATED:
        raise NotStatedOnlyByImport(field="method")
    if command.method is ServiceMethod.IN_PERSON:
        raise HandedOverIsServed(field="method")
    status = case.proceedings.documents.get(command.document, DocumentStatus())
    if status.issued is None:
        raise DocumentNotIssued(document=command.document.value)
    issued, mark = status.issued
    refuse_before_day(china_day(mark.occurred_at), issued.kind, case)
    dispatched = DocumentDispatched(
        document=command.document,
        method=command.method,
        document_number=status.issued[0].document_number,
        **about,
    )
    if _was_dispatched(dispatched, case, status):
        return []
    if status.served:
        raise DocumentServedAlready(document=command.document.value)
    return [dispatched]


def _was_dispatched(
    dispatched: DocumentDispatched, case: CaseFile, status: DocumentStatus
) -> bool:
    return any(
        before == dispatched and china_day(mark.occurred_at) == case.on
        for before, mark in status.dispatched
    )
