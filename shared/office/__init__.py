"""What every service that keeps ledgers has besides its own rules and views.

`serving` makes the process (API, relay, seals); `office` is what routes stand on, `new_record` how
a command begins a record, `command_context` how one comes to a record that has begun, `moments`
when its fact happened, `visible` waits for positions; `history` shows a record whole, `ledgers`, `seals`
and `language` are routes that all of them have; `resending` is for operators.
"""

from shared.office.command_context import CommandContext, command_context, etag
from shared.office.moments import BackfillOnly, Dated, Moment, NotYetHappened, ToldLater
from shared.office.new_record import begin
from shared.office.office import LedgerOffice
from shared.office.visible import wait_to_show

__all__ = [
    "BackfillOnly",
    "CommandContext",
    "Dated",
    "LedgerOffice",
    "Moment",
    "NotYetHappened",
    "ToldLater",
    "begin",
    "command_context",
    "etag",
    "wait_to_show",
]
