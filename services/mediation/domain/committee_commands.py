"""Commands about a committee; a term always lasts three years [M9]."""

from dataclasses import dataclass
from datetime import date

from shared.contracts.mediation_codes import CommitteeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class EstablishCommittee:
    """The committee is set up; `women` counts those among the members."""

    committee_id: str
    kind: CommitteeKind
    members: frozenset[str]
    women: int
    term_from: date
    village_code: str | None = None
    seal_digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSeal:
    """The print of the seal is put on file."""

    seal_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FillSeats:
    """补选: these are the members for the rest of the term."""

    members: frozenset[str]
    women: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewTerm:
    """换届: these are the members of the next term."""

    members: frozenset[str]
    women: int
    term_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DissolveCommittee:
    """撤销."""


CommitteeCommand = EstablishCommittee | FileSeal | FillSeats | RenewTerm | DissolveCommittee
