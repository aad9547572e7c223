"""What the routes stand on: cases and their vault, numbers, policy, calendar, clock, keys."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, FastAPI, Request

from services.intake.domain.case import CASE
from services.intake.domain.case_commands import CaseCommand
from services.intake.domain.case_file import CaseFile
from services.intake.domain.clocks.calendar import Calendar
from services.intake.domain.clocks.due import Due
from services.intake.domain.clocks.policy import Policy
from services.intake.domain.clocks.procedure import due_of_handling
from services.intake.domain.clocks.shipped import NATIONAL, shipped_calendar, shipped_policy
from services.intake.store import case_board
from services.intake.store.case_number import CaseNumbers
from services.intake.store.vault import Vault
from shared.contracts.case_codes import Procedure
from shared.handling import Handling
from shared.keys import Keys
from shared.ledger import Ledger
from shared.postgres import Pool
from shared.sealing import SealKeys
from shared.times import to_wire

SERVICE = "intake"

Cases = Handling[CaseCommand, CaseFile]


def _wall_clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Office:
    """Made once, by the door."""

    pool: Pool
    keys: Keys
    cases: Cases
    vault: Vault
    numbers: CaseNumbers
    policy: Policy
    calendar: Calendar
    seal_keys: SealKeys | None = None
    now: Callable[[], datetime] = _wall_clock

    @classmethod
    def over(
        cls,
        ledger: Ledger,
        keys: Keys,
        seal_keys: SealKeys | None = None,
        *,
        clock_policy: str = NATIONAL,
    ) -> "Office":
        """An office over intake's database, under the policy of that version.

        Policies and calendars are read here, so that a mistake in one stops the door's start.
        """
        cases = Handling(ledger=ledger, decider=CASE, answer=summary, beside=case_board.beside)
        return cls(
            pool=ledger.pool,
            keys=keys,
            cases=cases,
            vault=Vault(ledger.pool, keys),
            numbers=CaseNumbers(ledger.pool),
            seal_keys=seal_keys,
            policy=shipped_policy(clock_policy),
            calendar=shipped_calendar(),
        )

    def open_in(self, app: FastAPI) -> None:
        """Let the app's routes find it."""
        app.state.office = self

    def due(self, procedure: Procedure, accepted_at: datetime) -> Due:
        """When the opinion on a case accepted at that moment is due."""
        return due_of_handling(procedure, accepted_at, policy=self.policy, calendar=self.calendar)


async def _office_of(request: Request) -> Office:
    office: Office = request.app.state.office
    return office


TheOffice = Annotated[Office, Depends(_office_of)]


def summary(case: CaseFile) -> dict[str, object]:
    """What the sender of a command is told of the case."""
    return {
        "case_id": case.filed and case.filed.case_id,
        "matter_id": case.filed and case.filed.matter_id,
        "number": case.filed and case.filed.number,
        "state": case.state,
        "version": case.version,
        "due_at": case.accepted and to_wire(case.accepted.due_at),
    }
