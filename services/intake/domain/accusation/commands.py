"""The commands to an accusation."""

from dataclasses import dataclass
from datetime import date

from shared.contracts.accusation_codes import AccusationOutcome, CompetentBody
from shared.contracts.case_codes import Channel, ServiceMethod


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterAccusation:
    """登记, in the county's ledger, by whoever received it."""

    accusation_id: str
    matter_id: str
    number: str
    channel: Channel
    person_ref: str | None
    content_digest: str | None
    received_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgeAccusation:
    """告知: whoever accuses is told of the receipt."""

    method: ServiceMethod


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferAccusation:
    """转送, to the body in charge of the cadre."""

    to: CompetentBody


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteOutcome:
    """反馈, from the body to which it was transferred."""

    outcome: AccusationOutcome


@dataclass(frozen=True, slots=True)
class CloseAccusation:
    """办结."""


AccusationCommand = (
    RegisterAccusation | AcknowledgeAccusation | TransferAccusation | NoteOutcome | CloseAccusation
)
