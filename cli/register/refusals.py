"""Why a register, its mapping or one of its rows cannot be read; never with a cell's content."""

from cli.refusals import BadInput


class MappingUnreadable(BadInput):
    """The mapping does not say what it has to, or says something unknown."""


class RegisterUnreadable(BadInput):
    """The file is no table that the mapping fits."""


class RowUnreadable(Exception):
    """One row cannot be understood; the others can."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason
