"""Copies of a file go with it: each ledger that has one erases it, by an event of its own.

The row waits for copies that are being made, and no copy is made of an erased file
(`store/transferred_cases`): so the copies that it finds are all that there will ever be. A case
that somebody opened again meanwhile keeps its copy until it has ended, and so does the discipline
lane until it has closed what was recognised as an accusation.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.intake.store.due_erasures import KIND
from services.intake.store.transferred_cases import CaseOfMatter, cases_of, in_the_lane
from shared.contracts.vault_codes import ErasingRole, ErasureReason
from shared.divisions import new_id
from shared.due import Again, Done, DueRow, DueRunner, Outcome
from shared.handling import CausedBy, CommandRequest, Handling, Prepared, Record
from shared.ledger import Author, Ledger
from shared.vault.erasure import (
    ERASURE,
    ErasePerson,
    Erasure,
    erase,
    require_unnamed_since,
)

SERVICE = "intake"
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class CopiesErased:
    """The handler of the rows."""

    ledger: Ledger
    county: str

    async def handle(self, _: str, rows: Sequence[DueRow]) -> list[Outcome]:
        """Each row by itself; what cannot go yet is tried again the day after."""
        return [await self._erase(row) for row in rows]

    async def _erase(self, row: DueRow) -> Outcome:
        cases = await self._copies(row)
        kept = {each.division for each in cases if each.goes_on}
        for division in sorted({each.division for each in cases} - kept):
            await self._erase_in(division, row)
        return Again(row.due_at + _A_DAY) if kept else Done()

    async def _copies(self, row: DueRow) -> list[CaseOfMatter]:
        homes = row.payload["homes"]
        known = await cases_of(self.ledger.pool, self.county, homes, locked=True)
        lane = await in_the_lane(self.ledger.pool, self.county, homes)
        return [each for each in [*known, *lane] if each.person_ref and not each.is_erased]

    async def _erase_in(self, division: str, row: DueRow) -> None:
        erasure_id = new_id(division)

        async def prepare(_: Record[Erasure]) -> Prepared[ErasePerson, Erasure] | None:
            heads = await self.ledger.heads(self.county, [division])
            copies = [each for each in await self._copies(row) if each.division == division]
            if not copies or any(each.goes_on for each in copies):
                return None
            refs = sorted({each.person_ref for each in copies if each.person_ref})
            unnamed = [
                require_unnamed_since(division, each, read_to=heads[division]) for each in refs
            ]
            command = ErasePerson(
                erasure_id=erasure_id,
                reason=ErasureReason.of(row.payload["reason"]),
                by_role=ErasingRole.of(row.payload["by_role"]),
                files=len(refs),
            )
            return Prepared(
                command=command, at=row.due_at, side_writes=[*unnamed, erase(division, refs)]
            )

        request = CommandRequest(
            stream_id=erasure_id,
            author=Author(
                scope=self.county,
                actor_ref=f"policy:{SERVICE}",
                correlation_id=row.correlation_id,
            ),
            prepare=prepare,
            begins=True,
            key=CausedBy(f"DUE {KIND}", row.command_key),
        )
        await Handling(ledger=self.ledger, decider=ERASURE, answer=lambda _: None).handle(request)


def erasing_copies(
    ledger: Ledger, *, county: str, now: Callable[[], datetime | None] = lambda: None
) -> DueRunner:
    """Erases copies of what was erased; any number of processes may run one."""
    handler = CopiesErased(ledger=ledger, county=county)
    return DueRunner(
        ledger.pool, handler.handle, service=SERVICE, county=county, kind=KIND, now=now
    )
