"""送达 (service): a document has reached the petitioner, on the day that its proof says.

Handing it over in person is service. What was posted, or sent in any other way, is served when
something proves that it arrived; until then no term of the petitioner runs [R35, R36].
"""

from dataclasses import dataclass
from datetime import date

from services.intake.domain.case.origin import NotStatedOnlyByImport
from shared.contracts.case_codes import ServiceMethod
from shared.contracts.case_handling_codes import ServiceProof
from shared.refusals import Refusal

_METHODS_OF = {
    ServiceProof.HANDED_OVER: {ServiceMethod.IN_PERSON},
    ServiceProof.REFUSED_WITH_WITNESS: {ServiceMethod.IN_PERSON, ServiceMethod.OTHER},
    ServiceProof.POSTING_RECEIPT: {ServiceMethod.POST},
    ServiceProof.SIGNED: set(ServiceMethod),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """How a document reached the petitioner, when, and what proves it."""

    method: ServiceMethod
    proof: ServiceProof | None = None
    served_on: date | None = None
    """The day of receipt; that of the command where it is left out."""


class ServiceNotProven(Refusal):
    """Nothing proves that the document arrived: state that it was dispatched, and that it was served when the proof is there."""

    status = 422
    title = "The service is not proven"


class ProofOfAnotherMethod(Refusal):
    """This proof does not belong to this method of service."""

    status = 422
    title = "The proof is that of another method"


class ServedBeforeIssued(Refusal):
    """A document is served on the day on which it was issued or later."""

    status = 422
    title = "Served before it was issued"


def refuse_unproven(service: Service) -> None:
    """Raise unless the office states a method, and a proof that belongs to it."""
    if service.method is ServiceMethod.NOT_STATED:
        raise NotStatedOnlyByImport(field="method")
    if service.proof is None:
        if service.method is not ServiceMethod.IN_PERSON:
            raise ServiceNotProven(field="proof")
        return
    if service.method not in _METHODS_OF[service.proof]:
        raise ProofOfAnotherMethod(field="proof")


def refuse_before(issued_on: date | None, served_on: date, *, field: str = "served_on") -> None:
    """Raise where the day of receipt lies before the day on which the document was issued."""
    if issued_on and served_on < issued_on:
        raise ServedBeforeIssued(field=field, issued_on=issued_on.isoformat())
