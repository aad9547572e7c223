"""Accepts that ledgers were put back to an earlier state, so that they are sealed again."""

from dataclasses import dataclass
from datetime import datetime

from shared.contracts.ledger import LedgerRestoreAccepted, LedgerSealed
from shared.contracts.ledger_codes import RestoreReason
from shared.ledger import Appended, Author, Ledger
from shared.postgres import transaction
from shared.sealing import ledgers
from shared.sealing.days import Root
from shared.sealing.history import HistoryRewritten, compare
from shared.sealing.journal import SealJournal
from shared.sealing.merkle import GrowingTree
from shared.sealing.seal import restore_event, restores_stream_of


class NotAccepted(Exception):
    """The ledger moved on while the restore was accepted: nothing was written, ask again."""

    def __init__(self, ledger: str) -> None:
        super().__init__(f"{ledger} moved on meanwhile, and nothing was accepted; run this again.")


@dataclass(frozen=True)
class Restores:
    """Ledgers of one service that no longer hold what its journal says."""

    ledger: Ledger
    journal: SealJournal
    service: str
    county: str

    async def accept(self, reason: RestoreReason, at: datetime) -> list[LedgerRestoreAccepted]:
        """Record each acceptance in its ledger, then in the journal; gives what was lost.

        A ledger may have lost its latest seal and contradict the one before as well: both are
        accepted. An acceptance that ended between ledger and journal is completed when it is asked
        for again.
        """
        said = []
        async with self.journal.locked():
            for division in await self._divisions():
                while lost := await self._lost(division):
                    accepted = _acceptance(lost, reason)
                    await self._record(accepted, at)
                    self.journal.write_restore(accepted, at)
                    said.append(accepted)
        return said

    async def _divisions(self) -> list[str]:
        """Those with a ledger, or with a seal in the journal."""
        async with transaction(self.ledger.pool, self.county) as connection:
            begun = await ledgers.divisions(connection)
        return sorted({*begun, *map(_division, self.journal.latest)})

    async def _lost(self, division: str) -> LedgerSealed | None:
        """The latest seal that the ledger does not hold and whose loss nobody has accepted."""
        journaled = self.journal.latest.get(f"{self.service}/{division}")
        async with transaction(self.ledger.pool, self.county) as connection:
            last = await ledgers.last_seal(
                connection, service=self.service, county=self.county, division=division
            )
            wanted = {each.head_sequence for each in (journaled, last.seal) if each}
            tree, roots = GrowingTree(), dict[int, Root]()
            async for hashed in ledgers.hashes(connection, division, max(wanted, default=0)):
                tree.append(hashed)
                if tree.size in wanted:
                    roots[tree.size] = Root(tree.size, hashed.hex(), tree.root().hex())
        try:
            compare(journaled, last.seal, roots, accepted=self.journal.accepted)
        except HistoryRewritten as fault:
            return fault.seal
        return None

    async def _record(self, accepted: LedgerRestoreAccepted, at: datetime) -> None:
        division = _division(accepted.ledger)
        earlier = await self.ledger.stream(self.county, restores_stream_of(self.service, division))
        event = restore_event(accepted, version=len(earlier) + 1, at=at)
        if any(each.event_id == event.event_id for each in earlier):
            return
        # whoever runs the machine does this, and no post of the office
        author = Author(scope=self.county, actor_ref="")
        if not isinstance(await self.ledger.append(division, [event], author), Appended):
            raise NotAccepted(accepted.ledger)


def _acceptance(seal: LedgerSealed, reason: RestoreReason) -> LedgerRestoreAccepted:
    return LedgerRestoreAccepted(
        ledger=seal.ledger,
        reason=reason,
        head_sequence=seal.head_sequence,
        head_hash=seal.head_hash,
        sealed_day=seal.day,
        seal=seal.digest,
    )


def _division(ledger: str) -> str:
    return ledger.partition("/")[2]
