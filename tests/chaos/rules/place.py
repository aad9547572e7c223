"""How a finding names a place in a ledger."""

from tests.chaos.observed import Ledger, LedgerEvent


def place(ledger: Ledger, event: LedgerEvent) -> str:
    return f"{ledger}@{event.sequence}"
