"""Consumes one topic: each chunk in one transaction, with the search for gaps and re-reading.

Positions are stored in the database and moved in the transaction that applies the events; Kafka's
committed offsets are only a hint where to begin reading. The two are compared when a partition is
first read, after the database was away, and on a timer, so that a database that was dropped or
restored is filled again from the topic.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from contextlib import AsyncExitStack
from typing import Protocol

import structlog
from faust.types.tuples import TP

from shared import inbox
from shared.metrics import CONSUMER_GAPS, CONSUMER_LEDGERS_WAITING, DEAD_LETTERS, PARKED_EVENTS
from shared.postgres import Connection, Pool, transaction
from shared.streaming.backoff import Backoff
from shared.streaming.chunk_writer import ChunkWriter, Outcome, TopicPlace
from shared.streaming.fold import Fold
from shared.streaming.gaps import Advice, Gaps
from shared.streaming.messages import ParsedChunk, PoisonMessage, parse_places
from shared.streaming.parking import Parking
from shared.streaming.poison import DATABASE_AWAY, FoldFailed, SeveralPoisoned, Streak
from shared.streaming.progress import Progress
from shared.streaming.transport import Chunk

_MOST_NAMED = 20

log = structlog.get_logger()


class Reader(Protocol):
    """The part of the transport that the consumer uses."""

    def is_current(self, chunk: Chunk) -> bool:
        """Whether no seek was asked for since the chunk was fetched."""

    def request_seek(self, tp: TP, offset: int) -> None:
        """Read the partition from this offset on."""

    def done(self, tp: TP, next_offset: int) -> None:
        """Everything before this offset may be committed."""

    def began_at(self, tp: TP) -> int | None:
        """Where reading began when the partition was assigned; None when it is not (yet)."""

    def ends(self) -> dict[TP, int]:
        """The offset of the next message of each assigned partition."""


class Consumer:
    """Consumes one topic for one fold. `topic_id` is set before the first chunk comes."""

    def __init__(
        self,
        pool: Pool,
        *,
        topic: str,
        fold: Fold,
        parking: Parking,
        county: str,
        service: str,
    ) -> None:
        self._pool = pool
        self._county = county
        self._labels = (service, fold.source)
        self._source = fold.source
        self._writer = ChunkWriter(fold, parking)
        self._parking = parking
        self._streak = Streak()
        # a streak continues from chunk to chunk, also where two are in flight
        self._parking_lock = asyncio.Lock()
        self._gaps: dict[TP, Gaps] = defaultdict(Gaps)
        self._compared: set[TP] = set()
        self._reached: dict[TP, int] = {}
        self.topic = topic
        self.topic_id = ""
        self.database = Backoff("the database")
        self.progress = Progress(*self._labels)

    async def consume(self, chunk: Chunk, reader: Reader) -> None:
        """Consume a chunk, however long the database is away; nothing is committed meanwhile."""
        found = parse_places(chunk.records, source=self._source, county=self._county)
        while reader.is_current(chunk):
            try:
                outcome = await self._attempt(chunk, found, reader)
            except DATABASE_AWAY as fault:
                # it may come back empty
                self._compared.clear()
                await self.database.wait(fault)
            else:
                self.database.over()
                if outcome is not None:
                    await self._conclude(chunk, outcome, reader)
                return

    async def _attempt(self, chunk: Chunk, found: ParsedChunk, reader: Reader) -> Outcome | None:
        try:
            return await self._transact(chunk, found, reader, singly=False)
        except FoldFailed as fault:
            log.warning("a chunk is applied event by event", topic=self.topic, why=str(fault))
            return await self._transact(chunk, found, reader, singly=True)

    async def _transact(
        self, chunk: Chunk, found: ParsedChunk, reader: Reader, *, singly: bool
    ) -> Outcome | None:
        place = TopicPlace(self.topic_id, chunk.tp.partition)
        async with AsyncExitStack() as turn:
            async with transaction(self._pool, self._county) as connection:
                if chunk.tp not in self._compared and await self._was_set_back(
                    connection, chunk, reader
                ):
                    return None
                outcome = await self._writer.write(connection, found, place, singly=singly)
                if outcome.parked:
                    await turn.enter_async_context(self._parking_lock)
                streak = self._streak_after(outcome)
            self._streak = streak
        return outcome

    def _streak_after(self, outcome: Outcome) -> Streak:
        """Raises SeveralPoisoned, which rolls the chunk back: only the log names the messages."""
        try:
            return self._streak.after(outcome.outcomes)
        except SeveralPoisoned:
            for message in outcome.parked[:_MOST_NAMED]:
                self._log_poison("a message cannot be consumed", message)
            raise

    async def _was_set_back(self, connection: Connection, chunk: Chunk, reader: Reader) -> bool:
        consumed = await inbox.consumed(connection, self._source, self.topic_id)
        reached = consumed.get(chunk.tp.partition, 0)
        self._compared.add(chunk.tp)
        if reached < chunk.records[0].offset:
            self._read_again(chunk.tp, reached, reader)
            return True
        return False

    async def _conclude(self, chunk: Chunk, outcome: Outcome, reader: Reader) -> None:
        self._reached[chunk.tp] = max(
            self._reached.get(chunk.tp, 0), *outcome.last_good.values(), 0
        )
        self.progress.consumed(chunk.tp, chunk.next_offset, outcome.newest)
        await self._report_parked(outcome)
        if not reader.is_current(chunk):
            return
        gaps = self._gaps[chunk.tp]
        advice = gaps.after_chunk(
            out_of_order=outcome.out_of_order,
            next_seq=outcome.next_seq,
            last_good=outcome.last_good,
            parked=outcome.waiting,
        )
        self._report(chunk.tp, advice)
        if advice.read_from is not None:
            reader.request_seek(chunk.tp, advice.read_from)
        else:
            held = gaps.hold()
            reader.done(chunk.tp, chunk.next_offset if held is None else held)

    async def _report_parked(self, outcome: Outcome) -> None:
        for division, seq in outcome.replayed:
            log.info("a parked event is applied", ledger=self._ledger(division), seq=seq)
        if not outcome.parked:
            return
        DEAD_LETTERS.labels(*self._labels).inc(len(outcome.parked))
        for message in outcome.parked:
            self._log_poison("a message is parked", message)
        await self._parking.send_unsent()

    def _log_poison(self, what: str, message: PoisonMessage) -> None:
        log.error(
            what,
            ledger=message.division and self._ledger(message.division),
            seq=message.sequence,
            topic=self.topic,
            partition=message.record.partition,
            offset=message.record.offset,
            why=message.reason,
        )

    def _ledger(self, division: str) -> str:
        return f"{self._source.removeprefix('/')}/{division}"

    def _report(self, tp: TP, advice: Advice) -> None:
        for division in advice.opened:
            CONSUMER_GAPS.labels(*self._labels).inc()
            log.warning("a gap: searching", tp=tp, division=division)
        for division in advice.absent:
            log.error("an event is not on the topic: its ledger waits", tp=tp, division=division)
        waiting = sum(gaps.waiting() for gaps in self._gaps.values())
        CONSUMER_LEDGERS_WAITING.labels(*self._labels).set(waiting)

    # --- called by the timer and the worker --------------------------------------------------

    async def compare(self, tps: Iterable[TP], reader: Reader) -> None:
        """Re-read partitions whose positions in the database are behind what was consumed.

        Raises what DATABASE_AWAY names when the database cannot be asked.
        """
        # read before the query, so that what is consumed meanwhile does not look set back
        known = {tp: self._reached.get(tp, reader.began_at(tp)) for tp in tps}
        async with transaction(self._pool, self._county) as connection:
            consumed = await inbox.consumed(connection, self._source, self.topic_id)
        for tp, before in known.items():
            reached = consumed.get(tp.partition, 0)
            if before is not None and reached < before:
                self._read_again(tp, reached, reader)

    async def look_at_parked(self, tps: Iterable[TP], reader: Reader) -> None:
        """Count parked events, and read on in ledgers whose parked event was replayed.

        Raises what DATABASE_AWAY names when the database cannot be asked.
        """
        async with transaction(self._pool, self._county) as connection:
            parked = await inbox.parked(connection, self._source)
        PARKED_EVENTS.labels(*self._labels).set(sum(each.events for each in parked.values()))
        waiting = {division for division, each in parked.items() if each.waits}
        for tp in tps:
            offset = self._gaps[tp].released(waiting) if tp in self._gaps else None
            if offset is not None:
                log.info("reading on", tp=tp, offset=offset)
                reader.request_seek(tp, offset)

    def measure(self, tps: Iterable[TP], reader: Reader, *, excused: bool) -> dict[TP, float]:
        """Set the gauges; returns the seconds since each partition that is behind has moved."""
        assigned = set(tps)
        ends = {tp: end for tp, end in reader.ends().items() if tp in assigned}
        return self.progress.measure(ends, reader.began_at, excused=excused)

    def topic_replaced(self, topic_id: str, tps: Iterable[TP], reader: Reader) -> None:
        """The topic was replaced: read it from 0; consumed events are skipped by their sequence."""
        self.topic_id = topic_id
        for tp in tps:
            self._read_again(tp, 0, reader)

    def _read_again(self, tp: TP, offset: int, reader: Reader) -> None:
        log.warning("reading again", tp=tp, offset=offset)
        self._gaps.pop(tp, None)
        self._reached[tp] = offset
        self.progress.set_back(tp, offset)
        reader.request_seek(tp, offset)

    def revoked(self, tps: Iterable[TP]) -> None:
        """The partitions were assigned to another worker."""
        for tp in tps:
            self._gaps.pop(tp, None)
            self._reached.pop(tp, None)
            self._compared.discard(tp)
            self.progress.revoked(tp)
