"""The services' doors as processes of their own, with the settings that they are run with."""

import base64
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from deploy.local.death_signal import mortal
from deploy.local.ports import LOOPBACK, answers
from deploy.local.waiting import wait_until
from tests.bench.stage import COUNTY, Stage

_PATIENCE_SECONDS = 30
MARK_KEY = base64.b64encode(bytes(31) + b"m").decode()
"""The county's key of marks, by which a petitioner is looked up."""
NO_BROKER = f"{LOOPBACK}:1"
"""Where no Kafka is: commands are answered all the same, and nothing else takes the cores."""


@contextmanager
def program(stage: Stage, module: str, *words: str, **environment: str) -> Iterator[int]:
    """A module as a process, by its id; its log is in the stage's folder."""
    command = mortal([sys.executable, "-m", module, *words])
    with (
        (stage.folder / f"{module}.log").open("ab") as log,
        subprocess.Popen(
            command, env={**os.environ, **environment}, stdout=log, stderr=log
        ) as process,
    ):
        stage.pids[module] = process.pid
        try:
            yield process.pid
        finally:
            process.send_signal(signal.SIGTERM)


@contextmanager
def listening(stage: Stage, module: str, port: int, **environment: str) -> Iterator[int]:
    """The same, once it answers on its port."""
    with program(stage, module, **environment):
        if not wait_until(lambda: answers(port), seconds=_PATIENCE_SECONDS):
            raise AssertionError(f"{module} does not answer; its log is in {stage.folder}")
        yield port


@contextmanager
def intake(stage: Stage, dsn: str, *, issuer: str, bootstrap: str = NO_BROKER) -> Iterator[int]:
    """Intake's server: its API and its relay."""
    port = stage.port()
    environment = {
        **_usual("INTAKE", dsn, issuer=issuer, bootstrap=bootstrap),
        "INTAKE_PORT": str(port),
        "INTAKE_KEY_ENCRYPTION_KEY": base64.b64encode(bytes(32)).decode(),
        "INTAKE_MARK_KEY": MARK_KEY,
    }
    with listening(stage, "services.intake.server", port, **environment):
        yield port


@contextmanager
def mediation(stage: Stage, dsn: str, *, issuer: str, bootstrap: str = NO_BROKER) -> Iterator[int]:
    """Mediation's server: its API and its relay."""
    port = stage.port()
    environment = {
        **_usual("MEDIATION", dsn, issuer=issuer, bootstrap=bootstrap),
        "MEDIATION_PORT": str(port),
        "MEDIATION_KEY_ENCRYPTION_KEY": base64.b64encode(bytes(32)).decode(),
    }
    with listening(stage, "services.mediation.server", port, **environment):
        yield port


@contextmanager
def grid(stage: Stage, dsn: str, *, issuer: str, bootstrap: str = NO_BROKER) -> Iterator[int]:
    """Grid's server: its API and its relay."""
    port = stage.port()
    environment = {
        **_usual("GRID", dsn, issuer=issuer, bootstrap=bootstrap),
        "GRID_PORT": str(port),
        "GRID_KEY_ENCRYPTION_KEY": base64.b64encode(bytes(32)).decode(),
    }
    with listening(stage, "services.grid.server", port, **environment):
        yield port


@contextmanager
def stats(stage: Stage, dsn: str, *, issuer: str) -> Iterator[int]:
    """Stats' server of figures."""
    port = stage.port()
    environment = {**_usual("STATS", dsn, issuer=issuer), "STATS_PORT": str(port)}
    with listening(stage, "services.stats.server", port, **environment):
        yield port


@contextmanager
def stats_worker(stage: Stage, dsn: str) -> Iterator[int]:
    """Stats' worker, folding what is on the topic; its process's id."""
    environment = {
        **_usual("STATS", dsn, issuer="", bootstrap=stage.kafka.bootstrap),
        "STATS_WORKER_PORT": str(stage.port()),
    }
    with program(stage, "services.stats.worker", **environment) as pid:
        yield pid


@contextmanager
def follower(stage: Stage, service: str, dsn: str, *, issuer: str) -> Iterator[int]:
    """The worker of a service that keeps ledgers, following the others; its process's id."""
    prefix = service.upper()
    environment = {
        **_usual(prefix, dsn, issuer=issuer, bootstrap=stage.kafka.bootstrap),
        f"{prefix}_WORKER_PORT": str(stage.port()),
        f"{prefix}_KEY_ENCRYPTION_KEY": base64.b64encode(bytes(32)).decode(),
    }
    with program(stage, f"services.{service}.worker", **environment) as pid:
        yield pid


def _usual(prefix: str, dsn: str, *, issuer: str, bootstrap: str = NO_BROKER) -> Mapping[str, str]:
    return {
        f"{prefix}_DATABASE_URL": dsn,
        f"{prefix}_KAFKA_BOOTSTRAP": bootstrap,
        f"{prefix}_COUNTY": COUNTY,
        f"{prefix}_OIDC_ISSUER": issuer,
    }
