"""Schema changes by Alembic: SQL files, forward only, safe while old and new processes overlap.

Safe means: one migrator at a time (an advisory lock); a short lock timeout with retries, so that
no commands queue behind an ALTER; additive changes only (tests check the SQL files); and a version
in the name of each function, so that a process of the previous release finds the one it calls.
"""

import sys
import time
from collections.abc import Iterable
from pathlib import Path

import structlog
from alembic import command, op
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg import sql
from pydantic import SecretStr
from pydantic_settings import SettingsConfigDict
from sqlalchemy import Connection, create_engine, exc, text
from sqlalchemy.pool import NullPool

from shared.logs import LogFormat, set_up_logs
from shared.settings import DatabaseSettings, read_settings

_SHARED = Path(__file__).parent / "migrations"
_LOCK = 0x434F4E43  # "CONC": the one lock that migrators of a database share
_ATTEMPTS = 10
VERSION_TABLE = "schema_version"

log = structlog.get_logger()


class OwnerSettings(DatabaseSettings):
    """`<SERVICE>_OWNER_DATABASE_URL`, and the role that the service runs as."""

    model_config = SettingsConfigDict(frozen=True, hide_input_in_errors=True, extra="ignore")

    owner_database_url: SecretStr
    owner_database_password: SecretStr | None = None
    role: str | None = None
    log_format: LogFormat = "json"


class DatabaseNewer(Exception):
    """The schema has revisions that this release does not know."""

    def __init__(self, service: str, unknown: Iterable[str]) -> None:
        super().__init__(
            f"The database of {service} was made by a newer release ({', '.join(unknown)} is not "
            "known here); start that release, or restore a backup that this one made."
        )


def migrate_by_environment(service: str, versions: Path) -> None:
    """The entry point of a service's `migrate`: read the environment, then migrate."""
    settings = read_settings(OwnerSettings, prefix=f"{service.upper()}_")
    set_up_logs(settings.log_format, service=service)
    url = settings.owner_database_url.get_secret_value()
    try:
        migrate(url, service=service, role=settings.role or service, versions=versions)
    except DatabaseNewer as reason:
        sys.exit(str(reason))


def run_sql(revision_file: str) -> None:
    """Run the SQL file next to a revision, as one script."""
    script = Path(revision_file).with_suffix(".sql").read_text(encoding="utf-8")
    driver = op.get_bind().connection.dbapi_connection
    driver.execute(script)  # type: ignore[union-attr]  # psycopg's own: takes several statements


def migrate(url: str, *, service: str, role: str, versions: Path) -> None:
    """Migrate a service's database to this release, as its owner; grants to `role`.

    `versions` is the folder of the service's own revisions. Raises DatabaseNewer, and
    OperationalError if the database cannot be reached or a lock is not granted in ten attempts.
    """
    engine = create_engine(_with_driver(url), poolclass=NullPool)
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with engine.connect() as connection:
                _upgrade(connection, service=service, role=role, versions=versions)
        except exc.OperationalError as fault:
            if "lock timeout" not in str(fault) or attempt == _ATTEMPTS:
                raise
            log.warning("schema is in use, trying again", attempt=attempt)
            time.sleep(attempt)
        else:
            return


def _upgrade(connection: Connection, *, service: str, role: str, versions: Path) -> None:
    connection.execute(text("select pg_advisory_lock(:key)"), {"key": _LOCK})
    try:
        name = sql.Literal(role).as_string(None)
        connection.execute(text(f"set concord.role = {name}"))
        connection.execute(text("set lock_timeout = '2s'"))
        connection.commit()
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(_SHARED))
        config.set_main_option("path_separator", "newline")
        folders = f"{_SHARED / 'versions'}\n{versions}"
        config.set_main_option("version_locations", folders.replace("%", "%%"))
        _refuse_newer(connection, ScriptDirectory.from_config(config), service)
        command.upgrade(config, f"{service}@head")
    finally:
        connection.rollback()
        connection.execute(text("select pg_advisory_unlock(:key)"), {"key": _LOCK})
        connection.commit()


def _refuse_newer(connection: Connection, known: ScriptDirectory, service: str) -> None:
    ours = {revision.revision for revision in known.walk_revisions()}
    options = {"version_table": VERSION_TABLE}
    theirs = MigrationContext.configure(connection, opts=options).get_current_heads()
    connection.rollback()
    if unknown := sorted(set(theirs) - ours):
        raise DatabaseNewer(service, unknown)


def _with_driver(url: str) -> str:
    scheme, _, rest = url.partition("://")
    if scheme not in {"postgresql", "postgres"}:
        raise ValueError("a database address begins with postgresql://")
    return f"postgresql+psycopg://{rest}"
