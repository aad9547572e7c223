"""Ledgers: gap-free, hash-chained sequences of events, one per division, and their streams.

`append` and `read` access them; `clock` tells what time it is and `clock_guard` whether that is
believed; `chain` has the hash chain, which anyone can recompute; the tables
and SQL functions are in `shared/migrations`.
"""

from shared.ledger.append import Appended, Conflict, KeyReused, Outcome, Repeated
from shared.ledger.append_input import Author, NewEvent, Receipt, Statement
from shared.ledger.clock_guard import ClockGuard
from shared.ledger.errors import ClockNotBelieved
from shared.ledger.ledger import Ledger
from shared.ledger.receipts import receipts

__all__ = [
    "Appended",
    "Author",
    "ClockGuard",
    "ClockNotBelieved",
    "Conflict",
    "KeyReused",
    "Ledger",
    "NewEvent",
    "Outcome",
    "Receipt",
    "Repeated",
    "Statement",
    "receipts",
]
