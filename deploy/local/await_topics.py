"""Waits for a broker that is starting and makes the topics that it lacks.

`python -m deploy.local.await_topics BOOTSTRAP PORT PROCESS`: PROCESS is the broker's, with which
the waiting ends.
"""

import sys

import psutil

from deploy.kafka.topics import make_topics
from deploy.local.topics import broker_is_ready
from deploy.local.waiting import wait_until
from shared.topics import TOPICS

_PATIENCE = 3600
"""A broker that has much to recover on a slow machine; it ends with the broker anyway."""
_PAUSE = 0.2


def main(bootstrap: str, port: str, process: str) -> None:
    """When the broker ends before it serves, nothing is made: the next one has its own waiter."""

    def is_over() -> bool:
        return not psutil.pid_exists(int(process)) or _made(bootstrap, int(port))

    wait_until(is_over, _PATIENCE, _PAUSE)


def _made(bootstrap: str, port: int) -> bool:
    if not broker_is_ready(port, bootstrap):
        return False
    from kafka.errors import KafkaError

    try:
        make_topics(bootstrap, TOPICS)
    except (KafkaError, OSError):
        return False  # it has just started: asked again until the patience ends
    return True


if __name__ == "__main__":
    main(*sys.argv[1:])
