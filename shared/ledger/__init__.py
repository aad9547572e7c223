"""Ledgers: gap-free, hash-chained sequences of events, one a division, and their streams.

Append and read are here; the chain that strangers recompute is in `chain`; the tables and the
SQL functions are in `shared/migrations`.
"""

from shared.ledger.append import Appended, Conflict, KeyReused, Outcome, Repeated
from shared.ledger.ledger import Ledger
from shared.ledger.wish import Author, NewEvent, Receipt, Statement

__all__ = [
    "Appended",
    "Author",
    "Conflict",
    "KeyReused",
    "Ledger",
    "NewEvent",
    "Outcome",
    "Receipt",
    "Repeated",
    "Statement",
]
