"""Where benches run: the real parts, started when first asked for, durable as in earnest."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from kafka import KafkaAdminClient

from deploy.kafka.topics import make_topics
from deploy.local.ports import reserved_ports
from shared.topics import TOPICS
from tests.running_parts import (
    OwnKafka,
    OwnPostgres,
    folder_that_vanishes,
    running_kafka,
    running_postgres,
)

COUNTY = "519900"
TOWNSHIPS = [f"5199001{number:02}" for number in range(1, 31)]


@dataclass
class Stage:
    """Shared by all benches of a run."""

    folder: Path
    quick: bool
    full: bool
    _stack: ExitStack = field(repr=False)
    pids: dict[str, int] = field(default_factory=dict)
    """Processes that were started, by their modules."""

    @cached_property
    def postgres(self) -> OwnPostgres:
        durable = running_postgres(self.folder, fsync="on", full_page_writes="on")
        return self._stack.enter_context(durable)

    @cached_property
    def kafka(self) -> OwnKafka:
        return self._stack.enter_context(running_kafka(self.folder))

    def empty_topics(self, *names: str) -> None:
        """Have every topic, and in these nothing from an earlier bench."""
        admin = KafkaAdminClient(bootstrap_servers=self.kafka.bootstrap)
        try:
            if there := set(names) & set(admin.list_topics()):
                admin.delete_topics(list(there))
        finally:
            admin.close()
        make_topics(self.kafka.bootstrap, TOPICS)

    def port(self) -> int:
        """A free port that is ours until the end of the run."""
        (port,) = self._stack.enter_context(reserved_ports(1, 24000, 24999))
        return port

    def sized(self, usual: float, quick: float) -> float:
        return quick if self.quick else usual


@contextmanager
def opened(*, quick: bool, full: bool) -> Iterator[Stage]:
    with folder_that_vanishes("concord-bench-") as folder, ExitStack() as stack:
        # `nobody`, as whom PostgreSQL runs for root, has to get through
        folder.chmod(0o711)
        yield Stage(folder, quick, full, stack)


class Stopwatch:
    def __init__(self) -> None:
        self._began = time.perf_counter()

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self._began
