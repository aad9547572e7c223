"""PostgreSQL or Kafka alone, without the supervisor: for tests and benchmarks.

Each ends with the process that started it, however that ends; start them from its main thread.
"""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from deploy.local.bare_environment import bare_environment
from deploy.local.death_signal import PARENT
from deploy.local.kafka import Kafka
from deploy.local.patience import Patience
from deploy.local.ports import is_free
from deploy.local.postgres import Postgres
from deploy.local.refusals import PartDied, PortTaken
from deploy.local.topics import broker_is_ready

_PATIENCE = 60


@dataclass(frozen=True)
class RunningPart:
    """A started part; `stop` ends it in its own clean way."""

    name: str
    process: subprocess.Popen[bytes]
    clean_stop: signal.Signals

    def has_ended(self) -> bool:
        """Whether it is gone, of itself or otherwise."""
        return self.process.poll() is not None

    def stop(self) -> None:
        """Ends it and waits; by force when it does not listen."""
        self.process.send_signal(self.clean_stop)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """Ends it as a power failure would."""
        self.process.kill()
        self.process.wait()


def start_postgres(cluster: Postgres, password: str, **settings: str) -> RunningPart:
    """The cluster, made if needed, started and ready; `settings` go over the usual ones."""
    _check_free("postgres", cluster.port)
    cluster.prepare(password)
    part = _start("postgres", cluster.home, cluster.command(**settings), signal.SIGINT)
    _wait_ready(part, lambda: cluster.is_ready(password))
    return part


def start_kafka(broker: Kafka) -> RunningPart:
    """The broker, formatted if needed, started and ready."""
    _check_free("kafka", broker.port)
    _check_free("kafka-controller", broker.controller_port)
    broker.prepare()
    part = _start("kafka", broker.folder, broker.command(), signal.SIGTERM)
    _wait_ready(part, lambda: broker_is_ready(broker.port, broker.bootstrap))
    return part


def _check_free(name: str, port: int) -> None:
    if not is_free(port):
        raise PortTaken(name, port, None)


def _start(name: str, folder: Path, command: list[str], clean_stop: signal.Signals) -> RunningPart:
    with (folder / f"{name}.log").open("ab") as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=bare_environment(**{PARENT: str(os.getpid())}),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    return RunningPart(name, process, clean_stop)


def _wait_ready(part: RunningPart, is_ready: Callable[[], bool]) -> None:
    patience = Patience(_PATIENCE)
    while not is_ready():
        if part.has_ended():
            raise PartDied(part.name, f"ended with code {part.process.returncode} while starting")
        if why := patience.is_over([part.process.pid]):
            part.kill()
            raise PartDied(part.name, why)
        time.sleep(0.05)
