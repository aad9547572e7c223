"""What a ledger raises: faults of the caller's code, not outcomes of a wish."""


class LedgerError(Exception):
    """Something was asked of a ledger that it cannot do."""


class OutsideScope(LedgerError):
    """The division lies outside the scope that the token gives."""

    def __init__(self, division: str) -> None:
        super().__init__(f"the ledger of {division} lies outside the scope")
        self.division = division


class RowTaken(LedgerError):
    """A row written beside the events is there already: somebody was faster; nothing was written."""

    def __init__(self, table: str) -> None:
        super().__init__(f"a row of {table} is there already")
        self.table = table
