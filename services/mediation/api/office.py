"""What the routes stand on: disputes, mediators, committees, the vault, clocks and the printer."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

from fastapi import Depends

from services.mediation.api.answers import committee_summary, mediator_summary, summary
from services.mediation.api.printer import Printer
from services.mediation.domain.committee import COMMITTEE, Committee
from services.mediation.domain.committee_commands import CommitteeCommand
from services.mediation.domain.mediation import MEDIATION, MediationCommand
from services.mediation.domain.mediation_commands import Period
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.mediator import MEDIATOR, Mediator, MediatorCommand
from services.mediation.store import committee_board, mediation_board, mediator_roster
from shared.clocks.calendar import Calendar
from shared.clocks.due import due_of
from shared.clocks.policy import Policy
from shared.clocks.shipped import NATIONAL, shipped_calendar, shipped_policy
from shared.contracts.agreements import MediationSucceeded
from shared.handling import Handling
from shared.keys import Keys
from shared.ledger import Ledger
from shared.office import LedgerOffice, office_of
from shared.sealing import SealKeys
from shared.vault import Vault

SERVICE = "mediation"

Mediations = Handling[MediationCommand, MediationFile]
Mediators = Handling[MediatorCommand, Mediator]
Committees = Handling[CommitteeCommand, Committee]
_TIME_FOR_THE_COURT, _TIME_TO_MEDIATE = "C14", "C16"
_TIME_TO_DOCKET, _TIME_TO_DECIDE = "C15-docket", "C15"


@dataclass(frozen=True, kw_only=True)
class Office(LedgerOffice):
    """Made once, by the door."""

    mediations: Mediations
    mediators: Mediators
    committees: Committees
    vault: Vault
    policy: Policy
    calendar: Calendar
    printer: Printer

    @classmethod
    def over(
        cls,
        ledger: Ledger,
        keys: Keys,
        seal_keys: SealKeys | None = None,
        *,
        clock_policy: str = NATIONAL,
        faces: Path | None = None,
    ) -> "Office":
        """An office over mediation's database, under the policy of that version.

        Policies and calendars are read here, so that a mistake in one stops the door's start.
        """
        return cls(
            service=SERVICE,
            ledger=ledger,
            mediations=Handling(
                ledger=ledger,
                decider=MEDIATION,
                answer=summary,
                view_writes=mediation_board.view_writes,
            ),
            mediators=Handling(
                ledger=ledger,
                decider=MEDIATOR,
                answer=mediator_summary,
                view_writes=mediator_roster.view_writes,
            ),
            committees=Handling(
                ledger=ledger,
                decider=COMMITTEE,
                answer=committee_summary,
                view_writes=committee_board.view_writes,
            ),
            vault=Vault(ledger.pool, keys),
            seal_keys=seal_keys,
            policy=shipped_policy(clock_policy),
            calendar=shipped_calendar(),
            printer=Printer(faces),
        )

    def period(self, begun_at: datetime) -> Period:
        """How long a mediation may take that begins then, unless both sides give it more (C16)."""
        due = due_of(_TIME_TO_MEDIATE, begun_at, policy=self.policy, calendar=self.calendar)
        return Period(
            due_at=due.due_at,
            policy_version=due.policy_version,
            calendar_version=due.calendar_version,
        )

    def last_day_for_the_court(self, effective_on: date) -> date:
        """The parties' last day to ask a court (C14)."""
        return self._last_day(_TIME_FOR_THE_COURT, effective_on)

    def ask_a_court_by(self, succeeded: MediationSucceeded | None) -> date | None:
        """The same of what was agreed on, if a court confirms it: not where it is status [JC4]."""
        if succeeded is None or succeeded.status_matters:
            return None
        return self.last_day_for_the_court(succeeded.effective_on)

    def court_answers_by(self, asked_on: date) -> tuple[date, date]:
        """By when a court that was asked says whether it takes the request up, and decides (C15).

        Counted for the parties, and as if the court took all its time; it may take ten days more.
        """
        docketed = self._last_day(_TIME_TO_DOCKET, asked_on)
        return docketed, self._last_day(_TIME_TO_DECIDE, docketed)

    def _last_day(self, clock: str, start: date) -> date:
        """That of the parties: theirs is the later one of the two dates."""
        due = due_of(clock, start, policy=self.policy, calendar=self.calendar)
        return due.due_on_for_petitioner

    async def mediation(self, scope: str, mediation_id: str) -> MediationFile:
        """The dispute as it stands; one that nobody applied for, or out of scope, is empty."""
        return (await self.mediations.read(scope, mediation_id)).state


TheOffice = Annotated[Office, Depends(office_of)]
