"""What due rows are to do, in plain words of Python: no lease is ever two, nothing is forgotten."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from shared.due import Patience
from shared.due.row import DueRow
from tests.shared.due.trials import BASE, PATIENCE

Name = tuple[str, str]
"""Division and key."""


@dataclass
class Row:
    row: DueRow
    state: str = "waiting"
    tries: int = 0


@dataclass
class Model:
    """One kind of rows of a county."""

    most_rows: int
    patience: Patience = PATIENCE
    now: datetime = BASE
    rows: dict[Name, Row] = field(default_factory=dict)
    held_until: dict[str, datetime] = field(default_factory=dict)
    """Until when a ledger is leased by somebody who was killed, or has a pause."""
    effects: list[Name] = field(default_factory=list)
    """Division and command key."""

    def put(self, row: DueRow) -> None:
        self.rows.setdefault((row.division, row.key), Row(row))

    def move(self, name: Name, due_at: datetime) -> None:
        found = self.rows.get(name)
        if found and found.state in {"waiting", "parked"}:
            found.row = replace(found.row, due_at=due_at)
            found.state, found.tries = "waiting", 0

    def cancel(self, name: Name) -> None:
        found = self.rows.get(name)
        if found and found.state in {"waiting", "parked"}:
            found.state = "cancelled"

    def resume(self, division: str) -> None:
        for name, found in self.rows.items():
            if name[0] == division and found.state == "parked":
                found.state, found.tries = "waiting", 0

    def parked(self) -> set[Name]:
        return {name for name, found in self.rows.items() if found.state == "parked"}

    def lease(self) -> list[DueRow]:
        """The due rows of the ledger that has the oldest and may be worked on."""
        due = sorted(
            (found.row for found in self.rows.values() if self._is_due(found)),
            key=lambda row: (row.due_at, row.division, row.key),
        )
        oldest = next((row.division for row in due), None)
        return [row for row in due if row.division == oldest][: self.most_rows]

    def hold(self, division: str, lasting: timedelta) -> None:
        """Its holder was killed, or waits for the database."""
        self.held_until[division] = self.now + lasting

    def have_effect(self, row: DueRow) -> None:
        effect = row.division, row.command_key
        if effect not in self.effects:
            self.effects.append(effect)

    def settle(self, row: DueRow, state: str, *, again: datetime | None = None) -> None:
        found = self.rows[row.division, row.key]
        if found.state != "waiting" or found.row.due_at != row.due_at:
            return
        found.state, found.tries = state, 0
        if again:
            found.row = replace(found.row, due_at=again)

    def fail(self, row: DueRow) -> bool:
        """Whether the rest of the ledger has to wait."""
        found = self.rows[row.division, row.key]
        tries = found.tries + 1
        found.tries = tries
        if self.patience.is_over(tries):
            found.state = "parked"
            return False
        self.held_until[row.division] = self.now + self.patience.pause_after(tries)
        return True

    def _is_due(self, found: Row) -> bool:
        held_until = self.held_until.get(found.row.division, self.now)
        return found.state == "waiting" and found.row.due_at <= self.now >= held_until
