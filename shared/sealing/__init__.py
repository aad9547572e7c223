"""Seals: once a day each ledger's history is signed, so that nobody can quietly write another.

`days` finds what is to be sealed, `merkle` are the trees under the seals, `seal` is what is
signed and how it is checked, `seal_key` the keys, `ledgers` what is read of the ledgers,
`proofs` shows that an event is under a seal and that one seal goes on from another, `scheduler`
is the loop.
"""

from shared.sealing.scheduler import SealScheduler
from shared.sealing.seal_key import KeyUnusable, SealKeys

__all__ = ["KeyUnusable", "SealKeys", "SealScheduler"]
