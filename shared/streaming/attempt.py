"""Trying what a chunk offers: an event is applied, or put aside with the reason.

A message that names a place in a ledger is that place's event, however broken the rest of it is.
A copy that is whole may come after it, from a relay that sends again: it makes the place good.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from shared.cloudevents import NotOurs, RecordedEvent, from_message
from shared.inbox import Position, Sifted
from shared.postgres import Connection
from shared.streaming.fold import AfterParked, Fold
from shared.streaming.messages import Sorted, Spoiled
from shared.streaming.poison import apply_all, apply_one

Place = tuple[str, int]
"""Division and sequence."""


@dataclass(slots=True)
class Attempt:
    """What became of the messages that were tried, by their index in the chunk."""

    fold: Fold
    found: Sorted
    applied: list[tuple[int, RecordedEvent]] = field(default_factory=list)
    spoiled: list[Spoiled] = field(default_factory=list)
    stopped: dict[str, int] = field(default_factory=dict)
    """For each ledger that waits now: the message that it waits at."""

    async def take(self, connection: Connection, indexes: Iterable[int], *, singly: bool) -> None:
        """Try messages whose turn it is; raises FoldFailed unless told to go singly."""
        offered = self._decode(indexes)
        if not singly:
            if offered:
                await apply_all(connection, self.fold, [event for _, event in offered])
            self.applied += offered
            return
        for index, event in offered:
            if event.division not in self.stopped:
                await self._take_one(connection, index, event, late=False)

    async def take_late(self, connection: Connection, indexes: Iterable[int]) -> None:
        """Try copies of events that are put aside, each place until one copy is applied."""
        made_good: set[Place] = set()
        for index in indexes:
            place = self.found.places[index]
            if place in made_good:
                continue
            try:
                event = self._event(index)
            except NotOurs as fault:
                self._spoil(index, str(fault))
            else:
                if await self._take_one(connection, index, event, late=True):
                    made_good.add(place)

    def copies(self, before: Mapping[str, Position], sifted: Sifted) -> list[int]:
        """The messages that may make good a place that their ledger has passed without it."""
        places = {(name, seq) for name, known in before.items() for seq in known.parked}
        places.update(self.put_aside)
        if not places:
            return []
        following = self.next_seq(sifted)
        places -= {self.found.places[index] for index, _ in self.applied}
        tried = set(sifted.taken)
        return [
            index
            for index, place in enumerate(self.found.places)
            if place in places and index not in tried and place[1] < following[place[0]]
        ]

    @property
    def put_aside(self) -> Iterator[Place]:
        """The places of what cannot be applied."""
        for spoiled in self.spoiled:
            if spoiled.division is not None and spoiled.sequence is not None:
                yield spoiled.division, spoiled.sequence

    def next_seq(self, sifted: Sifted) -> dict[str, int]:
        """What each ledger waits for: what follows its last event, or the one that it stopped at."""
        stopped = {name: self.found.places[index][1] for name, index in self.stopped.items()}
        return {**sifted.next_seq, **stopped}

    def _decode(self, indexes: Iterable[int]) -> list[tuple[int, RecordedEvent]]:
        offered = []
        for index in indexes:
            if self.stopped and self.found.places[index][0] in self.stopped:
                continue
            try:
                offered.append((index, self._event(index)))
            except NotOurs as fault:
                self._stop(index, str(fault))
        return offered

    def _event(self, index: int) -> RecordedEvent:
        record = self.found.records[index]
        return from_message(record.headers, record.value)

    async def _take_one(
        self, connection: Connection, index: int, event: RecordedEvent, *, late: bool
    ) -> bool:
        apply = self.fold.apply_late if late else self.fold.apply
        why = await apply_one(connection, apply, event)
        if why is None:
            self.applied.append((index, event))
        elif late:
            self._spoil(index, why)
        else:
            self._stop(index, why)
        return why is None

    def _spoil(self, index: int, why: str) -> None:
        self.spoiled.append(Spoiled(self.found.records[index], why, *self.found.places[index]))

    def _stop(self, index: int, why: str) -> None:
        self._spoil(index, why)
        if self.fold.after_parked is AfterParked.WAITS:
            self.stopped[self.found.places[index][0]] = index
