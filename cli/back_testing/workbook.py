"""The temporary database of a back-test; it is gone when the back-test ends."""

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
    """An empty database in a temporary folder that only its owner can read."""
    with (
        TemporaryDirectory(prefix="concord-back-test-") as folder,
        closing(sqlite3.connect(Path(folder) / "history.db", isolation_level=None)) as database,
    ):
        database.executescript(_SETTINGS)
        database.execute("begin")
        yield database


def moment_of(microseconds: int) -> datetime:
    """The moment of whole microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=microseconds)
