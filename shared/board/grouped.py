"""Some rows of a board in one of its orders, each with the groups that it is in, and their counts.

One query reads the chosen rows once: it counts them all, group by group, and gives a page of them
by the board's own keyset cursor. So no count is of another moment than the lines below it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, LiteralString, TypeVar

from psycopg import sql
from psycopg.rows import dict_row

from shared.board.board import Board
from shared.board.columns import columns_of
from shared.board.composed import Rendered, listed
from shared.board.orders import Keyset
from shared.http.paging import PageRequest, encode_cursor
from shared.postgres import Pool, scoped_read

L = TypeVar("L")

_QUERY: LiteralString = """
    with chosen as materialized ({sources}),
    counted as (select count(*) as "count all", {counts} from chosen)
    select counted.*, page.* from counted left join lateral (
        select *, true as "is line" from chosen where {conditions} order by {order} limit %(limit)s
    ) as page on true
    order by {order}
"""
_SOURCE: LiteralString = 'select {shown}, {changed} as "changed", {groups} {source}'


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped(Generic[L]):
    """A page of the chosen rows, and how many there are in all and in each group."""

    lines: list[tuple[L, list[str]]]
    """Each line with the groups that it is in."""
    counts: dict[str, int]
    chosen: int
    next: str | None


@dataclass(frozen=True, slots=True)
class _Choice:
    goes_on: bool
    group: str | None
    only_changed: bool


class GroupedList(Generic[L]):
    """`sources` choose the rows: each is SQL from `from` on, and a row of several is one line."""

    def __init__(
        self,
        board: Board[L],
        *,
        order: str,
        sources: Sequence[LiteralString],
        groups: Mapping[str, LiteralString],
        changed: str,
    ) -> None:
        """`groups` are conditions on a row; `changed` is the column with the moment of its change."""
        self.board, self.keyset = board, board.keysets[order]
        self.groups = tuple(map(str, groups))
        self._shown = columns_of(board.shows)
        for each in self.keyset.columns:
            if each.name != each.field:
                raise TypeError(f"{each.field} has another name in the table")
        flags = listed(
            sql.SQL("({}) is true as {}").format(sql.SQL(condition), _flag(name))
            for name, condition in groups.items()
        )
        self._sources = sql.SQL(" union ").join(
            sql.SQL(_SOURCE).format(
                shown=listed(each.selected() for each in self._shown),
                changed=sql.Identifier(changed),
                groups=flags,
                source=sql.SQL(source),
            )
            for source in sources
        )
        self._composed: dict[_Choice, Rendered] = {}

    async def page(
        self,
        pool: Pool,
        scope: str,
        named: Mapping[str, object],
        paging: PageRequest,
        *,
        group: str | None = None,
        changed_since: datetime | None = None,
    ) -> Grouped[L]:
        """A page within a scope; the counts are of all chosen rows, whatever the page is asked by."""
        place = self.keyset.place(paging)
        choice = _Choice(place is not None, group, changed_since is not None)
        values = {
            **named,
            **self.keyset.named(place),
            "limit": paging.fetch,
            "changed_since": changed_since,
        }
        async with (
            scoped_read(pool, scope) as connection,
            connection.cursor(row_factory=dict_row) as cursor,
        ):
            await cursor.execute(self.query(choice), values)
            rows = await cursor.fetchall()
        return self._grouped(rows, paging)

    def query(self, choice: _Choice) -> Rendered:
        """The query of a choice, composed once."""
        if choice not in self._composed:
            self._composed[choice] = self._compose(choice)
        return self._composed[choice]

    def _compose(self, choice: _Choice) -> Rendered:
        conditions: list[sql.Composable] = [sql.SQL("true")]
        if choice.goes_on:
            conditions.append(self.keyset.beyond())
        if choice.group is not None:
            conditions.append(_flag(choice.group))
        if choice.only_changed:
            conditions.append(sql.SQL('"changed" >= %(changed_since)s'))
        counts = listed(
            sql.SQL("count(*) filter (where {}) as {}").format(_flag(each), _count(each))
            for each in self.groups
        )
        query = sql.SQL(_QUERY).format(
            sources=self._sources,
            counts=counts,
            conditions=sql.SQL(" and ").join(conditions),
            order=self.keyset.sorted(),
        )
        return Rendered([query])

    def _grouped(self, rows: Sequence[dict[str, Any]], paging: PageRequest) -> Grouped[L]:
        found = [each for each in rows if each["is line"]]
        lines = [(self._line(each), self._groups_of(each)) for each in found[: paging.limit]]
        more = len(found) > len(lines)
        return Grouped(
            lines=lines,
            counts={each: rows[0][f"count {each}"] for each in self.groups},
            chosen=rows[0]["count all"],
            next=_cursor(self.keyset, lines[-1][0]) if more else None,
        )

    def _line(self, row: Mapping[str, Any]) -> L:
        return self.board.shows(**{each.field: row[each.field] for each in self._shown})

    def _groups_of(self, row: Mapping[str, Any]) -> list[str]:
        return [each for each in self.groups if row[f"in {each}"]]


def _cursor(keyset: Keyset, line: object) -> str:
    return encode_cursor(keyset.cursor(line))


def _flag(group: str) -> sql.Identifier:
    return sql.Identifier(f"in {group}")


def _count(group: str) -> sql.Identifier:
    return sql.Identifier(f"count {group}")
