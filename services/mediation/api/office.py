"""What the routes need: disputes, mediators, committees, the vault, clocks and the press."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Annotated

from fastapi import Depends

from services.mediation.api.command_answers import committee_summary, mediator_summary, summary
from services.mediation.domain.committee import COMMITTEE, Committee
from services.mediation.domain.committee_commands import CommitteeCommand
from services.mediation.domain.mediation import MEDIATION, MediationCommand
from services.mediation.domain.mediation_commands import Period
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.mediator import MEDIATOR, Mediator, MediatorCommand
from services.mediation.store import committee_board, kept_from, mediation_board, mediator_roster
from shared.clocks.calendar import Calendar
from shared.clocks.due import due_of
from shared.clocks.policy import Policy
from shared.clocks.shipped import NATIONAL, shipped_calendar, shipped_policy
from shared.contracts.agreements import MediationSucceeded
from shared.handling import Handling
from shared.identity import Actor
from shared.keyed_marks import NO_MARKS, KeyedMarks
from shared.keys import Keys
from shared.known_units import KnownUnitsSnapshot
from shared.ledger import Ledger
from shared.office import LedgerOffice, office_of
from shared.office.press_thread import PressThread
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
    """Made once, by the entry point."""

    mediations: Mediations
    mediators: Mediators
    committees: Committees
    vault: Vault
    policy: Policy
    calendar: Calendar
    printer: PressThread

    @classmethod
    def over(
        cls,
        ledger: Ledger,
        keys: Keys,
        seal_keys: SealKeys | None = None,
        *,
        clock_policy: str = NATIONAL,
        faces: Path | None = None,
        marks: KeyedMarks = NO_MARKS,
    ) -> "Office":
        """An office over mediation's database, under the policy of that version.

        Policies and calendars are read here, so that a mistake in one stops the process at its start.
        """
        vault = Vault(ledger.pool, keys)
        return cls(
            service=SERVICE,
            ledger=ledger,
            mediations=Handling(
                ledger=ledger,
                decider=MEDIATION,
                answer=summary,
                view_writes=partial(mediation_board.view_writes, marks=marks),
                reopen=vault.reopen,
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
            vault=vault,
            seal_keys=seal_keys,
            marks=marks,
            known_units=KnownUnitsSnapshot(ledger.pool),
            policy=shipped_policy(clock_policy),
            calendar=shipped_calendar(),
            printer=PressThread(faces),
        )

    def period(self, begun_at: datetime) -> Period:
        """The period of a mediation that begins then, unless both sides extend it (C16)."""
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
        """The last day for a signed agreement; None if it is about status, which no court confirms [JC4]."""
        if succeeded is None or succeeded.status_matters:
            return None
        return self.last_day_for_the_court(succeeded.effective_on)

    def court_answers_by(self, asked_on: date) -> tuple[date, date]:
        """The last days for the court to docket the request and to decide it (C15).

        Counted for the parties, as if the court used its whole time; it may extend by ten days.
        """
        docketed = self._last_day(_TIME_TO_DOCKET, asked_on)
        return docketed, self._last_day(_TIME_TO_DECIDE, docketed)

    def _last_day(self, clock: str, start: date) -> date:
        """The last day for the parties, the later of the two dates."""
        due = due_of(clock, start, policy=self.policy, calendar=self.calendar)
        return due.due_on_for_petitioner

    async def mediation(self, scope: str, mediation_id: str) -> MediationFile:
        """The current state; empty if nobody applied or the dispute is out of scope."""
        return (await self.mediations.read(scope, mediation_id)).state

    async def withheld(self, actor: Actor, division: str) -> Collection[str]:
        """The disputes of a ledger that complain of the actor's unit; for a token of none, of any."""
        return await kept_from.kept_from(self.pool, actor, division, own=self.own_names(actor))


TheOffice = Annotated[Office, Depends(office_of)]
