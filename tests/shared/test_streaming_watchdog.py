"""What ends a worker, and what it waits for."""

import time

import pytest
from faust.types.tuples import TP

from shared.metrics import PROJECTION_AGE_SECONDS
from shared.streaming.progress import Progress
from shared.streaming.settings import WorkerSettings
from shared.streaming.watchdog import NoPartitions, Watchdog, WorkerIsStuck

SETTINGS = WorkerSettings(service="trial", county="519900", bootstrap="", port=0)
TOPIC, PLACE = "concord.trial", TP("concord.trial", 3)
LATE = SETTINGS.stuck_after + 1


def _look(
    watchdog: Watchdog,
    now: float,
    *,
    assigned: bool = True,
    behind: float | None = None,
    excused: bool = False,
) -> None:
    waiting = {} if behind is None else {PLACE: behind}
    watchdog.look(TOPIC, now=now, assigned=assigned, behind=waiting, excused=excused)


def test_a_worker_that_is_not_behind_may_rest() -> None:
    watchdog = Watchdog(SETTINGS, now=0)
    _look(watchdog, 0)
    _look(watchdog, 1000)


def test_a_worker_that_is_behind_and_does_not_move_ends() -> None:
    with pytest.raises(WorkerIsStuck):
        _look(Watchdog(SETTINGS, now=0), 40, behind=LATE)


def test_a_worker_without_partitions_ends() -> None:
    watchdog = Watchdog(SETTINGS, now=0)
    _look(watchdog, 5, assigned=False)
    with pytest.raises(NoPartitions):
        _look(watchdog, SETTINGS.unassigned_after, assigned=False)


def test_an_absent_part_is_waited_for() -> None:
    watchdog = Watchdog(SETTINGS, now=0)
    _look(watchdog, 500, assigned=False, behind=LATE, excused=True)
    _look(watchdog, 510, assigned=False)


def test_progress_counts_the_seconds_of_a_partition_that_is_behind() -> None:
    progress = Progress("trial", "/watchdog")
    progress.consumed(PLACE, 5, None)
    assert progress.measure({PLACE: 5}, lambda _: 0, excused=False) == {}
    assert PLACE in progress.measure({PLACE: 9}, lambda _: 0, excused=False)
    assert progress.lag == 4


def test_what_is_to_be_read_again_is_lag_at_once() -> None:
    progress = Progress("trial", "/watchdog")
    progress.consumed(PLACE, 9, None)
    progress.set_back(PLACE, 2)
    progress.measure({PLACE: 9}, lambda _: 0, excused=False)
    assert progress.lag == 7


def test_a_worker_that_consumes_nothing_grows_old() -> None:
    progress = Progress("trial", "/watchdog")
    time.sleep(0.01)
    progress.measure({PLACE: 9}, lambda _: 0, excused=False)
    assert PROJECTION_AGE_SECONDS.labels("trial", "/watchdog")._value.get() > 0


def test_a_partition_never_read_is_behind_by_what_follows_its_beginning() -> None:
    progress = Progress("trial", "/watchdog")
    progress.measure({PLACE: 9}, lambda _: 7, excused=False)
    assert progress.lag == 2
