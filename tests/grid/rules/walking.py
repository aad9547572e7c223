"""Walks over events in memory, as a back-test does over a history."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappop, heappush
from typing import Any

from services.grid.domain.back_test import (
    Due,
    Finding,
    Followed,
    Place,
    Raised,
    Walk,
    Worsened,
)
from services.grid.policies.warning_life import shipped_life
from shared.cloudevents import RecordedEvent
from shared.contracts.event import Event
from tests.grid.rules.given import POLICY, on


@dataclass
class FollowedInMemory:
    """Every subject, in a dict."""

    found: dict[Place, Followed] = field(default_factory=dict)
    names: dict[str, Place] = field(default_factory=dict)

    def of(self, place: Place) -> Followed:
        return self.found.setdefault(place, Followed())

    def name(self, warning_id: str, place: Place) -> None:
        self.names[warning_id] = place

    def named(self, warning_id: str) -> Place | None:
        return self.names.get(warning_id)


@dataclass
class AgendaInMemory:
    """What falls due, in a heap."""

    heap: list[Any] = field(default_factory=list)
    put_before: set[Due] = field(default_factory=set)

    def put(self, due: Due) -> None:
        if due not in self.put_before:
            self.put_before.add(due)
            heappush(self.heap, ((due.at, due.kind, due.place.rule, due.place), due))

    def next_before(self, moment: datetime) -> Due | None:
        return heappop(self.heap)[1] if self.heap and self.heap[0][1].at < moment else None


def walk(**changes: Any) -> Walk:
    given: dict[str, Any] = {
        "policy": POLICY,
        "life": shipped_life(),
        "followeds": FollowedInMemory(),
        "agenda": AgendaInMemory(),
    }
    return Walk(**{**given, **changes})


def findings(
    read: Sequence[tuple[Event, RecordedEvent]], *, end: float = 1_000, **changes: Any
) -> list[Finding]:
    """What a walk finds over these events in the order in which they became known."""
    walking = walk(**changes)
    known = sorted(
        read, key=lambda each: walking.clock.known_at(each[1].occurred_at, each[1].recorded_at)
    )
    found = [one for event, recorded in known for one in walking.read(recorded, event)]
    return [*found, *walking.finish(on(end))]


def warned(found: Sequence[Finding]) -> set[tuple[str, str, int, str]]:
    """Rule, subject, episode and last level of every warning."""
    raised = {each.warning_id: each for each in found if isinstance(each, Raised)}
    levels = {name: each.level for name, each in raised.items()}
    levels |= {each.warning_id: each.level for each in found if isinstance(each, Worsened)}
    return {
        (each.rule.value, each.subject, each.episode, levels[name].value)
        for name, each in raised.items()
    }
