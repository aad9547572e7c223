"""One database per service with two roles: an owner for migrations, and one that owns nothing."""

import psycopg
from psycopg import sql

from deploy.postgres.service_database import ServiceDatabase

Connection = psycopg.Connection[tuple[object, ...]]


def ensure_database(superuser_dsn: str, database: ServiceDatabase) -> None:
    """Makes what is missing and sets the passwords again; doing it twice changes nothing."""
    with psycopg.connect(superuser_dsn, autocommit=True) as connection:
        # rights on databases are rows that two at once would both write, of which one fails; the
        # lock ends with the connection
        connection.execute("select pg_advisory_lock(hashtext('concord-databases'))")
        _ensure_role(connection, database.owner, database.owner_password)
        _ensure_role(connection, database.role, database.role_password)
        if not _exists(connection, "pg_database", "datname", database.name):
            _run(connection, "create database {} owner {}", database.name, database.owner)
        for closed in (database.name, "postgres", "template1"):
            _run(connection, "revoke all on database {} from public", closed)
        _run(connection, "grant connect on database {} to {}", database.name, database.role)


def _ensure_role(connection: Connection, role: str, password: str) -> None:
    if not _exists(connection, "pg_roles", "rolname", role):
        _run(connection, "create role {}", role)
    rights = sql.SQL("login nosuperuser nocreatedb nocreaterole nobypassrls noreplication")
    statement = sql.SQL("alter role {} with {} password {}")
    connection.execute(statement.format(sql.Identifier(role), rights, sql.Literal(password)))


def _exists(connection: Connection, catalogue: str, column: str, name: str) -> bool:
    question = sql.SQL("select 1 from {} where {} = {}").format(
        sql.Identifier(catalogue), sql.Identifier(column), sql.Literal(name)
    )
    return connection.execute(question).fetchone() is not None


def _run(connection: Connection, statement: str, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
