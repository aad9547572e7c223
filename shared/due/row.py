"""A row with a due time, and what can come of it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shared.times import to_wire


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRow:
    """What has to happen at a moment in one ledger; the payload holds no personal data."""

    division: str
    kind: str
    key: str
    """Names the row within its ledger and kind, such as the id of the record it is about."""
    due_at: datetime
    payload: Mapping[str, Any] = field(default_factory=dict)
    correlation_id: str | None = None
    causation_id: str | None = None
    """The event that set the time, and the request that it came with."""
    tries: int = 0
    """How often handling has failed since the row was put, moved or put off."""

    @property
    def command_key(self) -> str:
        """The idempotency key of what this row causes; a row that was moved is another cause."""
        return f"{self.kind}/{self.key}@{to_wire(self.due_at)}"


@dataclass(frozen=True, slots=True)
class Done:
    """The row had its effect, or needed none."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A rule refused the command: trying again would be refused again."""

    slug: str


@dataclass(frozen=True, slots=True)
class Again:
    """The row had its effect and falls due anew."""

    due_at: datetime


Outcome = Done | Refused | Again
Handler = Callable[[str, Sequence[DueRow]], Awaitable[Sequence[Outcome]]]
"""Carries out the due rows of one ledger in their order, and gives an outcome for each.

It may be given a row again whose effect it had before: what it does is keyed by `command_key`.
What it raises fails the whole batch; the rows are then tried one by one.
"""
