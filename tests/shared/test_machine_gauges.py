"""The age of the last backup, and what is free of the disk, are read when they are asked for."""

import math
import os
import time
from pathlib import Path

from prometheus_client import REGISTRY

from shared.office.machine_gauges import LAST_BACKUP, free_ratio, note_backup, watch_machine


def value(name: str) -> float:
    found = REGISTRY.get_sample_value(name, {"service": "machine"})
    assert found is not None
    return found


def test_without_a_backup_its_age_is_infinite_and_then_it_grows(tmp_path: Path) -> None:
    watch_machine("machine", tmp_path)
    assert value("concord_backup_age_seconds") == math.inf
    mark = tmp_path / LAST_BACKUP
    note_backup(tmp_path)
    assert mark.stat().st_mode & 0o777 == 0o600
    assert value("concord_backup_age_seconds") < 60
    two_days_ago = time.time() - 2 * 86400
    os.utime(mark, (two_days_ago, two_days_ago))
    assert abs(value("concord_backup_age_seconds") - 2 * 86400) < 60


def test_where_nothing_is_sealed_a_backup_leaves_nothing(tmp_path: Path) -> None:
    note_backup(tmp_path / "seal-keys")
    assert list(tmp_path.iterdir()) == []


def test_the_free_share_of_the_disk_is_between_0_and_1(tmp_path: Path) -> None:
    watch_machine("machine", tmp_path)
    assert 0 < value("concord_disk_free_ratio") <= 1
    assert math.isnan(free_ratio(tmp_path / "gone"))
