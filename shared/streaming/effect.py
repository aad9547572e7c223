"""What a chunk does to the database: its events applied, its ledgers' positions moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from aiokafka.structs import ConsumerRecord

from shared import inbox
from shared.cloudevents import NotOurs, RecordedEvent, from_message
from shared.inbox import Position, Sifted, sift
from shared.postgres import Connection
from shared.streaming.fold import Fold
from shared.streaming.gaps import Lying
from shared.streaming.messages import Sorted, Spoiled
from shared.streaming.parking import Parking
from shared.streaming.poison import Streak, apply_all, apply_singly


@dataclass(frozen=True, slots=True)
class TopicPlace:
    """Where a chunk comes from: offsets mean something only together with the topic's id."""

    topic_id: str
    partition: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a chunk, once its transaction is committed."""

    next_seq: Mapping[str, int]
    last_good: Mapping[str, int]
    lying: Mapping[str, Lying]
    parked: Sequence[Spoiled]
    streak: Streak
    newest: datetime | None


class Effect:
    """Writes chunks of one source; every call is within a transaction that the caller opened."""

    def __init__(self, fold: Fold, parking: Parking) -> None:
        self._fold = fold
        self._parking = parking

    async def write(
        self,
        connection: Connection,
        found: Sorted,
        place: TopicPlace,
        *,
        streak: Streak,
        singly: bool,
    ) -> Outcome:
        """Apply what is new and move the inbox; raises FoldFailed unless told to go singly."""
        source = self._fold.source
        divisions = sorted({division for division, _ in found.places})
        before = await inbox.read(connection, source, divisions) if divisions else {}
        sifted = sift(found.places, {name: known.next_seq for name, known in before.items()})
        events, spoiled = _decode(found, sifted)
        spoiled += await self._apply(connection, events, singly=singly)
        after = _positions(before, found, sifted, place)
        if moved := {name: now for name, now in after.items() if now != before[name]}:
            await inbox.move(connection, source, moved)
        parked = await self._park(connection, place, [*found.spoiled, *spoiled])
        return Outcome(
            next_seq=sifted.next_seq,
            last_good=_last_good(after, place),
            lying=_lying(found.records, sifted),
            parked=parked,
            streak=_streak(streak, parked, events),
            newest=events[-1][1].recorded_at if events else None,
        )

    async def _apply(
        self,
        connection: Connection,
        events: list[tuple[ConsumerRecord, RecordedEvent]],
        *,
        singly: bool,
    ) -> list[Spoiled]:
        decoded = [event for _, event in events]
        if not decoded:
            return []
        if not singly:
            await apply_all(connection, self._fold, decoded)
            return []
        failed = await apply_singly(connection, self._fold, decoded)
        return [_spoiled(*events[index], reason) for index, reason in failed.items()]

    async def _park(
        self, connection: Connection, place: TopicPlace, spoiled: list[Spoiled]
    ) -> list[Spoiled]:
        return await self._parking.park(connection, place.topic_id, spoiled) if spoiled else []


def _decode(
    found: Sorted, sifted: Sifted
) -> tuple[list[tuple[ConsumerRecord, RecordedEvent]], list[Spoiled]]:
    events, spoiled = [], []
    for index in sifted.taken:
        record = found.records[index]
        try:
            events.append((record, from_message(record.headers, record.value)))
        except NotOurs as fault:
            spoiled.append(Spoiled(record, str(fault), *found.places[index]))
    return events, spoiled


def _spoiled(record: ConsumerRecord, event: RecordedEvent, reason: str) -> Spoiled:
    return Spoiled(record, reason, event.division, event.sequence)


def _positions(
    before: Mapping[str, Position], found: Sorted, sifted: Sifted, place: TopicPlace
) -> dict[str, Position]:
    """The ledgers' positions after the chunk; what lies beyond a gap moves nothing."""
    lying = {index for beyond in sifted.lying.values() for index in beyond.values()}
    met = {
        division: record.offset
        for index, (record, (division, _)) in enumerate(
            zip(found.records, found.places, strict=True)
        )
        if index not in lying
    }
    return {
        division: known.met(
            place.topic_id, place.partition, met[division], sifted.next_seq[division]
        )
        if division in met
        else known
        for division, known in before.items()
    }


def _last_good(after: Mapping[str, Position], place: TopicPlace) -> dict[str, int]:
    return {
        division: position.last_offset + 1
        for division, position in after.items()
        if position.topic_id == place.topic_id and position.last_offset is not None
    }


def _lying(records: Sequence[ConsumerRecord], sifted: Sifted) -> dict[str, Lying]:
    return {
        division: Lying(
            min(beyond), max(beyond), min(records[index].offset for index in beyond.values())
        )
        for division, beyond in sifted.lying.items()
    }


def _streak(
    streak: Streak,
    parked: Sequence[Spoiled],
    events: Sequence[tuple[ConsumerRecord, RecordedEvent]],
) -> Streak:
    """In the order of the topic; what was parked in an earlier reading counts for nothing."""
    if not parked:
        return Streak() if events else streak
    bad = {message.record.offset for message in parked}
    offsets = bad | {record.offset for record, _ in events}
    return streak.after(offset not in bad for offset in sorted(offsets))
