"""Streams: folding the events of other services' ledgers, each exactly once.

A worker (`worker`) attaches folds (`fold`) to topics. Faust, started by `hosting` with the settings
of `application`, gives chunks (`transport`), some at once (`lanes`), to a `consumer`, which writes
each in one transaction (`effect`): events applied (`attempt`), inbox moved. `gaps` searches for
what is missing, `poison` and `parking` put aside what cannot be consumed, `dead_letters` replays it
after the mend, `watch` measures, looks for a topic or a database that began anew, and lets the
`watchdog` end a worker that is stuck. `door` shows health and metrics.
"""

from shared.streaming.fold import AfterParked, Fold
from shared.streaming.settings import WorkerSettings
from shared.streaming.worker import Worker

__all__ = ["AfterParked", "Fold", "Worker", "WorkerSettings"]
