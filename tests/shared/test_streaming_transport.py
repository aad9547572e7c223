"""The transport reaches into Faust: it is made for exact versions and has to be fast with them."""

import time
from importlib.metadata import version

import faust
import pytest
from faust.app.base import BootStrategy
from faust.sensors import Monitor
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread, Consumer

from shared.streaming import transport
from shared.streaming.quiet_faust import ConsumesOnly, QuietApp, QuietMonitor, QuietThread
from shared.streaming.transport import MADE_FOR, ChunkConsumer
from tests.shared.streams import SlowAtFirst, Trial, event, until


@pytest.mark.parametrize("library", MADE_FOR)
def test_the_libraries_are_those_that_it_was_made_for(library: str) -> None:
    assert version(library) == MADE_FOR[library], "run these tests, then change MADE_FOR"


@pytest.mark.parametrize(
    ("library", "quiet", "name"),
    [
        (Monitor, QuietMonitor, "_sampler"),
        (AIOKafkaConsumerThread, QuietThread, "_keepalive2"),
        (AIOKafkaConsumerThread, QuietThread, "_thread_keepalive"),
        (Consumer, ChunkConsumer, "verify_all_partitions_active"),
        (BootStrategy, ConsumesOnly, "enable_kafka_producer"),
        (faust.App, QuietApp, "BootStrategy"),
    ],
)
def test_the_timers_that_are_left_out_are_the_libraries_own(
    library: type, quiet: type, name: str
) -> None:
    assert getattr(library, name) is not getattr(quiet, name)


TOWNS = [f"5199001{number:02}" for number in range(1, 41)]
"""So many that every partition has some."""


@pytest.mark.parts
@pytest.mark.parametrize("towns", [TOWNS[:1], TOWNS], ids=["one-partition", "all-partitions"])
async def test_full_buffers_cost_no_seconds(
    trial: Trial, monkeypatch: pytest.MonkeyPatch, towns: list[str]
) -> None:
    # Faust's own loop sleeps a second whenever all buffers are full, and waits a second for the
    # quiet partitions when some are
    monkeypatch.setattr(transport, "CHUNK_RECORDS", 50)
    each = 20_000 // len(towns)
    data = b'{"a":"' + b"x" * 1000 + b'"}'
    await trial.send([event(n, town, data) for town in towns for n in range(1, each + 1)])
    async with trial.worker(SlowAtFirst(0.5)):
        await until(lambda: _count(trial) > 0, what="the first chunk")
        began = time.monotonic()
        await until(lambda: _count(trial) == 20_000, within=40, what="every event")
    # 2 s on a quiet machine; the seconds that are slept without the module's loop come to 22
    assert time.monotonic() - began < 16


def _count(trial: Trial) -> int:
    return trial.count("select count(*) from folded")
