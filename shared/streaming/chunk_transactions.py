"""The transactions of a consumer's chunks: one each, or one for the small chunks of several."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack

import structlog

from shared.postgres import Connection, Pool, transaction
from shared.streaming.chunk_writer import ChunkWriter, Outcome
from shared.streaming.messages import ParsedChunk
from shared.streaming.passing import Run
from shared.streaming.poison import DATABASE_AWAY, FoldFailed, SeveralPoisoned, Streak
from shared.streaming.reports import Reports

IsStale = Callable[[Connection], Awaitable[bool]]
"""Looks, in the chunk's transaction, whether the chunk must not be written."""

log = structlog.get_logger()


class _Unusual(Exception):
    """Some of the chunks have to be looked at one by one: the transaction is rolled back."""


class ChunkTransactions:
    """Of one topic. `topic_id` is set before the first chunk is written."""

    def __init__(self, pool: Pool, writer: ChunkWriter, reports: Reports, *, county: str) -> None:
        self._pool = pool
        self._writer = writer
        self._reports = reports
        self._county = county
        self._streak = Streak()
        # a streak continues from chunk to chunk, also where two are in flight
        self._parking_lock = asyncio.Lock()
        self.topic_id = ""

    async def write_together(self, found: ParsedChunk, runs: Mapping[str, Run]) -> Outcome | None:
        """Write chunks joined into one; None, and nothing is written, unless all is plain."""
        if found.poison:
            return None
        try:
            async with transaction(self._pool, self._county) as connection:
                outcome = await self._writer.write(
                    connection, found, self.topic_id, singly=False, runs=runs
                )
                _require_plain(outcome)
        except (_Unusual, FoldFailed, *DATABASE_AWAY):
            return None
        self._streak = self._streak.after(outcome.outcomes)
        return outcome

    async def write(
        self, found: ParsedChunk, runs: Mapping[str, Run], is_stale: IsStale
    ) -> Outcome | None:
        """Write a chunk, event by event where one cannot be folded; None where it is stale."""
        try:
            return await self._write(found, runs, is_stale, singly=False)
        except FoldFailed as fault:
            why = str(fault)
            log.warning("a chunk is applied event by event", topic_id=self.topic_id, why=why)
            return await self._write(found, runs, is_stale, singly=True)

    async def _write(
        self, found: ParsedChunk, runs: Mapping[str, Run], is_stale: IsStale, *, singly: bool
    ) -> Outcome | None:
        async with AsyncExitStack() as turn:
            async with transaction(self._pool, self._county) as connection:
                if await is_stale(connection):
                    return None
                outcome = await self._writer.write(
                    connection, found, self.topic_id, singly=singly, runs=runs
                )
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
            self._reports.not_consumed(outcome.parked)
            raise


def _require_plain(outcome: Outcome) -> None:
    if not outcome.is_plain:
        raise _Unusual
