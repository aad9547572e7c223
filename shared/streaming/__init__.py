"""Streams: folding the events of other services' ledgers, each exactly once.

A worker (`worker`) attaches folds (`fold`) to topics. Faust, started by `hosting` with the settings
of `application`, delivers chunks of messages (`transport`, which lets the broker gather a trickle:
`gathering`), two partitions at a time (`partition_queues`), to a `consumer`. `chunk_writer` writes
each chunk, or the small ones of several partitions, in one transaction: it applies the events
(`chunk_applier`) and moves the inbox. Events that nobody follows are only counted (`passing`).
`gaps` searches for missing events, `poison` and `parking` set aside what cannot be consumed,
`dead_letters` replays it after the cause is fixed. `reports` logs. `watch` measures, notices a replaced topic or a reset database, and lets the `watchdog`
end a worker that is stuck. `health_server` serves health and metrics.
"""

from shared.streaming.fold import AfterParked, Fold
from shared.streaming.settings import WorkerSettings
from shared.streaming.worker import Worker

__all__ = ["AfterParked", "Fold", "Worker", "WorkerSettings"]
