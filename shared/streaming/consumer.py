"""Consumes one topic: chunks in transactions, with the search for gaps and re-reading.

A chunk has a transaction of its own, and so has what little of several partitions was fetched
together, as long as nothing is unusual about it. Events that nobody follows have none (`passing`).

Positions are stored in the database and moved in the transaction that applies the events; Kafka's
committed offsets are only a hint where to begin reading. The two are compared when a partition is
first read, after the database was away, and on a timer, so that a database that was dropped or
restored is filled again from the topic.
"""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress

import structlog
from faust.types.tuples import TP

from shared import inbox
from shared.inbox import Position
from shared.postgres import Connection, Pool, scoped_read, transaction
from shared.streaming.backoff import Backoff
from shared.streaming.chunk_transactions import ChunkTransactions
from shared.streaming.chunk_writer import ChunkWriter, Outcome
from shared.streaming.fold import Fold
from shared.streaming.gaps import Gaps
from shared.streaming.messages import ParsedChunk, joined, parse_places
from shared.streaming.parking import Parking
from shared.streaming.passing import Passing, Run, write_runs
from shared.streaming.poison import DATABASE_AWAY
from shared.streaming.progress import Progress
from shared.streaming.reader import Reader
from shared.streaming.reports import Reports
from shared.streaming.transport import Chunk

_LAST_WRITE_SECONDS = 2.0

