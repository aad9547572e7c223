"""Compares a ledger with the seals that were signed for it, before another is signed."""

from collections.abc import Collection, Mapping

from shared.contracts.ledger import LedgerSealed
from shared.sealing.days import Root
from shared.sealing.seal import NO_SEAL_BEFORE


class HistoryRewritten(Exception):
    """A ledger does not hold what was sealed: it was put back, or its history was rewritten."""

    def __init__(self, seal: LedgerSealed, why: str) -> None:
        super().__init__(
            f"{seal.ledger}: {why}, as its seal of {seal.day} says. Nothing is signed until the "
            "history is put back, or `concord seal accept-restore` accepts the loss."
        )
        self.seal = seal


def require_sealed(seal: LedgerSealed, roots: Mapping[int, Root]) -> None:
    """That the ledger begins with the events under the seal; raises HistoryRewritten."""
    root = roots.get(seal.head_sequence)
    if root is None:
        raise HistoryRewritten(seal, f"it ends before event {seal.head_sequence}")
    if (root.head_hash, root.merkle_root) != (seal.head_hash, seal.merkle_root):
        raise HistoryRewritten(
            seal, f"its events 1 to {seal.head_sequence} are not those that were sealed"
        )


def compare(
    journaled: LedgerSealed | None,
    last: LedgerSealed | None,
    roots: Mapping[int, Root],
    *,
    accepted: Collection[str] = frozenset(),
) -> None:
    """Compare a ledger, whose last seal is `last`, with its journal; raises HistoryRewritten.

    `last` may be older than the journal by one seal, which a crash kept out of the ledger. It may
    be newer: another machine has sealed, or there was no journal yet. A seal whose digest is in
    `accepted` is not required: a person accepted that the ledger does not hold what it says.
    """
    for seal in filter(None, (journaled, last)):
        if seal.digest not in accepted:
            require_sealed(seal, roots)
    if journaled is None or is_ahead(last, journaled):
        return
    known = last.digest if last else NO_SEAL_BEFORE
    if known not in {journaled.digest, journaled.previous_seal}:
        raise HistoryRewritten(journaled, "another seal stands in the place of the one signed")


def is_ahead(seal: LedgerSealed | None, other: LedgerSealed | None) -> bool:
    """Whether a seal covers more than the other."""
    return seal is not None and (other is None or seal.head_sequence > other.head_sequence)
