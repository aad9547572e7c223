"""Ledgers by name, and how far each of them is read."""

from collections.abc import Mapping
from typing import NamedTuple


class LedgerName(NamedTuple):
    """The ledger of a service and a division."""

    service: str
    division: str

    def __str__(self) -> str:
        """`intake/519900101`."""
        return f"{self.service}/{self.division}"


Vector = Mapping[LedgerName, int]
"""For each ledger the sequence of the last event that counts, 0 for none."""
