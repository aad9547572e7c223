"""Raw SQL as a service's role: what it may do to tables, to the server, and as whom."""

from contextlib import suppress

import psycopg
import pytest
from psycopg import errors, sql
from psycopg.conninfo import make_conninfo

from deploy.local.run_folder import RunFolder
from shared.postgres import SET_SCOPE
from tests.attack.as_service import DATABASES, UNPROTECTED, as_role, protected
from tests.attack.holdings import superuser
from tests.attack.wish import HERE

pytestmark = [pytest.mark.parts, pytest.mark.slow]

CHANGES = {
    "insert": "insert into {} default values",
    "update": "update {} set division_code = division_code",
    "delete": "delete from {}",
    "truncate": "truncate {}",
    "alter": "alter table {} disable row level security",
    "own": "alter table {} owner to current_user",
    "policy": "create policy mine on {} using (true)",
    "no policy": "drop policy within_scope on {}",
    "trigger": "create trigger mine before insert on {} execute function suppress_redundant_updates_trigger()",
    "rule": "create rule mine as on insert to {} do instead nothing",
    "index": "create index on {} (division_code)",
    "lock": "lock table {} in access exclusive mode",
    "drop": "drop table {}",
    "comment": "comment on table {} is 'x'",
}
GRANTED = {"insert", "update", "lock"}
"""What some tables need: a row that lies out of scope is refused all the same."""
FORBIDDEN = (
    "create table mine (x int)",
    "create temporary table mine (x int)",
    "create schema mine",
    "create view mine as select 1",
    "create function mine() returns int language sql as 'select 1'",
    "create extension vector",
    "create role mine",
    "create database mine",
    "alter role current_user bypassrls",
    "alter role current_user superuser",
    "alter role postgres password 'x'",
    "alter database DATABASE set concord.scope = '519900'",
    "alter system set log_statement = 'all'",
    "set session authorization postgres",
    "set log_statement = 'all'",
    "set log_min_error_statement = 'error'",
    "set session_replication_role = 'replica'",
    "select * from pg_authid",
    "select * from pg_shadow",
    "select * from pg_hba_file_rules",
    "select * from pg_file_settings",
    "select * from pg_largeobject",
    "select * from pg_statistic",
    "select pg_read_file('postgresql.conf')",
    "select pg_read_binary_file('global/pg_control')",
    "select pg_ls_dir('.')",
    "select pg_ls_logdir()",
    "select pg_stat_file('postgresql.conf')",
    "select pg_reload_conf()",
    "select pg_switch_wal()",
    "select lo_import('/etc/passwd')",
    "select lo_export(1, '/tmp/x')",
    "copy (select 1) to '/tmp/x'",
    "copy (select 1) to program 'id'",
    "select pg_create_logical_replication_slot('x', 'pgoutput')",
    "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'postgres'",
)


@pytest.mark.parametrize("database", DATABASES)
@pytest.mark.parametrize("change", CHANGES)
def test_no_table_can_be_changed_in_another_township_or_at_all(
    run: RunFolder, database: str, change: str
) -> None:
    succeeded = []
    with as_role(run, database) as connection:
        for table in [*protected(run, database), *UNPROTECTED]:
            with connection.transaction(force_rollback=True):
                connection.execute(SET_SCOPE, (HERE,))
                statement = sql.SQL(CHANGES[change]).format(sql.SQL(table))
                try:
                    with connection.transaction():
                        done = connection.execute(statement)
                except (errors.InsufficientPrivilege, errors.NotNullViolation):
                    continue
                except (errors.UndefinedColumn, errors.UndefinedObject):
                    assert table in UNPROTECTED
                    continue
                succeeded.append((table, done.statusmessage))
    if change not in GRANTED:
        assert succeeded == []


@pytest.mark.parametrize("database", DATABASES)
def test_the_role_cannot_look_around_in_the_server_or_grow(run: RunFolder, database: str) -> None:
    done = []
    with as_role(run, database) as connection:
        for statement in FORBIDDEN:
            with suppress(errors.InsufficientPrivilege):
                connection.execute(statement.replace("DATABASE", database).encode())
                done.append(statement)
    assert done == []


@pytest.mark.parametrize("database", DATABASES)
def test_the_role_becomes_nobody_else(run: RunFolder, database: str) -> None:
    with as_role(run, database) as connection:
        query = "select rolname from pg_roles where rolname <> current_user"
        others = [str(row[0]) for row in connection.execute(query).fetchall()]
        assert {"postgres", f"{database}_owner"} <= set(others)
        for other in others:
            for words in ("set role {}", "set session authorization {}"):
                with pytest.raises(errors.InsufficientPrivilege):
                    connection.execute(sql.SQL(words).format(sql.Identifier(other)))
        member = "select count(*) from pg_auth_members where member = current_user::regrole"
        assert connection.execute(member).fetchone() == (0,)


@pytest.mark.parametrize("database", DATABASES)
def test_the_role_connects_to_its_own_database_alone(run: RunFolder, database: str) -> None:
    with superuser(run, "postgres") as connection:
        query = "select datname from pg_database where datname <> %s"
        others = [str(row[0]) for row in connection.execute(query, (database,)).fetchall()]
    assert len(others) > 2
    for other in others:
        with pytest.raises(psycopg.OperationalError, match=r"permission denied|not currently"):
            psycopg.connect(make_conninfo(run.service_dsn(database), dbname=other))


@pytest.mark.parametrize("database", DATABASES)
def test_nothing_is_granted_to_everybody(run: RunFolder, database: str) -> None:
    query = """
        select n.nspname || '.' || relname
        from pg_class c join pg_namespace n on n.oid = relnamespace, aclexplode(relacl) as granted
        where granted.grantee = 0 and nspname not in ('pg_catalog', 'information_schema')
        union all
        select nspname || ': ' || privilege_type from pg_namespace, aclexplode(nspacl) as granted
        where granted.grantee = 0 and privilege_type <> 'USAGE'
        union all
        select datname || ': ' || privilege_type from pg_database, aclexplode(datacl) as granted
        where granted.grantee = 0 and datname <> 'template0'
    """
    with superuser(run, database) as connection:
        assert connection.execute(query).fetchall() == []


@pytest.mark.parametrize("database", DATABASES)
def test_no_function_lends_its_owners_rights_and_few_can_be_called(
    run: RunFolder, database: str
) -> None:
    query = """
        select proname, prosecdef, has_function_privilege(%s, p.oid, 'execute')
        from pg_proc p join pg_namespace n on n.oid = pronamespace
        where nspname not in ('pg_catalog', 'information_schema')
    """
    with superuser(run, database) as connection:
        found = connection.execute(query, (database,)).fetchall()
    assert [name for name, lends, _ in found if lends] == []
    assert {str(name) for name, _, may_call in found if may_call} <= {
        *("concord_protect", "concord_allow"),  # as the caller, who may do none of it
        *("ledger_append_v1", "ledger_append_one_v1", "ledger_stream_v1"),
        *("ledger_append_v2", "ledger_append_one_v2"),
        *("ledger_require_versions_v1", "due_settle_v1"),
        *("due_lease_v1", "due_lease_v2", "due_lease_v3"),
        *("registry_unmoved_v1", "registry_ends_v1", "rule_state_lock_v1"),
    }
