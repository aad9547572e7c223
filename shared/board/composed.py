"""SQL composed once: `psycopg.sql` renders at each execution, which costs more than a short query."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from psycopg import sql

if TYPE_CHECKING:
    from psycopg.abc import AdaptContext


class Rendered(sql.Composed):
    """A composition that is rendered once.

    It holds identifiers and plain literals only, which are written alike on every connection.
    """

    def __init__(self, parts: Sequence[sql.Composable]) -> None:
        """Render the parts."""
        super().__init__(parts)
        self._rendered = super().as_bytes(None)

    def as_bytes(self, context: "AdaptContext | None" = None) -> bytes:
        """The SQL text."""
        return self._rendered


def listed(parts: Iterable[sql.Composable]) -> sql.Composed:
    """The parts with commas between them."""
    return sql.SQL(", ").join(parts)


def names(columns: Iterable[str]) -> sql.Composed:
    """Column names with commas between them."""
    return listed(map(sql.Identifier, columns))
