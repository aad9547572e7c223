"""A case that was recognised as an accusation goes on in the discipline lane, by a due row.

The lane's record is registered under a number of its own, with a copy of person and text under the
county's scope. Every other case of the matter, in whichever ledger, ends with this one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from services.intake.domain.accusation import (
    ACCUSATION,
    AccusationCommand,
    AccusationFile,
    RegisterAccusation,
)
from services.intake.domain.case import CASE, CaseCommand, CaseFile
from services.intake.domain.case.routing import RouteCase
from services.intake.store import accusation_board, case_board
from services.intake.store.case_number import CaseNumbers, Series
from services.intake.store.due_accusations import KIND
from services.intake.store.person_files import EntryKind
from services.intake.store.transferred_cases import cases_of, require_unerased
from shared import vault
from shared.contracts.case_holding_codes import Lane
from shared.divisions import division_of
from shared.due import Done, DueRow, DueRunner, Outcome
from shared.handling import CausedBy, CommandRequest, Handling, Prepared, Record
from shared.keys import Keys
from shared.ledger import Author, Ledger
from shared.times import china_day
from shared.vault import Content, Vault

SERVICE = "intake"
_POST = f"policy:{SERVICE}"


@dataclass(frozen=True, kw_only=True)
class Recognised:
    """The handler of the rows; each command has a key made of the row, so a repeat does nothing."""

    cases: Handling[CaseCommand, CaseFile]
    accusations: Handling[AccusationCommand, AccusationFile]
    vault: Vault
    numbers: CaseNumbers
    county: str
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    async def handle(self, _: str, rows: Sequence[DueRow]) -> list[Outcome]:
        """Each row by itself."""
        return [await self._go_on(row) for row in rows]

    async def _go_on(self, row: DueRow) -> Outcome:
        case = (await self.cases.read(self.county, row.payload["case_id"])).state
        await self._register(row, case)
        homes = [case.home_case_id or row.payload["case_id"]]
        for each in await cases_of(self.cases.ledger.pool, self.county, homes):
            if each.case_id != row.payload["case_id"]:
                await self._end(row, case, each.case_id)
        return Done()

    async def _register(self, row: DueRow, case: CaseFile) -> None:
        async def prepare(
            record: Record[AccusationFile],
        ) -> Prepared[AccusationCommand, AccusationFile] | None:
            return None if record.state.registered else await self._prepared(row, case)

        request = CommandRequest(
            stream_id=row.payload["accusation_id"],
            author=self._author(),
            prepare=prepare,
            key=CausedBy(f"DUE {KIND}", row.command_key),
        )
        await self.accusations.handle(request)

    async def _prepared(
        self, row: DueRow, case: CaseFile
    ) -> Prepared[AccusationCommand, AccusationFile]:
        at, channel = self.now(), case.required.channel
        (number,) = await self.numbers.take(Series(self.county, china_day(at).year, channel))
        content = await self._content(case)
        file = self.vault.begin(row.payload["person_ref"]) if content is not None else None
        entry = file.entry(EntryKind.FILING, content) if file and content is not None else None
        home = case.home_case_id or row.payload["case_id"]
        return Prepared(
            command=RegisterAccusation(
                accusation_id=row.payload["accusation_id"],
                matter_id=row.payload["matter_id"],
                number=number,
                channel=channel,
                person_ref=entry.person_ref if entry else None,
                content_digest=entry.digest if entry else None,
                received_on=case.first_received_on,
            ),
            at=at,
            side_writes=[
                *require_unerased(division_of(row.payload["case_id"]), home),
                *vault.keep(self.county, [file], [entry]),
            ]
            if file and entry
            else [],
        )

    async def _content(self, case: CaseFile) -> Content | None:
        """What the case's file has of the filing, and which case it was; None where it was erased."""
        registered = case.required
        if registered.person_ref is None:
            return None
        found = await self.vault.contents(
            self.county,
            division=division_of(registered.person_ref),
            refs=[registered.person_ref],
            kinds=[EntryKind.FILING],
            digest=registered.content_digest,
        )
        particulars = {"case_id": registered.case_id, "number": registered.number}
        return found[0].content | {"particulars": particulars} if found else None

    async def _end(self, row: DueRow, case: CaseFile, case_id: str) -> None:
        """Another ledger's case of the matter."""
        routed = case.proceedings.routed
        if routed is None:
            raise AssertionError("a row for a case that was never routed")
        command = RouteCase(
            lane=Lane.DISCIPLINE, ground=routed[0].ground, by_post=_POST, with_another=True
        )

        async def prepare(record: Record[CaseFile]) -> Prepared[CaseCommand, CaseFile] | None:
            if record.state.voided:
                return None
            return Prepared(command=command, at=max(row.due_at, record.history[-1].occurred_at))

        request = CommandRequest(
            stream_id=case_id,
            author=self._author(),
            prepare=prepare,
            key=CausedBy(f"DUE {KIND}", f"{row.command_key}/{case_id}"),
        )
        await self.cases.handle(request)

    def _author(self) -> Author:
        """Rows of earlier releases have a correlation id: it would link case and accusation."""
        return Author(scope=self.county, actor_ref=_POST)


def recognising_accusations(
    ledger: Ledger, keys: Keys, *, county: str, now: Callable[[], datetime | None] = lambda: None
) -> DueRunner:
    """Registers what was recognised as an accusation; any number of processes may run one."""
    handler = Recognised(
        cases=Handling(
            ledger=ledger, decider=CASE, answer=lambda _: None, view_writes=case_board.view_writes
        ),
        accusations=Handling(
            ledger=ledger,
            decider=ACCUSATION,
            answer=lambda _: None,
            view_writes=accusation_board.view_writes,
        ),
        vault=Vault(ledger.pool, keys),
        numbers=CaseNumbers(ledger.pool),
        county=county,
    )
    return DueRunner(
        ledger.pool, handler.handle, service=SERVICE, county=county, kind=KIND, now=now
    )
