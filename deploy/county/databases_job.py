"""Makes databases and roles, migrates them to this release, and ends.

`python -m deploy.county.databases_job`. The passwords of the roles are those that the services
read: `<service>_database_password` and `<service>_owner_database_password` in the folder of
secrets. Doing it again changes nothing, or sets new passwords.
"""

import os
import subprocess
import sys
from urllib.parse import urlsplit

import psycopg
from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from deploy.postgres.databases import ensure_database
from deploy.postgres.service_database import ServiceDatabase
from shared.logs import LogFormat, set_up_logs
from shared.services import SERVICES, Service
from shared.settings import DatabaseSettings, read_settings


class ClusterSettings(DatabaseSettings):
    """`POSTGRES_SUPERUSER_URL`, of a role that may make databases and roles, and its password."""

    model_config = SettingsConfigDict(
        env_prefix="POSTGRES_", frozen=True, hide_input_in_errors=True, extra="ignore"
    )

    superuser_url: SecretStr
    superuser_password: SecretStr | None = None
    also: str = ""
    """A database besides the services', such as the issuer's; its own program migrates it."""
    log_format: LogFormat = "json"


class RolePasswords(BaseSettings):
    """Of a service: of the role that owns its database, and of the one that it runs as."""

    model_config = SettingsConfigDict(frozen=True, hide_input_in_errors=True, extra="ignore")

    owner_database_password: SecretStr
    database_password: SecretStr


def main() -> None:
    """Exit code 1 where the cluster cannot be reached, or that of the migration that failed."""
    settings = read_settings(ClusterSettings)
    set_up_logs(settings.log_format, service="databases")
    url = settings.superuser_url.get_secret_value()
    names = [service.name for service in SERVICES] + [name for name in [settings.also] if name]
    databases = [_database(name) for name in names]
    try:
        for database in databases:
            ensure_database(url, database)
    except psycopg.OperationalError as fault:
        sys.exit(f"The databases were not made: {fault}.")
    for service in SERVICES:
        _migrate(service, url)
        print(f"{service.name}'s database is of this release.", flush=True)


def _database(name: str) -> ServiceDatabase:
    found = read_settings(RolePasswords, prefix=f"{name.upper()}_")
    return ServiceDatabase(
        name,
        found.owner_database_password.get_secret_value(),
        found.database_password.get_secret_value(),
    )


def _migrate(service: Service, superuser_url: str) -> None:
    host = urlsplit(superuser_url).netloc.rpartition("@")[2]
    owner = f"postgresql://{service.name}_owner@{host}/{service.name}"
    environment = os.environ | {
        f"{service.prefix}_OWNER_DATABASE_URL": owner,
        f"{service.prefix}_ROLE": service.name,
    }
    command = [sys.executable, "-m", service.module("migrate")]
    if code := subprocess.run(command, env=environment, check=False).returncode:
        sys.exit(code)


if __name__ == "__main__":
    main()
