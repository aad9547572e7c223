"""All that a database holds, so that "nothing was written" can be said of all of it."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from deploy.local.run_folder import RunFolder

_OURS = """
    select quote_ident(nspname) || '.' || quote_ident(relname)
    from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where relkind = 'r' and nspname not in ('pg_catalog', 'information_schema')
    order by 1
"""
# a relay and a worker move on by themselves; numbers are taken before it is known whether they are needed
_ON_THE_MOVE = (
    "public.relayed",
    "public.inbox",
    "public.case_number_block",
    "public.resident_attempt",
    "public.due_lease",
    "public.followed_case",
    "public.followed_dispute",
    "public.rule_state",
    "public.warning_repeats",
)
TAKEN_IN = ("public.relayed", "public.inbox", "public.rule_state")
"""What moves with every event that is passed on, and not by the clock."""
# the seal of each ledger falls due by the clock; other due rows are written for a command alone
_BY_COMMANDS = {"public.due_row": "where kind <> 'seal'"}


def superuser(run: RunFolder, database: str) -> psycopg.Connection[tuple[object, ...]]:
    """A connection that row-level security does not bind."""
    return psycopg.connect(make_conninfo(run.superuser_dsn, dbname=database), autocommit=True)


@contextmanager
def failing(run: RunFolder, table: str, *, database: str = "intake") -> Iterator[None]:
    """A table that takes nothing any more, as a broken migration would leave it."""
    with superuser(run, database) as connection:
        name = sql.SQL(table)
        broken = sql.SQL("alter table {} add constraint broken check (false) not valid")
        connection.execute(broken.format(name))
        try:
            yield
        finally:
            connection.execute(sql.SQL("alter table {} drop constraint broken").format(name))


def tables(connection: psycopg.Connection[tuple[object, ...]]) -> list[str]:
    """Every table that is not PostgreSQL's own, with its schema."""
    return [str(row[0]) for row in connection.execute(_OURS).fetchall()]


def held(run: RunFolder, database: str, *, also: Collection[str] = ()) -> dict[str, object]:
    """By table a digest over all its rows; also of these that move on by themselves."""
    with superuser(run, database) as connection:
        known = tables(connection)
        named = [name for name in known if name in also or name not in _ON_THE_MOVE]
        return dict(_digests(connection, named))


def _digests(
    connection: psycopg.Connection[tuple[object, ...]], names: Iterable[str]
) -> Iterable[tuple[str, object]]:
    for name in names:
        query = sql.SQL(
            "select count(*), md5(string_agg(md5(t::text), '' order by md5(t::text))) from {} t {}"
        ).format(sql.SQL(name), sql.SQL(_BY_COMMANDS.get(name, "")))
        yield name, connection.execute(query).fetchone()
