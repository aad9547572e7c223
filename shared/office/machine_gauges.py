"""Gauges of the machine below a service: the age of its last backup, and the disk's free space.

Both are read when Prometheus asks. What makes a backup leaves a file beside the journal of seals
once the backup is complete; when the file was written is when there was one.
"""

import math
import shutil
import time
from pathlib import Path

from shared.metrics import BACKUP_AGE_SECONDS, DISK_FREE_RATIO

LAST_BACKUP = "last-backup"


def watch_machine(service: str, folder: Path) -> None:
    """Give the gauges of the folder that holds the service's journal of seals."""
    BACKUP_AGE_SECONDS.labels(service).set_function(lambda: backup_age(folder))
    DISK_FREE_RATIO.labels(service).set_function(lambda: free_ratio(folder))


def note_backup(folder: Path) -> None:
    """Say that a backup is complete; nothing where no service has a journal of seals."""
    if folder.is_dir():
        (folder / LAST_BACKUP).touch(mode=0o600)


def backup_age(folder: Path) -> float:
    """Seconds since the last backup; infinite where there was none."""
    try:
        written = (folder / LAST_BACKUP).stat().st_mtime
    except OSError:
        return math.inf
    return max(time.time() - written, 0.0)


def free_ratio(folder: Path) -> float:
    """The share of the folder's disk that is free; not a number where it cannot be read."""
    try:
        usage = shutil.disk_usage(folder)
    except OSError:
        return math.nan
    return usage.free / usage.total if usage.total else math.nan
