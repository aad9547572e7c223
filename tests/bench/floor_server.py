"""The floors of commands over HTTP: the services' own server, one prepared INSERT or all the rows."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import orjson
from fastapi import FastAPI, Request, Response

from shared.http.serve import run
from shared.postgres import new_pool
from tests.bench import floor_rows

_POOL_SIZE = 8
"""As intake's settings have it."""

pool = new_pool(os.environ["FLOOR_DATABASE_URL"], name="floor", size=_POOL_SIZE)


@asynccontextmanager
async def _lifespan(_: FastAPI) -> AsyncIterator[None]:
    async with pool:
        yield


app = FastAPI(lifespan=_lifespan)


@app.post("/townships/{division}/cases")
async def keep(division: str, request: Request) -> Response:
    body = await request.body()
    async with pool.connection() as connection:
        await connection.execute(
            "insert into floor_case values (%s, %s, %s)",
            (division, str(uuid4()), body.decode()),
            prepare=True,
        )
    return Response(b'{"kept":true}', status_code=201, media_type="application/json")


@app.post("/townships/{division}/mediations")
async def keep_rows(division: str, request: Request) -> Response:
    body = await request.body()
    committee_id: str = orjson.loads(body)["committee_id"]
    async with pool.connection() as connection:
        await floor_rows.write(connection, division, committee_id, body.decode())
    return Response(b'{"kept":true}', status_code=201, media_type="application/json")


@app.post("/townships/{division}/patrols")
async def keep_patrols(division: str, request: Request) -> Response:
    lines = orjson.loads(await request.body())["patrols"]
    async with pool.connection() as connection:
        await connection.execute(
            """
            insert into floor_patrol
            select %s, client_id, grid_code, done_at, found, households_visited, worker_id
            from json_populate_recordset(null::floor_patrol, %s::json)
            """,
            (division, orjson.dumps(lines).decode()),
            prepare=True,
        )
    answer = b'{"recorded":%d}' % len(lines)
    return Response(answer, media_type="application/json")


if __name__ == "__main__":
    run(app, port=int(os.environ["FLOOR_PORT"]))
