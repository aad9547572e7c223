"""The floor of `lifecycle`: the doors' own server, and plain INSERTs of the rows that ours writes.

The same four routes put the same rows into copies of the tables, with their keys and indexes. There
are no rules, no chain, no encryption, no row-level security, no receipt to look for, and nobody
reads what was written.
"""

import itertools
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import LiteralString
from uuid import uuid4

import orjson
import psycopg
from fastapi import FastAPI, Request, Response
from psycopg.rows import dict_row

from shared.http.serve import run
from shared.postgres import Connection, new_pool
from tests.parts import FreshDatabase

_TABLES = (
    *("event", "vault_person", "vault_entry"),
    *("case_board", "query_code", "command_receipt"),
)
_COPY = """
    create table floor_{0} (like {0} including all);
    grant select, insert, update on floor_{0} to {1};
"""
_EVENT: LiteralString = """
    insert into floor_event values
        (%s, %s, %s, %s, %s, %s, 1, %s, 'post', %s, null, %s, %s, %b, %b, %b)
"""
_PERSON: LiteralString = "insert into floor_vault_person values (%s, %s, %b)"
_ENTRY: LiteralString = "insert into floor_vault_entry values (%s, %s, 'filing', %s, %b)"
_LINE: LiteralString = """
    insert into floor_case_board values
        (%s, %s, %s, 'filed', 'land', 'visit', 'request', null, null, %s, null, null, null, %s, 1)
"""
_MOVE: LiteralString = """
    update floor_case_board set state = %s, handler = 'post', responsible_unit = 'unit',
                                due_at = %s, version = %s
    where division_code = %s and case_id = %s
"""
_CODE: LiteralString = "insert into floor_query_code values (%s, %s, %s, %b)"
_RECEIPT: LiteralString = """
    insert into floor_command_receipt values (%s, 'post', %s, %s, %b, %b, %s, %s, %s)
"""
_PAGE: LiteralString = """
    select case_id, number, state, category, channel, purpose, village_code, urgent, filed_at,
           due_at, handler, responsible_unit, version
    from floor_case_board where division_code = %s
    order by filed_at desc, case_id desc limit 50
"""
_HASH, _KEY, _SEALED = bytes(32), bytes(60), bytes(500)
_POOL_SIZE = 8
"""As intake's settings have it."""
_places = itertools.count(1)


def make_tables(database: FreshDatabase) -> None:
    """With what is in ours already, so that both have as many cases."""
    with psycopg.connect(database.superuser_dsn, autocommit=True) as connection:
        connection.execute("set synchronous_commit = off")
        for table in _TABLES:
            connection.execute(_COPY.format(table, database.role).encode())
            connection.execute(f"insert into floor_{table} select * from {table}".encode())
        connection.execute("vacuum analyze")


pool = new_pool(os.environ.get("FLOOR_DATABASE_URL", ""), name="floor", size=_POOL_SIZE)


@asynccontextmanager
async def _lifespan(_: FastAPI) -> AsyncIterator[None]:
    async with pool:
        yield


app = FastAPI(lifespan=_lifespan)


@app.post("/townships/{division}/cases")
async def keep(division: str, request: Request) -> Response:
    body = (await request.body()).decode()
    case_id, person, number, now = f"{division}-{uuid4()}", str(uuid4()), str(uuid4()), _now()
    async with pool.connection() as connection, connection.pipeline():
        await _event(connection, case_id, "case-filed", body, version=1)
        await connection.execute(_PERSON, (division, person, _KEY), prepare=True)
        await connection.execute(_ENTRY, (division, person, case_id, _SEALED), prepare=True)
        await connection.execute(_LINE, (division, case_id, number, now, person), prepare=True)
        await connection.execute(_CODE, (division, case_id, number, _HASH), prepare=True)
    return _answer({"case_id": case_id}, status=201)


@app.post("/cases/{case_id}/accept")
async def accept(case_id: str, request: Request) -> Response:
    return await _moved(case_id, "accepted", request, version=2)


@app.post("/cases/{case_id}/answer")
async def answer(case_id: str, request: Request) -> Response:
    return await _moved(case_id, "answered", request, version=3, with_text=True)


async def _moved(
    case_id: str, state: str, request: Request, *, version: int, with_text: bool = False
) -> Response:
    body = (await request.body()).decode()
    moved = (state, _now(), version, case_id.partition("-")[0], case_id)
    async with pool.connection() as connection, connection.pipeline():
        await _event(connection, case_id, f"case-{state}", body, version=version)
        if with_text:
            entry = (case_id.partition("-")[0], str(uuid4()), case_id, _SEALED)
            await connection.execute(_ENTRY, entry, prepare=True)
        await connection.execute(_MOVE, moved, prepare=True)
    return _answer({"case_id": case_id, "state": state})


@app.get("/cases")
async def board(division: str) -> Response:
    async with pool.connection() as connection, connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(_PAGE, (division,), prepare=True)
        return _answer({"items": await cursor.fetchall()})


async def _event(
    connection: Connection, case_id: str, kind: str, body: str, *, version: int
) -> None:
    division, place, now, key = case_id.partition("-")[0], next(_places), _now(), str(uuid4())
    event = (division, -place, case_id, version, key, kind, body, key, now, now)
    await connection.execute(_EVENT, (*event, _HASH, _HASH, _HASH), prepare=True)
    receipt = (division, kind, key, _HASH, _SEALED[:300], place, place, now)
    await connection.execute(_RECEIPT, receipt, prepare=True)


def _now() -> datetime:
    return datetime.now(UTC)


def _answer(found: object, *, status: int = 200) -> Response:
    return Response(orjson.dumps(found), status_code=status, media_type="application/json")


if __name__ == "__main__":
    run(app, port=int(os.environ["FLOOR_PORT"]))
