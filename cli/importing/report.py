"""What became of a register's rows, and what they state that could not be recorded."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cli.importing.batches import Batch
from cli.importing.columns import column_of
from cli.importing.import_api import Answer
from cli.importing.rejects import RejectsFile
from cli.positions import furthest
from cli.register.mapping import Mapping
from cli.register.row import Row
from cli.register.rows import Interpreter, Ready, Reject


@dataclass
class ImportReport:
    """The counts of one import, kept row by row."""

    mapping: Mapping
    rejects: RejectsFile
    rows: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    undated: Counter[str] = field(default_factory=Counter)
    positions: dict[str, int] = field(default_factory=dict)
    began: float = field(default_factory=time.monotonic)
    seconds: float = 1e-6

    @property
    def rejected(self) -> int:
        """Rows that could not be read, or that the service rejected."""
        return self.rejects.count

    def finish(self) -> None:
        """Stops the clock: every row has its answer."""
        self.seconds = max(time.monotonic() - self.began, 1e-6)

    def readable(self, interpreter: Interpreter, rows: Iterable[Row]) -> Iterator[Ready]:
        """The rows that can be read; the others are listed."""
        for row in rows:
            self.rows += 1
            read = interpreter.read(row)
            if isinstance(read, Reject):
                self.rejects.add(read)
            else:
                self.undated.update(read.undated)
                yield read

    def add(self, batch: Batch, answer: Answer) -> None:
        """Counts the answer to a batch, and lists the rows that it rejects."""
        self.outcomes.update(answer.counts)
        self.positions = furthest(self.positions, answer.positions)
        for place, problem in answer.refused:
            row = batch.rows[place]
            column = column_of(self.mapping, row, problem.get("field"))
            reason = problem.get("detail") or problem.get("title") or "rejected by the import"
            self.rejects.add(Reject(row.row, column, str(reason)))
