"""What every service that keeps ledgers has besides its own rules and views.

`serving` makes the process (API, relay, seals); `office` is what routes stand on, `beginning` how
a command begins a record, `errand` how one comes to a record that has begun, `moments` when its
fact happened, `visible` waits for positions; `history` shows a record whole, `ledgers`, `seals`
and `language` are routes that all of them have; `resending` is for operators.
"""

from shared.office.beginning import begin
from shared.office.errand import Errand, errand_to, etag
from shared.office.moments import BackfillOnly, Dated, Moment, NotYetHappened, ToldLater
from shared.office.office import LedgerOffice
from shared.office.visible import wait_to_show

__all__ = [
    "BackfillOnly",
    "Dated",
    "Errand",
    "LedgerOffice",
    "Moment",
    "NotYetHappened",
    "ToldLater",
    "begin",
    "errand_to",
    "etag",
    "wait_to_show",
]
