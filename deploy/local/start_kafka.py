"""Starts Kafka in this process, after healing what it lost: `python -m deploy.local.start_kafka`.

The supervisor runs this at every start, so that a broker whose log folder was deleted comes back
by itself: the folder is formatted anew, and the topics are made anew beside it. What was in them
the relays send again.
"""

import os
import subprocess
import sys
from pathlib import Path

from deploy.local.kafka import Kafka


def start_command(broker: Kafka) -> list[str]:
    """What the supervisor runs."""
    numbers = [str(broker.port), str(broker.controller_port)]
    return [sys.executable, "-m", "deploy.local.start_kafka", str(broker.home), *numbers]


def main(home: str, port: str, controller_port: str) -> None:
    """Format what is not formatted, see to the topics, and become the broker."""
    broker = Kafka(Path(home), int(port), int(controller_port))
    broker.prepare()
    os.chdir(broker.folder)
    _see_to_topics(broker)
    command = broker.command()
    os.execvp(command[0], command)  # noqa: S606 - the argument list is our own


def _see_to_topics(broker: Kafka) -> None:
    """By a process that the broker does not know: Java would never take note of its end."""
    command = [sys.executable, "-m", "deploy.local.await_topics"]
    words = [*command, broker.bootstrap, str(broker.port), str(os.getpid())]
    between = "import subprocess, sys; subprocess.Popen(sys.argv[1:])"
    subprocess.run([sys.executable, "-S", "-E", "-c", between, *words], check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
