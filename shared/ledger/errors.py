"""Errors of a ledger: faults of the calling code or of the machine, not outcomes of an append."""

import psycopg

from shared.topics import LARGEST_EVENT_BYTES


class LedgerError(Exception):
    """The ledger cannot do what was requested."""


class OutsideScope(LedgerError):
    """The division is outside the token's scope."""

    def __init__(self, division: str) -> None:
        super().__init__(f"the ledger of {division} lies outside the scope")
        self.division = division


class ClockNotBelieved(psycopg.OperationalError):
    """A clock is not believed, so nothing is appended: whoever tries waits, as for a database.

    It is an OperationalError so that everything that waits for a database that is away (followers,
    due rows, seals) waits for the clock as well and counts nothing against an event or a row.
    """


class EventTooLarge(LedgerError):
    """The event could be recorded but never published, and would block its ledger."""

    def __init__(self, kind: str, size: int) -> None:
        super().__init__(f"{kind} has {size} bytes of data, and {LARGEST_EVENT_BYTES} are taken")
        self.kind = kind


class StreamOutOfOrder(LedgerError):
    """A stream's versions are not 1, 2, 3 … in the order of the ledger: the database was changed."""

    def __init__(self, stream_id: str, sequence: int) -> None:
        super().__init__(
            f"the versions of {stream_id} do not follow the ledger at event {sequence}"
        )
        self.stream_id = stream_id
        self.sequence = sequence


class RowTaken(LedgerError):
    """The row of a side write exists already: somebody was faster; nothing was written."""

    def __init__(self, table: str) -> None:
        super().__init__(f"a row of {table} is there already")
        self.table = table
