"""Raw SQL as a service's role: what it reaches without a scope, with a wrong one, by tricks.

Tables and functions come from the catalog, so that a new one is tried as well.
"""

from contextlib import suppress

import psycopg
import pytest
from psycopg import errors, sql

from deploy.local.run_folder import RunFolder
from shared.postgres import SET_SCOPE
from tests.attack.as_service import DATABASES, UNPROTECTED, as_role, counted, protected
from tests.attack.holdings import superuser
from tests.attack.townships import THERE
from tests.attack.wish import HERE

pytestmark = [pytest.mark.parts, pytest.mark.slow]

NOTHING = (
    *("", "%", "_", ":", "/", " ", "\t", "'", "519901", "519900999", "519900171001", "5199001719"),
    *(
        "519900%",
        "519900 ",
        " 519900",
        "519900\n",
        "\uff15\uff11\uff19\uff19\uff10\uff10",
        "~",
        "A",
    ),
)


@pytest.mark.parametrize("database", DATABASES)
def test_every_table_is_under_forced_row_level_security_by_the_same_rule(
    run: RunFolder, database: str
) -> None:
    query = """
        select n.nspname || '.' || relname, relrowsecurity and relforcerowsecurity,
            array_agg(pg_get_expr(polqual, polrelid) || coalesce(pg_get_expr(polwithcheck, polrelid), '')
                      || polpermissive || polcmd::text || polroles::text)
        from pg_class c join pg_namespace n on n.oid = relnamespace left join pg_policy on polrelid = c.oid
        where relkind in ('r', 'p', 'm', 'f', 'v')
          and nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
        group by 1, 2
    """
    with superuser(run, database) as connection:
        found = {str(row[0]): row[1:] for row in connection.execute(query).fetchall()}
    rules = {name: rule for name, rule in found.items() if name not in UNPROTECTED}
    assert [name for name, (forced, _) in rules.items() if not forced] == []
    assert len({str(policies) for _, policies in rules.values()}) == 1, rules


@pytest.mark.parametrize("database", DATABASES)
def test_without_a_scope_and_with_a_trick_for_one_every_table_is_empty(
    run: RunFolder, database: str
) -> None:
    names = protected(run, database)
    with as_role(run, database) as connection:
        shown = [
            (table, scope, count)
            for table in names
            for scope in (None, *NOTHING)
            if (count := counted(connection, table, scope))
        ]
        assert shown == []
        assert sum(counted(connection, table, "519900") for table in names) > 3


@pytest.mark.parametrize("database", DATABASES)
def test_a_scope_shows_its_own_township_and_no_other(run: RunFolder, database: str) -> None:
    with as_role(run, database) as connection:
        for table in protected(run, database):
            query = sql.SQL("select distinct division_code from {}").format(sql.SQL(table))
            with suppress(errors.InsufficientPrivilege), connection.transaction():
                connection.execute(SET_SCOPE, (HERE,))
                assert {row[0] for row in connection.execute(query).fetchall()} <= {HERE}
                # a scope that is taken back mid-way shows no more than none at all
                connection.execute("reset concord.scope")
                assert connection.execute(query).fetchall() == []


@pytest.mark.parametrize("database", DATABASES)
def test_the_setting_is_gone_with_its_transaction(run: RunFolder, database: str) -> None:
    (table, *_) = protected(run, database)
    with as_role(run, database) as connection:
        counted(connection, table, "519900")
        assert counted(connection, table, None) == 0
        connection.execute("set row_security = off")
        assert counted(connection, table, "519900") == 0


@pytest.mark.parametrize("database", DATABASES)
def test_no_row_is_moved_to_another_township_or_fetched_from_it(
    run: RunFolder, database: str
) -> None:
    change = sql.SQL("update {} set division_code = {} where division_code = {}")
    with as_role(run, database) as connection:
        for table in protected(run, database):
            for to, of in ((THERE, HERE), (HERE, THERE)):
                statement = change.format(sql.SQL(table), to, of)
                with (
                    suppress(errors.InsufficientPrivilege),
                    connection.transaction(force_rollback=True),
                ):
                    connection.execute(SET_SCOPE, (HERE,))
                    assert connection.execute(statement).rowcount == 0, table


def test_the_ledgers_functions_are_bound_as_their_caller_is(run: RunFolder) -> None:
    with as_role(run, "intake") as connection:
        stolen = "select * from ledger_stream_v1(%s, %s, (select stream_id from event limit 1))"
        for scope in (*NOTHING, HERE):
            with connection.transaction():
                assert connection.execute(stolen, (scope, THERE)).fetchall() == []
        append = (
            "select ledger_append_v2(%s, %s, '', null, null, null, null, null, now(), 0, '[]')"
        )
        for scope in (*NOTHING, HERE):
            with pytest.raises(errors.InsufficientPrivilege), connection.transaction():
                connection.execute(append, (scope, f"{THERE[:-1]}9"))
        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute("select concord_protect('event', 'all')")


@pytest.mark.parametrize("database", DATABASES)
def test_statistics_and_other_sessions_tell_nothing(run: RunFolder, database: str) -> None:
    with superuser(run, database) as connection:
        connection.execute("analyze")
    with as_role(run, database) as connection:
        of_tables = "select tablename from pg_stats where schemaname = 'public'"
        shown = {f"public.{row[0]}" for row in connection.execute(of_tables).fetchall()}
        assert shown <= UNPROTECTED
        others = "select query from pg_stat_activity where usename <> current_user"
        said = {row[0] for row in connection.execute(others).fetchall()}
        assert said <= {"<insufficient privilege>", "", None}


@pytest.mark.parametrize("database", DATABASES)
def test_the_owner_is_bound_by_the_policy_too(run: RunFolder, database: str) -> None:
    with psycopg.connect(run.owner_dsn(database)) as connection:
        for table in protected(run, database):
            assert counted(connection, table, None) == 0
