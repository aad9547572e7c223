"""Files of a case go along with its matter: read under the sender's key, sealed under the receiver's.

They may be large, so they are copied one by one by a due row, and not in the append that files the
receiver's case. A file that was copied before is attached already; one whose petitioner was erased,
or whose case was returned, needs no copy any more.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.intake.domain.case import CASE, CaseCommand, CaseFile
from services.intake.domain.case.attaching import AttachFile
from services.intake.domain.case.ended import CaseWasReturned, CaseWasVoided, MatterIsElsewhere
from services.intake.store import case_board
from services.intake.store.due_attachments import KIND
from services.intake.store.person_files import file_of_case
from services.intake.store.transferred_cases import require_unerased
from shared.attachments import storing
from shared.attachments.downloading import check_content, read_parts
from shared.attachments.sealing import AttachmentKey
from shared.attachments.storing import Stored
from shared.contracts.attachment_codes import AttachmentOf, MediaType
from shared.divisions import division_of
from shared.due import Done, DueRow, DueRunner, Outcome
from shared.handling import CausedBy, CommandRequest, Handling, Prepared, Record
from shared.keys import Keys
from shared.ledger import Author, Ledger
from shared.vault import PersonErased, Vault

SERVICE = "intake"
_NEEDS_NONE = (PersonErased, CaseWasReturned, CaseWasVoided, MatterIsElsewhere)


@dataclass(frozen=True, kw_only=True)
class AttachmentsCopied:
    """The handler of the rows."""

    cases: Handling[CaseCommand, CaseFile]
    vault: Vault
    county: str

    async def handle(self, _: str, rows: Sequence[DueRow]) -> list[Outcome]:
        """Each row by itself, and each file of it."""
        return [await self._copy_all(row) for row in rows]

    async def _copy_all(self, row: DueRow) -> Outcome:
        try:
            own = await self._key(row.payload["case_id"])
            for from_case_id, digest, of in row.payload["attached"]:
                theirs = await self._key(from_case_id)
                found = await storing.find(
                    self.cases.ledger.pool, self.county, theirs.stream_id, digest
                )
                if found is not None:
                    copied = await self._copy(found, theirs, own)
                    await self._attach(row, copied, AttachmentOf.of(of), digest)
        except _NEEDS_NONE:
            pass
        return Done()

    async def _key(self, case_id: str) -> AttachmentKey:
        division = division_of(case_id)
        file = await file_of_case(self.vault, self.county, division=division, case_id=case_id)
        return AttachmentKey(case_id, file)

    async def _copy(self, found: Stored, theirs: AttachmentKey, own: AttachmentKey) -> Stored:
        pool = self.cases.ledger.pool
        await check_content(pool, self.county, theirs, found)
        parts = [part async for part in read_parts(pool, self.county, theirs, found)]
        return await storing.keep_copy(
            pool,
            self.county,
            own,
            b"".join(parts),
            media_type=found.media_type,
            by=f"policy:{SERVICE}",
        )

    async def _attach(self, row: DueRow, copied: Stored, of: AttachmentOf, digest: str) -> None:
        case_id = row.payload["case_id"]

        async def prepare(record: Record[CaseFile]) -> Prepared[CaseCommand, CaseFile]:
            await self._key(case_id)
            home = record.state.home_case_id or case_id
            return Prepared(
                command=AttachFile(
                    digest=copied.digest,
                    media_type=MediaType(copied.media_type),
                    size=copied.size,
                    of=of,
                ),
                at=row.due_at,
                side_writes=[
                    *require_unerased(division_of(case_id), home),
                    storing.require_stored(case_id, copied.digest),
                ],
            )

        request = CommandRequest(
            stream_id=case_id,
            author=Author(
                scope=self.county,
                actor_ref=f"policy:{SERVICE}",
                correlation_id=row.correlation_id,
            ),
            prepare=prepare,
            key=CausedBy(f"DUE {KIND}", f"{row.command_key}/{digest}"),
            causation_id=row.causation_id,
        )
        await self.cases.handle(request)


def copying_attachments(
    ledger: Ledger, keys: Keys, *, county: str, now: Callable[[], datetime | None] = lambda: None
) -> DueRunner:
    """Copies the files of matters that were passed on; any number of processes may run one."""
    handler = AttachmentsCopied(
        cases=Handling(
            ledger=ledger, decider=CASE, answer=lambda _: None, view_writes=case_board.view_writes
        ),
        vault=Vault(ledger.pool, keys),
        county=county,
    )
    return DueRunner(
        ledger.pool, handler.handle, service=SERVICE, county=county, kind=KIND, now=now
    )
