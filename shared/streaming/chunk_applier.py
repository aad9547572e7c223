"""Applies the events of a chunk, or sets them aside with the reason.

A message that names a place in a ledger is that place's event, even if the rest is corrupt. An
intact copy may follow, from a relay that sends again: applying it replays the parked event.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from shared.cloudevents import NotOurs, RecordedEvent, from_message
from shared.inbox import Position, Sifted
from shared.postgres import Connection
from shared.streaming.fold import AfterParked, Fold
from shared.streaming.messages import ParsedChunk, PoisonMessage
from shared.streaming.poison import apply_all, apply_one

Place = tuple[str, int]
"""Division and sequence."""


@dataclass(slots=True)
class ChunkApplier:
    """Applies messages and records the results, by their index in the chunk."""

    fold: Fold
    found: ParsedChunk
    applied: list[tuple[int, RecordedEvent]] = field(default_factory=list)
    poison: list[PoisonMessage] = field(default_factory=list)
    stopped: dict[str, int] = field(default_factory=dict)
    """Ledgers that wait, each with the index of the message it waits at."""

    async def take(self, connection: Connection, indexes: Iterable[int], *, singly: bool) -> None:
        """Apply messages that are next in their ledgers; raises FoldFailed unless `singly`."""
        offered = self._decode(indexes)
        if not singly:
            if offered:
                await apply_all(connection, self.fold, [event for _, event in offered])
            self.applied += offered
            return
        for index, event in offered:
            if event.division not in self.stopped:
                await self._take_one(connection, index, event, late=False)

    async def apply_parked(self, connection: Connection, indexes: Iterable[int]) -> None:
        """Try copies of parked events, for each place until one copy is applied."""
        replayed: set[Place] = set()
        for index in indexes:
            place = self.found.places[index]
            if place in replayed:
                continue
            try:
                event = self._event(index)
            except NotOurs as fault:
                self._put_aside_one(index, str(fault))
            else:
                if await self._take_one(connection, index, event, late=True):
                    replayed.add(place)

    def copies(self, before: Mapping[str, Position], sifted: Sifted) -> list[int]:
        """Messages that may replay a parked event which their ledger went on without."""
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
        """The places of the messages that could not be applied."""
        for poison in self.poison:
            if poison.division is not None and poison.sequence is not None:
                yield poison.division, poison.sequence

    def next_seq(self, sifted: Sifted) -> dict[str, int]:
        """The sequence each ledger expects next: after its last event, or the one it stopped at."""
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
            self._put_aside_one(index, why)
        else:
            self._stop(index, why)
        return why is None

    def _put_aside_one(self, index: int, why: str) -> None:
        self.poison.append(
            PoisonMessage(self.found.records[index], why, *self.found.places[index])
        )

    def _stop(self, index: int, why: str) -> None:
        self._put_aside_one(index, why)
        if self.fold.after_parked is AfterParked.WAITS:
            self.stopped[self.found.places[index][0]] = index