log = structlog.get_logger()


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
        self._reports = Reports(topic, fold.source, service=service)
        self._source = fold.source
        self._transactions = ChunkTransactions(
            pool, ChunkWriter(fold, parking), self._reports, county=county
        )
        self._parking = parking
        self._gaps: dict[TP, Gaps] = defaultdict(Gaps)
        self._passing = Passing(fold.passes_over)
        self._passed: dict[TP, Chunk] = {}
        self._compared: set[TP] = set()
        self._reached: dict[TP, int] = {}
        self.topic = topic
        self.database = Backoff("the database")
        self.progress = Progress(service, fold.source)

    @property
    def topic_id(self) -> str:
        """The id of the topic that is read."""
        return self._transactions.topic_id

    @topic_id.setter
    def topic_id(self, topic_id: str) -> None:
        self._transactions.topic_id = topic_id

    async def consume_all(self, chunks: Sequence[Chunk], reader: Reader) -> None:
        """Consume chunks of different partitions, together if nothing is unusual about them."""
        rest = [chunk for chunk in chunks if not self._pass_over(chunk, reader)]
        if len(rest) > 1 and await self._consume_together(rest, reader):
            return
        for chunk in rest:
            await self.consume(chunk, reader)

    async def consume(self, chunk: Chunk, reader: Reader) -> None:
        """Consume a chunk, however long the database is away; nothing is committed meanwhile."""
        found = self._parse(chunk)
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
                    await self._conclude(chunk, found, outcome, reader)
                return

    def _parse(self, *chunks: Chunk) -> ParsedChunk:
        records = (record for chunk in chunks for record in chunk.records)
        return parse_places(records, source=self._source, county=self._county)

    def _is_known(self, chunk: Chunk, reader: Reader) -> bool:
        """Whether the chunk follows what was read before."""
        return chunk.tp in self._compared and reader.is_current(chunk)

    def _pass_over(self, chunk: Chunk, reader: Reader) -> bool:
        """Take note of a chunk that needs no transaction; False for any other."""
        if not (self._passing.kinds and self._is_known(chunk, reader)):
            return False
        if not self._passing.take(chunk.tp.partition, self._parse(chunk)):
            return False
        self._passed[chunk.tp] = chunk
        self.progress.consumed(chunk.tp, chunk.next_offset, None)
        return True

    async def _consume_together(self, chunks: Sequence[Chunk], reader: Reader) -> bool:
        """Consume chunks in one transaction; False, and nothing is done, where that cannot be."""
        if not all(self._is_known(chunk, reader) for chunk in chunks):
            return False
        parsed = [self._parse(chunk) for chunk in chunks]
        whole = joined(parsed)
        runs = self._runs_of(whole)
        outcome = await self._transactions.write_together(whole, runs)
        if outcome is None:
            return False
        self._passing.written(runs, outcome.next_seq)
        for chunk, found in zip(chunks, parsed, strict=True):
            await self._conclude(chunk, found, outcome.of(found.divisions), reader)
        return True

    async def _attempt(self, chunk: Chunk, found: ParsedChunk, reader: Reader) -> Outcome | None:
        async def is_stale(connection: Connection) -> bool:
            return chunk.tp not in self._compared and await self._was_set_back(
                connection, chunk, reader
            )

        runs = self._runs_of(found)
        outcome = await self._transactions.write(found, runs, is_stale)
        if outcome is not None:
            self._passing.written(runs, outcome.next_seq)
        return outcome

    def _runs_of(self, found: ParsedChunk) -> dict[str, Run]:
        """Of all ledgers of the partitions: the last offset in the inbox must pass over none."""
        return self._passing.runs({record.partition for record in found.records})

    async def _was_set_back(self, connection: Connection, chunk: Chunk, reader: Reader) -> bool:
        consumed = await inbox.consumed(connection, self._source, self.topic_id)
        reached = consumed.get(chunk.tp.partition, 0)
        self._compared.add(chunk.tp)
        if reached < chunk.records[0].offset:
            self._read_again(chunk.tp, reached, reader)
            return True
        return False

    async def _conclude(
        self, chunk: Chunk, found: ParsedChunk, outcome: Outcome, reader: Reader
    ) -> None:
        self._note_reached(chunk.tp, outcome.last_good.values())
        self._passing.learn(chunk.tp.partition, found.divisions, {})
        self._passed.pop(chunk.tp, None)
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
        in_order = {
            name: seq
            for name, seq in outcome.settled.items()
            if name in found.divisions and not gaps.are_open(name)
        }
        self._passing.learn(chunk.tp.partition, found.divisions, in_order)
        self._reports.gaps(chunk.tp, advice, waiting=self._waiting())
        if advice.read_from is not None:
            reader.request_seek(chunk.tp, advice.read_from)
        else:
            self._done(chunk, reader)

    def _waiting(self) -> int:
        return sum(gaps.waiting() for gaps in self._gaps.values())

    def _note_reached(self, tp: TP, offsets: Iterable[int]) -> None:
        self._reached[tp] = max(self._reached.get(tp, 0), *offsets, 0)

    def _done(self, chunk: Chunk, reader: Reader) -> None:
        held = self._gaps[chunk.tp].hold()
        reader.done(chunk.tp, chunk.next_offset if held is None else held)

    async def _report_parked(self, outcome: Outcome) -> None:
        self._reports.replayed(outcome.replayed)
        if outcome.parked:
            self._reports.parked(outcome.parked)
            await self._parking.send_unsent()

    # --- called by the timer and the worker --------------------------------------------------

    async def write_runs(self, reader: Reader) -> None:
        """Move the inbox over the events that were passed over; called every second.

        Raises what DATABASE_AWAY names when the database cannot be asked.
        """
        runs, passed = self._passing.runs(), dict(self._passed)
        if not runs:
            return
        async with transaction(self._pool, self._county) as connection:
            after = await write_runs(connection, self._source, self.topic_id, runs)
            consumed = await inbox.consumed(connection, self._source, self.topic_id)
        self._passing.written(runs, {name: position.next_seq for name, position in after.items()})
        behind = _behind(runs, after, self.topic_id)
        for tp, chunk in passed.items():
            if tp.partition in behind:
                self._read_again(tp, behind[tp.partition], reader)
            elif self._passed.get(tp) is chunk and reader.is_current(chunk):
                del self._passed[tp]
                self._note_reached(tp, [consumed.get(tp.partition, 0)])
                self._done(chunk, reader)

    async def write_last_runs(self, reader: Reader) -> None:
        """The same before an end; what cannot be written is read again by the next worker."""
        with suppress(TimeoutError, *DATABASE_AWAY):
            async with asyncio.timeout(_LAST_WRITE_SECONDS):
                await self.write_runs(reader)

    async def look(self, tps: Iterable[TP], reader: Reader) -> None:
        """Compare the positions in the database with what was consumed, and count parked events.

        Raises what DATABASE_AWAY names when the database cannot be asked.
        """
        # read before the query, so that what is consumed meanwhile does not look set back
        known = {tp: self._reached.get(tp, reader.began_at(tp)) for tp in tps}
        async with scoped_read(self._pool, self._county) as connection:
            consumed = await inbox.consumed(connection, self._source, self.topic_id)
            parked = await inbox.parked(connection, self._source)
        for tp, before in known.items():
            reached = consumed.get(tp.partition, 0)
            if before is not None and reached < before:
                self._read_again(tp, reached, reader)
        self._reports.count_parked(sum(each.events for each in parked.values()))
        self._read_on({name for name, each in parked.items() if each.waits}, known, reader)

    def _read_on(self, waiting: Collection[str], tps: Iterable[TP], reader: Reader) -> None:
        """Read on in ledgers whose parked event was replayed, so that they wait no longer."""
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
        self._forget_passed(tp)
        self._reached[tp] = offset
        self.progress.set_back(tp, offset)
        reader.request_seek(tp, offset)

    def _forget_passed(self, tp: TP) -> None:
        self._passing.forget(tp.partition)
        self._passed.pop(tp, None)

    def revoked(self, tps: Iterable[TP]) -> None:
        """The partitions were assigned to another worker."""
        for tp in tps:
            self._gaps.pop(tp, None)
            self._forget_passed(tp)
            self._reached.pop(tp, None)
            self._compared.discard(tp)
            self.progress.revoked(tp)


def _behind(
    runs: Mapping[str, Run], after: Mapping[str, Position], topic_id: str
) -> dict[int, int]:
    """Where to read partitions again of which a run was not written.

    Its ledger was set back, or something of it is parked: only its events can tell what follows.
    """
    found: dict[int, int] = {}
    for name, run in runs.items():
        position = after[name]
        if position.next_seq < run.next_seq:
            offset = position.after_last(topic_id)
            found[run.partition] = min(found.get(run.partition, offset), offset)
    return found
