"""Replays parked events after the cause is fixed: each event in a transaction of its own.

Each transaction locks the ledger's inbox row first, as the worker does, so the two take turns. A
replay that is killed has replayed some events wholly and the others not at all; run it again.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

from shared import inbox
from shared.cloudevents import NotOurs, from_message
from shared.inbox import Position
from shared.postgres import Connection, Pool, transaction
from shared.streaming.fold import Fold
from shared.streaming.parked_events import Copy, copies, mark_replayed, note_reason, places
from shared.streaming.poison import apply_one

_BEFORE_IT = "an earlier event of its ledger is parked, or missing"


@dataclass(frozen=True, slots=True)
class Replayed:
    """The result for one place; `why` is None when its event is applied."""

    division: str
    seq: int
    why: str | None


class DeadLetters:
    """The parked events of one source in one service."""

    def __init__(self, pool: Pool, fold: Fold, *, county: str) -> None:
        self._pool = pool
        self._fold = fold
        self._county = county

    async def replay(
        self, *, division: str | None = None, seq: int | None = None
    ) -> AsyncIterator[Replayed]:
        """Replay the parked events of a ledger, of one place, or all, ledger by ledger in order."""
        source = self._fold.source
        async with transaction(self._pool, self._county) as connection:
            found = await places(connection, source, division=division, seq=seq)
        for place in found:
            async with transaction(self._pool, self._county) as connection:
                why = await self._replay_one(connection, *place)
            yield Replayed(*place, why)

    async def _replay_one(self, connection: Connection, division: str, seq: int) -> str | None:
        source = self._fold.source
        position = (await inbox.read(connection, source, [division]))[division]
        parked = await copies(connection, source, division, seq)
        if not parked:
            return None  # someone else replayed it a moment ago
        if seq > position.next_seq:
            return _BEFORE_IT
        why = None
        for copy in parked:
            why = await self._apply(connection, copy, late=seq < position.next_seq)
            if why is None:
                await self._conclude(connection, division, seq, position)
                return None
            await note_reason(connection, copy, why)
        return why

    async def _apply(self, connection: Connection, copy: Copy, *, late: bool) -> str | None:
        try:
            event = from_message(copy.headers, copy.value)
        except NotOurs as fault:
            return str(fault)
        return await apply_one(
            connection, self._fold.apply_late if late else self._fold.apply, event
        )

    async def _conclude(
        self, connection: Connection, division: str, seq: int, position: Position
    ) -> None:
        source = self._fold.source
        if seq == position.next_seq:
            await inbox.move(connection, source, {division: replace(position, next_seq=seq + 1)})
        await mark_replayed(connection, source, division, seq)
        await inbox.note_parked(connection, source, division, position.parked - {seq})
