"""The processes of a run: what each is called, needs and listens on, in the order of starting."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from deploy.local.county import COUNTY
from deploy.local.death_signal import mortal
from deploy.local.launch import LISTEN_FD
from deploy.local.ports import LOOPBACK
from deploy.local.run_folder import RUN_VARIABLE, RunFolder
from deploy.local.seal_keys import seal_key_file
from deploy.local.start_kafka import start_command
from shared.keyed_marks import KeyedMarks
from shared.services import SERVICES, Service

AUDIENCE = "concord"

PARTS_TIER, ISSUER_TIER, SERVICES_TIER, WORKERS_TIER = 1, 2, 3, 4


@dataclass(frozen=True)
class Program:
    """One process under the supervisor."""

    name: str
    tier: int
    """A lower tier is started before and stopped after a higher one."""
    command: Callable[[RunFolder], list[str]] = field(compare=False)
    """Finds out what to run; that itself may start programs."""
    environment: Mapping[str, str] = field(default_factory=dict)
    stop_signal: str = "TERM"
    speaks_http: bool = True
    """Its port is then held by the supervisor and handed to it."""


def programs(run: RunFolder) -> list[Program]:
    """Everything that runs, ordered by tier."""
    issuer = _module_command("deploy.local.issuer")
    parts = [
        Program("postgres", PARTS_TIER, _postgres, {}, "INT", speaks_http=False),
        Program("kafka", PARTS_TIER, _kafka, {}, speaks_http=False),
        Program("issuer", ISSUER_TIER, issuer, _issuer_environment(run)),
    ]
    return parts + [program for service in SERVICES for program in _of_service(run, service)]


def _of_service(run: RunFolder, service: Service) -> list[Program]:
    listening = {f"{service.prefix}_LISTEN_FD": str(LISTEN_FD)}
    environment = service_environment(run, service) | listening
    command = _module_command(service.module("server"))
    found = [Program(service.name, SERVICES_TIER, command, environment)]
    if service.has_worker:
        command = _module_command(service.module("worker"))
        found.append(Program(service.worker, WORKERS_TIER, command, environment))
    return found


def _postgres(run: RunFolder) -> list[str]:
    return run.postgres.command()


def _kafka(run: RunFolder) -> list[str]:
    return start_command(run.kafka)


def _module_command(module: str) -> Callable[[RunFolder], list[str]]:
    return lambda _run: mortal([sys.executable, "-m", module])


def _issuer_environment(run: RunFolder) -> dict[str, str]:
    handed = {"ISSUER_LISTEN_FD": str(LISTEN_FD)}
    return {"ISSUER_HOST": LOOPBACK, RUN_VARIABLE: str(run.path), **handed}


def service_environment(run: RunFolder, service: Service) -> dict[str, str]:
    """What a service's settings are read from; each gets its own secrets and no other's.

    One is shared by those that keep persons: the county's key of marks.
    """
    own = {
        "DATABASE_URL": run.service_dsn(service.name),
        "KAFKA_BOOTSTRAP": run.kafka.bootstrap,
        "HOST": LOOPBACK,
        "PORT": str(run.ports[service.name]),
        "OIDC_ISSUER": run.url("issuer"),
        "OIDC_AUDIENCE": AUDIENCE,
        "OIDC_KEYS_FILE": str(run.issuer_keys),
        "COUNTY": COUNTY,
        "LOG_FORMAT": "text",
    }
    if service.keeps_persons:
        own["KEY_ENCRYPTION_KEY"] = run.secrets.key_of(service.name)
        if run.secrets.county_mark_key is not None:
            own["MARK_KEY"] = run.secrets.county_mark_key
    elif run.secrets.county_mark_key is not None:
        marks = KeyedMarks.from_base64(run.secrets.county_mark_key)
        own["UNIT_MARK_KEY"] = marks.unit_key or ""
    if service.keeps_ledgers:
        own["SEAL_KEY_FILE"] = str(seal_key_file(run.path, service.name))
    if service.has_worker:
        own["WORKER_PORT"] = str(run.ports[service.worker])
    return {f"{service.prefix}_{name}": value for name, value in own.items()}


def migration_environment(run: RunFolder, service: Service) -> dict[str, str]:
    """What a service's migrations are run with."""
    return {
        f"{service.prefix}_OWNER_DATABASE_URL": run.owner_dsn(service.name),
        f"{service.prefix}_ROLE": run.secrets.database(service.name).role,
    }
