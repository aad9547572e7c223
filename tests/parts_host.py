"""The process that starts Kafka and PostgreSQL for all processes of a test run, each once.

A test process asks over a socket for a part, and is answered when the part can be used. The parts
and their folder end with this process, and this process with the one that started it.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from multiprocessing.connection import Client, Listener
from pathlib import Path
from typing import Any

from deploy.local.death_signal import PARENT, mortal
from tests.parts import KafkaForTests, PostgresForTests
from tests.running_parts import folder_that_vanishes, running_kafka, running_postgres

_ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def parts_host() -> Iterator[str]:
    """Starts one; gives the address at which it is asked."""
    with folder_that_vanishes() as folder:
        # `nobody`, as whom PostgreSQL runs for root, has to get through
        folder.chmod(0o711)
        address = str(folder / "parts.socket")
        process = subprocess.Popen(
            mortal([sys.executable, "-m", "tests.parts_host", address]),
            cwd=_ROOT,
            env={**os.environ, PARENT: str(os.getpid())},
            stdout=subprocess.PIPE,
        )
        with process:
            assert process.stdout is not None
            process.stdout.readline()
            try:
                yield address
            finally:
                process.terminate()


def ask_for_postgres(address: str) -> PostgresForTests:
    return PostgresForTests(*_ask(address, "postgres"))


def ask_for_kafka(address: str) -> KafkaForTests:
    return KafkaForTests(*_ask(address, "kafka"))


def _ask(address: str, part: str) -> Any:
    with Client(address, family="AF_UNIX") as connection:
        connection.send(part)
        found, failure = connection.recv()
    if failure:
        raise RuntimeError(failure)
    return found


def _start_postgres(stack: ExitStack, folder: Path) -> tuple[object, ...]:
    own = stack.enter_context(running_postgres(folder))
    return own.cluster, own.password


def _start_kafka(stack: ExitStack, folder: Path) -> tuple[object, ...]:
    own = stack.enter_context(running_kafka(folder))
    # nobody reads its log again, and a clean end takes seconds
    stack.callback(own.part.kill)
    return own.broker, own.pid


_STARTS = {"postgres": _start_postgres, "kafka": _start_kafka}


def main(address: str) -> None:
    """Answers one after the other until SIGTERM; a part that cannot start is tried by each."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    started: dict[str, tuple[object, ...]] = {}
    with ExitStack() as stack, Listener(address, family="AF_UNIX") as listener:
        print("ready", flush=True)  # noqa: T201
        while True:
            with listener.accept() as connection:
                part = connection.recv()
                try:
                    if part not in started:
                        started[part] = _STARTS[part](stack, Path(address).parent)
                    connection.send((started[part], None))
                except Exception as failure:  # noqa: BLE001  it is told to whoever asked
                    connection.send((None, f"{part}: {failure}"))


if __name__ == "__main__":
    main(*sys.argv[1:])
