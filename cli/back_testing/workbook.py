"""The temporary database of a back-test: a file that has no name, and is gone however the process ends."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SETTINGS = """
    pragma journal_mode = off;
    pragma synchronous = off;
    pragma locking_mode = exclusive;
    pragma temp_store = file;
    pragma cache_size = -65536;
"""


@contextmanager
def workbook() -> Iterator[sqlite3.Connection]:
    """An empty database on disk, of which no other process can find the file."""
    with closing(_nameless()) as database:
        database.execute("begin")
        yield database


def _nameless() -> sqlite3.Connection:
    with TemporaryDirectory(prefix="concord-back-test-") as folder:
        database = sqlite3.connect(Path(folder) / "history.db", isolation_level=None)
        database.executescript(f"{_SETTINGS} create table opened (number);")
        return database


def moment_of(microseconds: int) -> datetime:
    """The moment of whole microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=microseconds)
