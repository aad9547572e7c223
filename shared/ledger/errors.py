"""What a ledger raises: faults of the caller's code, not outcomes of a wish."""

from shared.topics import LARGEST_EVENT_BYTES


class LedgerError(Exception):
    """Something was asked of a ledger that it cannot do."""


class OutsideScope(LedgerError):
    """The division lies outside the scope that the token gives."""

    def __init__(self, division: str) -> None:
        super().__init__(f"the ledger of {division} lies outside the scope")
        self.division = division


class EventTooLarge(LedgerError):
    """The event could be recorded but never published, and would hold up its whole ledger."""

    def __init__(self, kind: str, size: int) -> None:
        super().__init__(f"{kind} has {size} bytes of data, and {LARGEST_EVENT_BYTES} are taken")
        self.kind = kind


class RowTaken(LedgerError):
    """A row written beside the events is there already: somebody was faster; nothing was written."""

    def __init__(self, table: str) -> None:
        super().__init__(f"a row of {table} is there already")
        self.table = table
