"""Keeps the list of erased files outside the database, and applies it after a restore.

start ─► files that the list names and the database has open are closed, with their event
─► requests are answered
then  ─► what is erased is added to the list, within seconds
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import LiteralString

import psycopg
import structlog
from psycopg_pool import PoolTimeout

from shared.background import is_ending
from shared.contracts.vault_codes import ErasingRole, ErasureReason
from shared.divisions import new_id
from shared.faults import describe_fault
from shared.handling import CommandRequest, Handling, ready
from shared.ledger import Author, ClockNotBelieved, Ledger
from shared.ledger.errors import RowTaken
from shared.postgres import transaction
from shared.vault.erasure import ERASURE, ErasePerson, Erasure, erase
from shared.vault.erasure_list import ErasedFile, ErasureList

_LOOK_SECONDS = 2.0
_AGAIN_SECONDS = 1.0
_STILL_OPEN: LiteralString = """
    select division_code, person_ref
    from unnest(%(divisions)s::text[], %(refs)s::text[]) as listed (division_code, person_ref)
    join vault_person using (division_code, person_ref)
    where not exists (
        select from vault_erased as erased
        where erased.division_code = listed.division_code
          and erased.person_ref = listed.person_ref)
    order by division_code, person_ref
"""
_CLOSED: LiteralString = "select division_code, person_ref from vault_erased"
_FAULTS = (psycopg.Error, PoolTimeout, ClockNotBelieved, RowTaken)

log = structlog.get_logger()


@dataclass
class ErasuresOutside:
    """The list of one service and what its database says."""

    ledger: Ledger
    kept: ErasureList
    service: str
    county: str
    applied: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once nothing is open any more that the list names."""

    async def run(self) -> None:
        """Apply the list, then keep it, until cancelled; a database that is away is waited for."""
        while True:
            try:
                if not self.applied.is_set():
                    await self.apply()
                    self.applied.set()
                await self.keep()
            except _FAULTS as fault:
                log.warning("erasures wait", service=self.service, **describe_fault(fault))
            if is_ending():
                return
            await asyncio.sleep(_LOOK_SECONDS if self.applied.is_set() else _AGAIN_SECONDS)

    async def check(self) -> str | None:
        """For readiness: whether the list was applied."""
        return None if self.applied.is_set() else "erasures of before a restore are applied"

    async def apply(self) -> int:
        """Close what the list names and the database has open; gives how many files."""
        listed = self.kept.read()
        if not listed:
            return 0
        found = await self._still_open(listed)
        for division, files in groupby(found, key=attrgetter("division")):
            await self._close(division, [each.person_ref for each in files])
        if found:
            log.warning("erasures applied again", service=self.service, files=len(found))
        return len(found)

    async def keep(self) -> None:
        """Add to the list what was erased since."""
        async with transaction(self.ledger.pool, self.county) as connection:
            cursor = await connection.execute(_CLOSED)
            closed = {ErasedFile(*row) for row in await cursor.fetchall()}
        self.kept.add(closed - self.kept.read())

    async def _still_open(self, listed: frozenset[ErasedFile]) -> list[ErasedFile]:
        named = {
            "divisions": [each.division for each in listed],
            "refs": [each.person_ref for each in listed],
        }
        async with transaction(self.ledger.pool, self.county) as connection:
            cursor = await connection.execute(_STILL_OPEN, named)
            return [ErasedFile(*row) for row in await cursor.fetchall()]

    async def _close(self, division: str, refs: Sequence[str]) -> None:
        """As an erasure of the operator's, with the event that counts the files."""
        erasure_id = new_id(division)
        command = ErasePerson(
            erasure_id=erasure_id,
            reason=ErasureReason.BACKUP_RESTORED,
            by_role=ErasingRole.OPERATOR,
            files=len(refs),
        )
        request: CommandRequest[ErasePerson, Erasure] = CommandRequest(
            stream_id=erasure_id,
            # whoever runs the machine does this, and no post of the office
            author=Author(scope=self.county, actor_ref=""),
            prepare=ready(
                command,
                at=await self.ledger.clock.now(),
                side_writes=[erase(division, refs)],
            ),
            begins=True,
        )
        await Handling(ledger=self.ledger, decider=ERASURE, answer=lambda _: None).handle(request)
