"""Events of intake about what the petitioner is told, and when it reached them."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from shared.contracts.case_codes import ServiceMethod
from shared.contracts.case_handling_codes import DocumentKind, NoticeKind, ServiceProof
from shared.contracts.intake import CaseEvent
from shared.contracts.words import Digest

DocumentNumber = Annotated[str, StringConstraints(min_length=1, max_length=64)]
"""The printed number of a document, by unit and year."""


class NoticeIssued(CaseEvent):
    """告知书: a notice is made out; it counts as told only when it is served."""

    notice: NoticeKind = Field(alias="kind")
    document_number: DocumentNumber | None = None
    paper_digest: Digest | None = None
    """The salted digest of the printed paper, which is in the vault."""


class NoticeServed(CaseEvent):
    """告知: a notice has reached the petitioner, on the spot or as the proof says."""

    notice: NoticeKind = Field(alias="kind")
    method: ServiceMethod
    served_on: date | None = None
    """The day of receipt; the day of the event where it is left out."""
    proof: ServiceProof | None = None
    document_number: DocumentNumber | None = None


class DocumentDispatched(CaseEvent):
    """A document was posted and nothing proves yet that it arrived: no term runs from this."""

    document: DocumentKind
    method: ServiceMethod
    document_number: DocumentNumber | None = None
