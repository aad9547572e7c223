"""Speaking SQL as a service's own role, and the tables that it may come upon."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors, sql

from deploy.local.run_folder import RunFolder
from shared.postgres import SET_SCOPE
from shared.services import SERVICES
from tests.attack.holdings import superuser, tables

Connection = psycopg.Connection[tuple[object, ...]]
DATABASES = [service.name for service in SERVICES]
UNPROTECTED = {"public.schema_version"}
"""Which migrations are in: no division, nothing of anybody."""


@contextmanager
def as_role(run: RunFolder, database: str) -> Iterator[Connection]:
    with psycopg.connect(run.service_dsn(database), autocommit=True) as connection:
        yield connection


def counted(connection: Connection, table: str, scope: str | None) -> int:
    query = sql.SQL("select count(*) from {}").format(sql.SQL(table))
    try:
        with connection.transaction():
            if scope is not None:
                connection.execute(SET_SCOPE, (scope,))
            row = connection.execute(query).fetchone()
    except errors.InsufficientPrivilege:
        return 0  # a table that the service does not even read
    assert row is not None
    return int(str(row[0]))


def protected(run: RunFolder, database: str) -> list[str]:
    with superuser(run, database) as connection:
        return [table for table in tables(connection) if table not in UNPROTECTED]
