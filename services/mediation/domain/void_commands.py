"""Commands that void a record until an agreement is signed; it stays in the ledger."""

from dataclasses import dataclass
from datetime import datetime

from shared.contracts.mediation_codes import PartySide, VoidReason


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidConsent:
    """It was not given so."""

    side: PartySide
    reason: VoidReason


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidAssignment:
    """The mediator takes no part."""

    mediator_id: str
    reason: VoidReason


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidRecusal:
    """The mediator had not stepped back."""

    mediator_id: str
    reason: VoidReason


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidExtension:
    """The extension up to this moment was not agreed so."""

    due_at: datetime
    reason: VoidReason


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidSession:
    """It was not held so."""

    session_id: str
    reason: VoidReason


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidDraft:
    """It is given up."""

    agreement_id: str
    reason: VoidReason


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidEnd:
    """The mediation had not ended so."""

    reason: VoidReason


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidPaper:
    """It was not meant so; what is on it stays in the vault."""

    digest: str
    reason: VoidReason


VoidCommand = (
    VoidConsent
    | VoidAssignment
    | VoidRecusal
    | VoidExtension
    | VoidSession
    | VoidDraft
    | VoidEnd
    | VoidPaper
)
