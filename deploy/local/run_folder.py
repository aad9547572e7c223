"""The data folder of a run: its ports, its secrets, and where everything in it is.

Other commands find the embedded system through this object.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from deploy.local import run_ports, run_secrets
from deploy.local.kafka import Kafka
from deploy.local.ports import LOOPBACK
from deploy.local.postgres import Postgres
from deploy.local.private_files import write_private
from deploy.local.refusals import FileDamaged, FolderNotOurs, NotSetUp, SecretsLost
from deploy.local.seal_keys import ensure_seal_keys
from deploy.local.socket_folder import make_socket_folder, socket_folder

RUN_VARIABLE = "CONCORD_LOCAL_RUN"
"""Names the data folder to every process of a run."""

FILE_NAME = "run.json"


@dataclass(frozen=True)
class RunFolder:
    """One system on this machine; several may live side by side on different ports."""

    path: Path
    ports: Mapping[str, int]
    secrets: run_secrets.RunSecrets

    @classmethod
    def open(cls, path: Path) -> "RunFolder":
        """The run that was set up there; NotSetUp when there is none."""
        path = path.expanduser().resolve()
        if not (path / FILE_NAME).exists() or not (path / run_secrets.FILE_NAME).exists():
            raise NotSetUp(path)
        ports = run_ports.merged(_read_ports(path), {})
        return cls(path, ports, run_secrets.read_secrets(path))

    @classmethod
    def make(cls, path: Path, chosen: Mapping[str, int]) -> "RunFolder":
        """The run of that folder, set up as far as it is not; chosen ports are remembered."""
        path = path.expanduser().resolve()
        make_private_folder(path)
        ports = run_ports.merged(_read_ports(path), chosen)
        if (path / "postgres").exists() and not (path / run_secrets.FILE_NAME).exists():
            raise SecretsLost(path)
        secrets = run_secrets.ensure_secrets(path)
        ensure_seal_keys(path)
        make_socket_folder(path)
        write_private(path / FILE_NAME, json.dumps({"ports": ports}, indent=2))
        (path / "logs").mkdir(exist_ok=True, mode=0o700)
        return cls(path, ports, secrets)

    def url(self, name: str) -> str:
        """The address of a program's HTTP API: `url("intake")`, `url("issuer")`."""
        return f"http://{LOOPBACK}:{self.ports[name]}"

    @cached_property
    def postgres(self) -> Postgres:
        """The cluster of this run."""
        return Postgres.in_folder(self.path, self.ports["postgres"])

    @cached_property
    def kafka(self) -> Kafka:
        """The broker of this run."""
        return Kafka(self.path, self.ports["kafka"], self.ports["kafka-controller"])

    @property
    def superuser_dsn(self) -> str:
        """For set-up only: row-level security does not bind this one."""
        return self._dsn("postgres", self.secrets.postgres_superuser, "postgres")

    def owner_dsn(self, service: str) -> str:
        """For a service's migrations."""
        database = self.secrets.database(service)
        return self._dsn(database.owner, database.owner_password, database.name)

    def service_dsn(self, service: str) -> str:
        """What a service runs as."""
        database = self.secrets.database(service)
        return self._dsn(database.role, database.role_password, database.name)

    def _dsn(self, user: str, password: str, database: str) -> str:
        return self.postgres.dsn(password, user=user, database=database)

    def log_of(self, name: str) -> Path:
        """Where the supervisor writes what a process says."""
        return self.path / "logs" / f"{name}.log"

    @property
    def issuer_keys(self) -> Path:
        """The issuer's public keys for the services, which believe no port."""
        return self.path / "issuer-keys.json"

    @property
    def supervisor_config(self) -> Path:
        """Written anew at every start."""
        return self.path / "supervisor.conf"

    @property
    def supervisor_socket(self) -> Path:
        """Where the supervisor takes orders."""
        return socket_folder(self.path) / "supervisor.sock"

    @property
    def issuer_socket(self) -> Path:
        """Where the issuer gives tokens to the operator."""
        return socket_folder(self.path) / "issuer.sock"


def make_private_folder(path: Path) -> None:
    """A folder of ours that others cannot look into, or FolderNotOurs.

    The execute bit for a group may stay: it is how PostgreSQL's user passes through.
    """
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        found = path.stat()
        if found.st_uid != os.geteuid():
            raise FolderNotOurs(path, "it belongs to another user")
        if found.st_mode & 0o067:
            path.chmod(0o700)
    except OSError as failure:
        raise FolderNotOurs(path, failure.strerror or "it cannot be made") from failure


def _read_ports(path: Path) -> dict[str, int]:
    file = path / FILE_NAME
    if not file.exists():
        return {}
    try:
        ports = dict(json.loads(file.read_bytes())["ports"])
        return {str(name): int(port) for name, port in ports.items()}
    except (ValueError, KeyError, TypeError):
        raise FileDamaged(file) from None
