"""What a receiver has done with a matter that came from another ledger."""

from dataclasses import dataclass, replace

from shared.contracts.transfer_codes import RemitHow
from shared.contracts.transfers import CaseReturned, RemitObjected, RemitTaken

BINDING = {RemitHow.ASSIGNED, RemitHow.SUPERIOR}
"""Taken from the beginning: there is no objection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remit:
    """The state of a matter that was passed on, in the case of its receiver."""

    came_from: str | None = None
    """The sender's case."""
    taken: RemitTaken | None = None
    objected: RemitObjected | None = None
    returned: CaseReturned | None = None

    @property
    def is_assigned(self) -> bool:
        """Whether a superior assigned the matter: it stays here."""
        return self.taken is not None and self.taken.how is RemitHow.ASSIGNED

    def after(self, fact: RemitTaken | RemitObjected | CaseReturned) -> "Remit":
        """The state after one more fact."""
        match fact:
            case RemitTaken():
                return replace(self, taken=fact)
            case RemitObjected():
                return replace(self, objected=fact)
            case CaseReturned():
                return replace(self, returned=fact)
