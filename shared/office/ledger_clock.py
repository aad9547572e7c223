"""What an operator says about the clock of a service's ledgers, kept as events of them.

accept   the clock is right, though it is far beyond the newest record: appends go on
correct  a ledger bears times that never were, of a clock that ran ahead: its time starts again here
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

from shared.contracts.event import Event
from shared.contracts.ledger import LedgerClockAccepted, LedgerClockCorrected
from shared.contracts.ledger_codes import ClockReason
from shared.ledger import Appended, Author, Ledger, NewEvent, Statement
from shared.ledger.clock_guard import MOST_BEYOND
from shared.postgres import transaction
from shared.sealing.scheduler import due_again
from shared.sealing.seal import clock_event_id, clock_stream_of
from shared.times import CLOCKS_MAY_DIFFER

_NEWEST: LiteralString = """
    select division_code, head_recorded_at from ledger
    where head_seq > 0 and head_recorded_at <= %s order by head_recorded_at desc limit 1
"""
_BENT: LiteralString = """
    select division_code, head_recorded_at from ledger
    where head_seq > 0 and head_recorded_at > %s order by division_code
"""


class NotSaid(Exception):
    """The ledger moved on meanwhile: nothing was written, ask again."""

    def __init__(self, ledger: str) -> None:
        super().__init__(f"{ledger} moved on meanwhile, and nothing was written; run this again.")


@dataclass(frozen=True)
class LedgerClocks:
    """The clocks of all ledgers of one service."""

    ledger: Ledger
    service: str
    county: str

    async def accept(self, *, only_if_needed: bool = False) -> LedgerClockAccepted | None:
        """Say in the ledger of the newest record that the clock is right.

        None where nothing is recorded, or (`only_if_needed`) the clock is not far beyond it.
        """
        now = await self.ledger.clock.now()
        found = await self._ledgers(_NEWEST, now + CLOCKS_MAY_DIFFER)
        if not found:
            return None
        [(division, newest)] = found
        if only_if_needed and now - newest <= MOST_BEYOND:
            return None
        said = LedgerClockAccepted(ledger=f"{self.service}/{division}", newest_recorded_at=newest)
        await self._record(division, said, now, version=await self._next(division))
        return said

    async def correct(self, reason: ClockReason) -> list[LedgerClockCorrected]:
        """Let the time of every ledger that is ahead of the clock start again from now.

        The clock has to be right: what it says now is the least that later events bear.
        """
        now = await self.ledger.clock.now()
        corrected = []
        latest = now + CLOCKS_MAY_DIFFER
        versions = {name: await self._next(name) for name, _ in await self._ledgers(_BENT, latest)}
        for division, wrong in await self._ledgers(_BENT, latest):
            if division not in versions:
                continue
            said = LedgerClockCorrected(
                ledger=f"{self.service}/{division}", reason=reason, wrong_recorded_at=wrong
            )
            # a wrong clock may have put the next seal off to a day of its own
            also = due_again(division, now)
            await self._record(division, said, now, version=versions[division], also=also)
            corrected.append(said)
        return corrected

    async def _ledgers(self, query: LiteralString, moment: datetime) -> list[tuple[str, datetime]]:
        async with transaction(self.ledger.pool, self.county) as connection:
            cursor = await connection.execute(query, (moment,))
            return [(str(division), at) for division, at in await cursor.fetchall()]

    async def _next(self, division: str) -> int:
        """The version of the next event about a ledger's clock, read before what it will say."""
        stream = clock_stream_of(self.service, division)
        return len(await self.ledger.stream(self.county, stream)) + 1

    async def _record(
        self,
        division: str,
        said: Event,
        now: datetime,
        *,
        version: int,
        also: Sequence[Statement] = (),
    ) -> None:
        event = NewEvent(
            stream_id=clock_stream_of(self.service, division),
            version=version,
            event_id=clock_event_id(self.service, division, version),
            kind=said.kind,
            schema_version=said.schema_version,
            data=said.to_canonical(),
            occurred_at=now,
        )
        # whoever runs the machine does this, and no post of the office
        author = Author(scope=self.county, actor_ref="")
        if not isinstance(
            await self.ledger.append(division, [event], author, also=also), Appended
        ):
            raise NotSaid(f"{self.service}/{division}")
