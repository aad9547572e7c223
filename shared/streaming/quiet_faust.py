"""Faust's services without the timers that nobody here needs.

An idle worker did little else: it woke a hundred times a second, and each time cost the core some
70 µs. What is left out, and why nothing is lost:

- samples of events a second: our own metrics count them
- the search for partitions without commits, a task for each partition: the watchdog looks after it
- keeping the consumer's thread awake: calls into it wake its loop, and so do aiokafka's own timers
- the producer with its connection: parked events have a producer of their own
"""

import faust
from faust.app.base import BootStrategy
from faust.sensors import Monitor
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread
from mode import Service

FETCHER_SECONDS = 2.0
"""How often aiokafka's fetcher looks round when nothing happens; what happens wakes it."""


class QuietMonitor(Monitor):
    """Faust's counters without the averages that it would draw from them every second."""

    @Service.task
    async def _sampler(self) -> None:
        """Take no samples."""


class QuietThread(AIOKafkaConsumerThread):
    """Faust's consumer thread without its own heartbeats."""

    async def on_start(self) -> None:
        """Start the consumer, whose fetcher otherwise looks round five times a second."""
        await super().on_start()
        consumer = self._ensure_consumer()
        consumer._fetcher._fetcher_timeout = FETCHER_SECONDS  # noqa: SLF001  there is no setting

    async def _keepalive2(self) -> None:
        """Do nothing for the life of the thread."""

    @Service.task
    async def _thread_keepalive(self) -> None:
        """Do nothing for the life of the thread."""


class ConsumesOnly(BootStrategy):
    """Starts all but the producer."""

    enable_kafka_producer = False


class QuietApp(faust.App):
    """A Faust app that keeps no state and sends nothing."""

    BootStrategy = ConsumesOnly

    def _create_directories(self) -> None:
        """Make no data folder where the process was started."""
