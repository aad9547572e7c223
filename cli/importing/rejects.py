"""The list of rejected rows: row, column and reason, never what a cell holds."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from cli.refusals import BadInput
from cli.register.rows import Reject

HEADER = ("row", "column", "reason")


def usual_place(register: Path) -> Path:
    """In the current folder, by the register's name."""
    return Path(register.stem + ".rejects.csv")


@dataclass
class RejectsFile:
    """An open list."""

    path: Path
    text: TextIO
    count: int = 0

    def add(self, reject: Reject) -> None:
        """One more row."""
        csv.writer(self.text).writerow((reject.row, reject.column, reject.reason))
        self.count += 1


@contextmanager
def open_rejects(path: Path, *, keep_empty: bool) -> Iterator[RejectsFile]:
    """A fresh list, so that no row of an earlier run is in it."""
    try:
        text = path.open("w", encoding="utf-8", newline="")
    except OSError as failure:
        raise BadInput(
            f"The list of rejected rows cannot be written to {path} "
            f"({failure.strerror or failure}); name another place by --rejects."
        ) from failure
    with text:
        csv.writer(text).writerow(HEADER)
        rejects = RejectsFile(path, text)
        yield rejects
    if not rejects.count and not keep_empty:
        path.unlink(missing_ok=True)
