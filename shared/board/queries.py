"""The query of a board's list, composed once for each choice of order and conditions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import LiteralString

from psycopg import sql

from shared.board.columns import Column
from shared.board.composed import Rendered, listed
from shared.board.orders import Keyset

_LIST: LiteralString = (
    "select {shown} from {table} where {conditions} order by {order} limit %(limit)s"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of a board's queries: there are as many as its declaration has combinations."""

    order: str
    conditions: frozenset[str]
    goes_on: bool
    """It begins after a place, not at the first line."""
    one_division: bool
    """The scope is a single division: an index that begins with it then gives any order."""


class ListQueries:
    """The queries of one board."""

    def __init__(
        self,
        table: str,
        shown: Iterable[Column],
        conditions: Mapping[str, sql.Composable],
        keysets: Mapping[str, Keyset],
    ) -> None:
        """Nothing is composed yet."""
        self._table = sql.Identifier(table)
        self._shown = listed(each.selected() for each in shown)
        self._conditions, self._keysets = conditions, keysets
        self._composed: dict[Choice, Rendered] = {}

    def query(self, choice: Choice) -> Rendered:
        """Its parameters: `limit`, the conditions' own, `scope`, and the keyset's place."""
        if choice not in self._composed:
            self._composed[choice] = self._compose(choice)
        return self._composed[choice]

    def _compose(self, choice: Choice) -> Rendered:
        keyset = self._keysets[choice.order]
        query = sql.SQL(_LIST).format(
            shown=self._shown,
            table=self._table,
            conditions=sql.SQL(" and ").join(self._chosen(choice, keyset)),
            order=keyset.sorted(),
        )
        return Rendered([query])

    def _chosen(self, choice: Choice, keyset: Keyset) -> Sequence[sql.Composable]:
        chosen: list[sql.Composable] = [sql.SQL("true")]
        if choice.one_division:
            chosen.append(sql.SQL("division_code = %(scope)s"))
        if keyset.order.only is not None:
            chosen.append(keyset.order.only.condition)
        chosen += [held for name, held in self._conditions.items() if name in choice.conditions]
        if choice.goes_on:
            chosen.append(keyset.beyond())
        return chosen
