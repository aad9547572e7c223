"""What the routes need: cases and their vault, numbers, policy, calendar, clock, keys."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from fastapi import Depends
from limits import RateLimitItem

from services.intake.api.resident_limits import ResidentLimits
from services.intake.api.summaries import (
    accusation_summary,
    conference_summary,
    higher_visit_summary,
    key_case_summary,
    post_summary,
    reception_summary,
    summary,
    unit_summary,
)
from services.intake.api.whoever_asks import participant
from services.intake.domain.accusation import ACCUSATION, AccusationCommand, AccusationFile
from services.intake.domain.case import CaseCommand, CaseFile, case_decider
from services.intake.domain.cases_named import cases_named
from services.intake.domain.complained_unit import hidden_from
from services.intake.domain.conferences import CONFERENCE, ConferenceCommand, ConferenceFile
from services.intake.domain.higher_visit import HIGHER_VISIT, HigherVisit, HigherVisitCommand
from services.intake.domain.key_cases import KEY_CASE, KeyCaseCommand, KeyCaseFile
from services.intake.domain.posts import POST, PostCommand, PostFile
from services.intake.domain.receptions import RECEPTION, ReceptionCommand, ReceptionFile
from services.intake.domain.registry import Registry
from services.intake.domain.term_of_handling import (
    due_after_extension,
    due_of_handling,
    objection_decided_until,
    objection_until,
    review_until,
)
from services.intake.domain.units import UNIT, UnitCommand, UnitFile
from services.intake.store import (
    accusation_board,
    case_board,
    conference_board,
    higher_visit_board,
    key_case_board,
    post_board,
    reception_board,
    unit_board,
)
from services.intake.store.attempt_counts import LOOK_UPS_PER_POST, AttemptCounts
from services.intake.store.case_number import CaseNumbers
from services.intake.store.registry_snapshot import RegistrySnapshots
from shared.clocks.calendar import Calendar
from shared.clocks.due import Due
from shared.clocks.policy import Policy
from shared.clocks.shipped import NATIONAL, shipped_calendar, shipped_policy
from shared.cloudevents import RecordedEvent
from shared.contracts.case_codes import Procedure
from shared.divisions import division_of
from shared.handling import Handling
from shared.identity import Actor
from shared.identity.refusals import PostMissing
from shared.keyed_marks import NO_MARKS, KeyedMarks
from shared.keys import Keys
from shared.ledger import Ledger
from shared.office import LedgerOffice, office_of
from shared.office.press_thread import PressThread
from shared.sealing import SealKeys
from shared.times import china_day
from shared.vault import Vault

SERVICE = "intake"

Cases = Handling[CaseCommand, CaseFile]
Units = Handling[UnitCommand, UnitFile]
Posts = Handling[PostCommand, PostFile]
Accusations = Handling[AccusationCommand, AccusationFile]
Receptions = Handling[ReceptionCommand, ReceptionFile]
Conferences = Handling[ConferenceCommand, ConferenceFile]
KeyCases = Handling[KeyCaseCommand, KeyCaseFile]
HigherVisits = Handling[HigherVisitCommand, HigherVisit]


@dataclass(frozen=True, kw_only=True)
class Office(LedgerOffice):
    """Made once, by the entry point."""

    keys: Keys
    cases: Cases
    units: Units
    posts: Posts
    accusations: Accusations
    receptions: Receptions
    conferences: Conferences
    key_cases: KeyCases
    higher_visits: HigherVisits
    registries: RegistrySnapshots
    vault: Vault
    numbers: CaseNumbers
    printer: PressThread
    policy: Policy
    calendar: Calendar
    resident_limits: ResidentLimits
    look_ups_per_post: RateLimitItem = LOOK_UPS_PER_POST

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
        limits: Mapping[str, str] = MappingProxyType({}),
    ) -> "Office":
        """An office over intake's database, under the policy of that version.

        `limits` are those of residents, where they are not the usual ones. Policies and calendars are read here, so that a mistake in one stops the process at its start.
        """
        vault = Vault(ledger.pool, keys)
        cases = Handling(
            ledger=ledger,
            decider=case_decider(marks),
            answer=summary,
            view_writes=case_board.view_writes,
            reopen=vault.reopen,
        )
        return cls(
            service=SERVICE,
            ledger=ledger,
            keys=keys,
            cases=cases,
            units=Handling(
                ledger=ledger,
                decider=UNIT,
                answer=unit_summary,
                view_writes=unit_board.view_writes,
            ),
            posts=Handling(
                ledger=ledger,
                decider=POST,
                answer=post_summary,
                view_writes=post_board.view_writes,
            ),
            accusations=Handling(
                ledger=ledger,
                decider=ACCUSATION,
                answer=accusation_summary,
                view_writes=accusation_board.view_writes,
                reopen=vault.reopen,
            ),
            receptions=Handling(
                ledger=ledger,
                decider=RECEPTION,
                answer=reception_summary,
                view_writes=reception_board.view_writes,
            ),
            conferences=Handling(
                ledger=ledger,
                decider=CONFERENCE,
                answer=conference_summary,
                view_writes=conference_board.view_writes,
            ),
            key_cases=Handling(
                ledger=ledger,
                decider=KEY_CASE,
                answer=key_case_summary,
                view_writes=key_case_board.view_writes,
            ),
            higher_visits=Handling(
                ledger=ledger,
                decider=HIGHER_VISIT,
                answer=higher_visit_summary,
                view_writes=higher_visit_board.view_writes,
            ),
            registries=RegistrySnapshots(ledger.pool),
            vault=vault,
            numbers=CaseNumbers(ledger.pool),
            printer=PressThread(faces),
            seal_keys=seal_keys,
            marks=marks,
            policy=shipped_policy(clock_policy),
            calendar=shipped_calendar(),
            resident_limits=ResidentLimits.of(AttemptCounts(ledger.pool), keys, **limits),
        )

    async def readable(
        self, actor: Actor, division: str, events: Sequence[RecordedEvent]
    ) -> Sequence[RecordedEvent]:
        """Nor what names a case that complains of the actor's unit, such as a visit or a conference."""
        found = await super().readable(actor, division, events)
        named = {each.event_id: cases_named(each) for each in found}
        divisions = {division_of(case_id) for ids in named.values() for case_id in ids}
        hidden = {
            case_id for other in sorted(divisions) for case_id in await self.withheld(actor, other)
        }
        return [each for each in found if hidden.isdisjoint(named[each.event_id])]

    async def registry(self, division: str) -> Registry:
        """The units and posts of the county in which the division lies, at most a second old."""
        return await self.registries.of(division)

    async def withheld(self, actor: Actor, division: str) -> Collection[str]:
        """The cases of a ledger that complain of the actor's unit; PostMissing for one of no unit."""
        if actor.unit is None:
            raise PostMissing
        registry = await self.registry(actor.scope)
        today = china_day(self.now())
        hidden = hidden_from(participant(actor), registry, on=today, marks=self.marks)
        if hidden is None:
            return ()
        return await case_board.complaints_about(self.pool, actor.scope, hidden, division=division)

    def due(self, procedure: Procedure, accepted_at: datetime) -> Due:
        """When the opinion on a case accepted at that moment is due."""
        return due_of_handling(procedure, accepted_at, policy=self.policy, calendar=self.calendar)

    def objection_until(self, received_on: date, *, recorded_on: date) -> date:
        """The last day on which a receiver may object to a matter received on that day."""
        due = objection_until(
            received_on, recorded_on=recorded_on, policy=self.policy, calendar=self.calendar
        )
        return due.due_on

    def objection_decided_by(self) -> datetime:
        """When an objection that is made now goes to the superior, unless it is decided before."""
        today = china_day(self.now())
        return objection_decided_until(today, policy=self.policy, calendar=self.calendar).due_at

    def due_after_extension(self, case: CaseFile, days: int) -> Due | str:
        """When the opinion is due after so many more days; why not, where the law allows none."""
        return due_after_extension(case, days, policy=self.policy, calendar=self.calendar)

    def review_until(self, case: CaseFile) -> date | None:
        """The petitioner's last day to ask for a review of what the case was answered with."""
        return review_until(case, policy=self.policy, calendar=self.calendar)


TheOffice = Annotated[Office, Depends(office_of)]
