"""Brings the services' databases to this release, at every start: what is done already is quick."""

import os
import subprocess
import sys
from collections.abc import Callable

from deploy.local.bare_environment import bare_environment
from deploy.local.death_signal import PARENT, mortal
from deploy.local.programs import migration_environment
from deploy.local.refusals import SetupFailed
from deploy.local.run_folder import RUN_VARIABLE, RunFolder
from deploy.postgres.databases import ensure_database
from shared.services import SERVICES, Service


def bring_databases_up(run: RunFolder, tell: Callable[[str], None]) -> None:
    """Databases and roles where they are missing, then all migrations, side by side."""
    for service in SERVICES:
        ensure_database(run.superuser_dsn, run.secrets.database(service.name))
    if SERVICES:
        tell(f"migrating the databases of {', '.join(service.name for service in SERVICES)}")
    running = {service.name: _begin(run, service) for service in SERVICES}
    # wait for all before reporting a failure, so that no process is left behind
    ended = {name: (process.communicate(), process) for name, process in running.items()}
    for name, ((said, _), process) in ended.items():
        if process.returncode != 0:
            raise SetupFailed(f"Migrating {name}'s database", said)


def _begin(run: RunFolder, service: Service) -> subprocess.Popen[str]:
    return subprocess.Popen(
        mortal([sys.executable, "-m", service.module("migrate")]),
        env=bare_environment(
            **{PARENT: str(os.getpid()), RUN_VARIABLE: str(run.path)},
            **migration_environment(run, service),
        ),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
