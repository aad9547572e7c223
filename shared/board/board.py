"""A board: one declaration, from which its statements, its list and the list's filters follow."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from psycopg import sql
from psycopg.rows import class_row

from shared.board.columns import columns_of
from shared.board.filters import Asked, Chosen, Flag, Restriction, Unless, Where, reading
from shared.board.orders import Keyset, Order, order_parameter
from shared.board.queries import Choice, ListQueries
from shared.board.writes import Writes
from shared.divisions import TOWNSHIP
from shared.http.paging import PageRequest, page
from shared.postgres import Pool, scoped_read

L = TypeVar("L")


class Board(Writes, Generic[L]):
    """A table with one row a record; `shows` is the class of its list's lines."""

    def __init__(
        self,
        table: str,
        *,
        shows: type[L],
        orders: Mapping[str, Order],
        keeps: type | None = None,
        filters: Iterable[Flag | Unless | Where | Chosen] = (),
        restrictions: Iterable[Restriction] = (),
    ) -> None:
        """`keeps` adds the columns that are not shown; the first of the orders is the default.

        `restrictions` are conditions that the route sets, not the query.
        """
        self.table, self.shows, self.columns = table, shows, columns_of(keeps or shows)
        super().__init__(table, self.columns)
        shown = columns_of(shows)
        of_columns = [each.filter for each in shown if each.filter]
        self.filters = (*of_columns, *(each.filter() for each in filters))
        by_field = {each.field: each for each in shown}
        self.keysets = {name: Keyset.over(by_field, orders, name) for name in orders}
        conditions = {
            name: held for each in self.filters for name, held in each.conditions.items()
        }
        self.restrictions = tuple(restrictions)
        conditions |= {each.name: sql.SQL(each.sql) for each in self.restrictions}
        self.queries = ListQueries(table, shown, conditions, self.keysets)

    @cached_property
    def asked(self) -> Callable[..., Any]:
        """The FastAPI dependency that reads the filters, and the order where there are several."""
        orders = {name: keyset.order for name, keyset in self.keysets.items()}
        order = order_parameter(orders) if len(orders) > 1 else None
        return reading(self.filters, order, usual=next(iter(orders)))

    async def lines(self, pool: Pool, scope: str, asked: Asked, paging: PageRequest) -> list[L]:
        """The lines of a page within a scope, and one more where another page follows."""
        keyset = self.keysets[asked.order]
        place = keyset.place(paging)
        choice = Choice(
            order=asked.order,
            conditions=frozenset(asked.values),
            goes_on=place is not None,
            one_division=len(scope) == TOWNSHIP,
        )
        named = {**asked.values, "scope": scope, "limit": paging.fetch, **keyset.named(place)}
        async with (
            scoped_read(pool, scope) as connection,
            connection.cursor(row_factory=class_row(self.shows)) as cursor,
        ):
            await cursor.execute(self.queries.query(choice), named)
            return await cursor.fetchall()

    def shown(self, lines: Sequence[L], asked: Asked, paging: PageRequest) -> dict[str, Any]:
        """The page that these lines make, with the cursor of the next."""
        return page(lines, paging, key=self.keysets[asked.order].cursor)

    async def page(
        self, pool: Pool, scope: str, asked: Asked, paging: PageRequest
    ) -> dict[str, Any]:
        """A page of the list within a scope."""
        return self.shown(await self.lines(pool, scope, asked, paging), asked, paging)
