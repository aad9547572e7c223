"""Ends a worker that a restart would repair.

Faust's agents can die while the app lives, and a topic that is created again can leave a worker
without partitions. An absent Kafka or PostgreSQL is no reason to end: the worker waits for it.
"""

from collections.abc import Mapping

from faust.types.tuples import TP

from shared.streaming.settings import WorkerSettings


class WorkerIsStuck(Exception):
    """Messages wait and the position does not move: the supervisor must start another worker."""

    def __init__(self, tp: TP, seconds: float) -> None:
        super().__init__(f"no new position in {tp.topic}/{tp.partition} for {seconds:.0f} s")


class NoPartitions(Exception):
    """No partition of a topic was assigned to this worker for too long."""

    def __init__(self, topic: str, seconds: float) -> None:
        super().__init__(f"no partition of {topic} was assigned for {seconds:.0f} s")


class Watchdog:
    """Called regularly with the state of each topic; raises when a restart is needed."""

    def __init__(self, settings: WorkerSettings, *, now: float) -> None:
        """`now` is monotonic time, as in every call."""
        self._settings = settings
        self._began = now
        self._assigned_at: dict[str, float] = {}

    def look(
        self,
        topic: str,
        *,
        now: float,
        assigned: bool,
        behind: Mapping[TP, float],
        excused: bool,
    ) -> None:
        """`behind` has the seconds since each lagging partition moved.

        `excused` says that Kafka or Postgres is known to be away.
        """
        if assigned or excused:
            self._assigned_at[topic] = now
        unassigned = now - self._assigned_at.get(topic, self._began)
        if unassigned >= self._settings.unassigned_after:
            raise NoPartitions(topic, unassigned)
        for tp, seconds in behind.items():
            if seconds >= self._settings.stuck_after and not excused:
                raise WorkerIsStuck(tp, seconds)
