"""Seals: once a day the history of each ledger is signed, so that later changes can be detected.

`days` selects the heads to seal, `merkle` computes trees, inclusion and consistency proofs, `seal`
signs and checks, `seal_key` reads the keys, `journal` keeps outside the database what was signed,
`history` compares a ledger with it, `copies` sends seals elsewhere, `ledgers` reads events, `scheduler` is the loop.
"""

from shared.sealing.journal import JournalUnusable, SealJournal
from shared.sealing.scheduler import SealScheduler
from shared.sealing.seal_key import KeyUnusable, SealKeys

__all__ = ["JournalUnusable", "KeyUnusable", "SealJournal", "SealKeys", "SealScheduler"]
