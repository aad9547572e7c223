"""What every service that keeps ledgers has besides its own rules and views.

`serving` runs the process (API, relay, seals), `following_process` the worker. `office` holds what
routes need; `new_record` handles commands that begin a record, `command_context` commands to an
existing one, `command_documents` describes both in OpenAPI, `occurrence_time` is the time of the
fact, `position_wait` makes queries wait. `history` shows a whole record; `ledgers`, `seals` and
`language` are routes; `resending` is for operators.
"""

from shared.office.command_context import CommandContext, command_context, etag
from shared.office.command_documents import command_documents
from shared.office.new_record import begin
from shared.office.occurrence_time import (
    BackfillOnly,
    Dated,
    Moment,
    NotYetHappened,
    ReportedLater,
)
from shared.office.office import LedgerOffice, office_of
from shared.office.position_wait import wait_to_show

__all__ = [
    "BackfillOnly",
    "CommandContext",
    "Dated",
    "LedgerOffice",
    "Moment",
    "NotYetHappened",
    "ReportedLater",
    "begin",
    "command_context",
    "command_documents",
    "etag",
    "office_of",
    "wait_to_show",
]
