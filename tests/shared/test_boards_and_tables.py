"""Every board that a service declares, compared with the table that its migrations make."""

import pkgutil
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from importlib import import_module
from itertools import product
from typing import Any

import psycopg
import pytest

from shared.board import Board, Restriction
from shared.board.queries import Choice
from shared.services import SERVICES as ALL
from tests.migrated import migrated
from tests.office_doors import COUNTY, TOWNSHIP
from tests.parts import FreshDatabase, PostgresForTests

SERVICES = tuple(each.name for each in ALL if each.keeps_ledgers)


def declared() -> Iterator[tuple[str, Board[Any]]]:
    """Every board of the services, once, with its service."""
    for service in SERVICES:
        store = import_module(f"services.{service}.store")
        modules = [
            import_module(f"{store.__name__}.{each.name}")
            for each in pkgutil.iter_modules(store.__path__)
        ]
        found = [each for module in modules for each in vars(module).values()]
        boards = {each.table: each for each in found if isinstance(each, Board)}
        yield from ((service, board) for board in boards.values())


BOARDS = [pytest.param(*each, id=each[1].table) for each in declared()]
every_board = pytest.mark.parametrize(("service", "board"), BOARDS)
QUESTIONS = [
    pytest.param(service, board, order, asked, id=f"{board.table}-{order}-{asked or 'all'}")
    for service, board in declared()
    for order in board.keysets
    for asked in ("", *(name for each in board.filters for name in each.conditions))
]

pytestmark = pytest.mark.parts


@pytest.fixture(scope="module")
def databases(postgres: PostgresForTests) -> dict[str, FreshDatabase]:
    return {
        service: migrated(postgres, service, import_module(f"services.{service}.migrate").VERSIONS)
        for service in SERVICES
    }


@contextmanager
def connected(database: FreshDatabase, scope: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection of the service's role within a scope."""
    with psycopg.connect(database.dsn) as connection:
        connection.execute("select set_config('concord.scope', %s, true)", (scope,))
        yield connection


def test_every_service_with_a_list_declares_its_board() -> None:
    assert {board.table for _, board in declared()} >= {
        "case_board",
        "mediation_board",
        "mediator_roster",
        "committee_board",
    }


@every_board
def test_columns_are_those_of_the_table(
    databases: dict[str, FreshDatabase], service: str, board: Board[Any]
) -> None:
    query = """
        select attname, format_type(atttypid, atttypmod), not attnotnull, collname
        from pg_attribute left join pg_collation on pg_collation.oid = attcollation
        where attrelid = %s::regclass and attnum > 0 and not attisdropped
    """
    with connected(databases[service], COUNTY) as connection:
        found = connection.execute(query, (board.table,)).fetchall()
    stored = [each for each in board.columns if each.is_stored]
    assert {row[:3] for row in found} == {
        (each.name, each.sql_type, each.nullable) for each in stored
    }
    assert {row[3] for row in found if row[1] == "text"} == {"C"}


@every_board
def test_the_key_is_that_of_the_table(
    databases: dict[str, FreshDatabase], service: str, board: Board[Any]
) -> None:
    query = """
        select attname from pg_index
        join pg_attribute on attrelid = indrelid and attnum = any(indkey)
        where indrelid = %s::regclass and indisprimary
    """
    with connected(databases[service], COUNTY) as connection:
        found = {row[0] for row in connection.execute(query, (board.table,))}
    assert found == {"division_code"} | {each.name for each in board.columns if each.is_key}


def a_value(name: str) -> object:
    if name == "division":
        return TOWNSHIP
    if name in {"urgent", "received_on"}:
        return True if name == "urgent" else date(2025, 3, 4)
    return datetime.now(UTC) if name.endswith(("_from", "_before")) else "x"


def plan(
    database: FreshDatabase,
    board: Board[Any],
    choice: Choice,
    scope: str,
    values: Mapping[str, object] | None = None,
) -> list[dict[str, Any]]:
    """The nodes of the plan, where neither a scan of the table nor a sort is chosen freely."""
    keyset = board.keysets[choice.order]
    place = tuple(None if each.nullable else _least(each.python_type) for each in keyset.columns)
    named = {each: a_value(each) for each in choice.conditions} | keyset.named(place)
    named |= values or {}
    query = b"explain (format json) " + board.queries.query(choice).as_bytes(None)
    with connected(database, scope) as connection:
        for avoided in ("seqscan", "bitmapscan", "sort", "incremental_sort"):
            connection.execute(f"set local enable_{avoided} = off".encode())
        row = connection.execute(query, named | {"scope": scope, "limit": 50}).fetchone()
    assert row is not None
    return list(nodes(row[0][0]["Plan"]))


def _least(python_type: object) -> object:
    if python_type is int:
        return 0
    return datetime.now(UTC) if python_type in {datetime, date} else "x"


def nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for below in node.get("Plans", ()):
        yield from nodes(below)


@pytest.mark.parametrize(("service", "board", "order", "asked"), QUESTIONS)
def test_an_index_gives_every_order_under_every_filter(
    databases: dict[str, FreshDatabase], service: str, board: Board[Any], order: str, asked: str
) -> None:
    conditions = frozenset([asked]) if asked else frozenset()
    for scope, goes_on in product((TOWNSHIP, COUNTY), (False, True)):
        choice = Choice(order, conditions, goes_on=goes_on, one_division=scope == TOWNSHIP)
        found = plan(databases[service], board, choice, scope)
        assert "Sort" not in {each["Node Type"] for each in found}
        (scan,) = (each for each in found if each.get("Relation Name") == board.table)
        assert scan["Node Type"] in {"Index Scan", "Index Only Scan"}
        assert not goes_on or "ROW(" in scan["Index Cond"]


RESTRICTED = [
    pytest.param(service, board, each, order, id=f"{board.table}-{each.name}-{order}")
    for service, board in declared()
    for each in board.restrictions
    for order in board.keysets
]


@pytest.mark.parametrize(("service", "board", "restriction", "order"), RESTRICTED)
def test_an_index_gives_every_order_to_whom_some_lines_are_hidden(
    databases: dict[str, FreshDatabase],
    service: str,
    board: Board[Any],
    restriction: Restriction,
    order: str,
) -> None:
    values: dict[str, object] = {
        name: ["x"] for name in re.findall(r"%\((\w+)\)s", restriction.sql)
    }
    for scope, goes_on in product((TOWNSHIP, COUNTY), (False, True)):
        choice = Choice(
            order,
            frozenset([restriction.name]),
            goes_on=goes_on,
            one_division=scope == TOWNSHIP,
        )
        found = plan(databases[service], board, choice, scope, values)
        assert "Sort" not in {each["Node Type"] for each in found}
        (scan,) = (each for each in found if each.get("Alias") == board.table)
        assert scan["Node Type"] in {"Index Scan", "Index Only Scan"}
