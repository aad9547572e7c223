"""What intake does on others' events: it files converted reports, and notes outcomes of mediation."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

import orjson

from services.intake.domain.case import CASE, CaseCommand, CaseFile
from services.intake.domain.case.mediation_outcome import NoteMediationOutcome
from services.intake.domain.case_rights import office_if_unheld
from services.intake.domain.follow_ups import OUTCOMES, note_outcome_on_mediation
from services.intake.domain.resolution_policy import ON_PERFORMANCE, ResolutionPolicy
from services.intake.store import case_board
from services.intake.store.registry_snapshot import RegistrySnapshots
from services.intake.stream.conversions import follow_grid
from services.intake.stream.transfers import follow_intake
from shared.clocks.shipped import NATIONAL
from shared.cloudevents import RecordedEvent
from shared.contracts.case_codes import MediationOutcome
from shared.contracts.event import Event
from shared.contracts.intake import (
    CaseAccepted,
    CaseReferredToMediation,
    CaseReopened,
    CaseResolved,
)
from shared.contracts.mediation import MediationEvent
from shared.contracts.referral import declined_as, taken_up_as
from shared.divisions import division_of, in_scope
from shared.handling import Handling, Prepared, Record
from shared.keyed_marks import NO_MARKS, KeyedMarks
from shared.keys import Keys
from shared.ledger import Ledger
from shared.ledger.read import StreamEvent
from shared.office.following import Following, caused
from shared.streaming import Fold
from shared.times import china_day
from shared.topics import topic_of

SERVICE = "intake"


@dataclass(frozen=True, kw_only=True)
class Outcomes:
    """Follows what became of the mediations of cases."""

    cases: Handling[CaseCommand, CaseFile]
    county: str
    resolution: ResolutionPolicy
    registries: RegistrySnapshots

    async def note(self, event: RecordedEvent, fact: Event) -> None:
        """The case that the fact is about learns of it; what follows is in the same append."""
        if not isinstance(fact, MediationEvent):
            raise TypeError(event.kind)
        case_id = fact.case_id
        if case_id is None or not in_scope(self.county, division_of(case_id)):
            return
        request = caused(
            event,
            partial(self._prepare, event, fact),
            case_id,
            command=NoteMediationOutcome,
            service=SERVICE,
            county=self.county,
        )
        await self.cases.handle(request)

    async def _prepare(
        self, event: RecordedEvent, fact: MediationEvent, record: Record[CaseFile]
    ) -> Prepared[CaseCommand, CaseFile] | None:
        """The note, decided on the case as it is; None where the case did not ask for it."""
        asked = _whose_answer(fact.mediation_id, record.history)
        command = note_outcome_on_mediation(
            fact,
            record.state,
            cause=event.event_id,
            committee_id=asked,
            policy=self.resolution,
        )
        if command is None:
            return None
        if command.outcome is MediationOutcome.BREACHED:
            command = replace(command, to_office=await self._office_if_unheld(record.state))
        # a committee may have begun by itself, before anybody came to the office
        at = max(event.occurred_at, record.history[0].occurred_at)
        follows_at = self._earliest(command, record.history)
        return Prepared(command=command, at=at, follows_at=follows_at)

    async def _office_if_unheld(self, case: CaseFile) -> str | None:
        """To whom the case goes if it is open again, where nobody holds what it was given to."""
        registry = await self.registries.of(self.county)
        return office_if_unheld(case, registry, on=china_day(datetime.now(UTC)))

    def _earliest(
        self, command: NoteMediationOutcome, history: Sequence[StreamEvent]
    ) -> datetime | None:
        """When a case may be settled or opened again at the earliest by what is noted.

        A mediation may tell of a day that has passed, and no case is resolved before it was
        accepted or opened again, nor opened again before it was resolved.
        """
        comes_after = {MediationOutcome.BREACHED: {CaseResolved.kind}}
        open_by = {CaseAccepted.kind, CaseReopened.kind}
        comes_after |= dict.fromkeys(self.resolution.resolves_on, open_by)
        before = comes_after.get(command.outcome, set())
        return max((each.occurred_at for each in history if each.kind in before), default=None)


def _whose_answer(mediation_id: str, history: Sequence[StreamEvent]) -> str | None:
    """The committee whose referral came to this mediation, or came to nothing under this id."""
    for event in history:
        if event.kind != CaseReferredToMediation.kind:
            continue
        committee_id: str = orjson.loads(event.data)["committee_id"]
        taken = taken_up_as(event.event_id, committee_id)
        if mediation_id in {taken, declined_as(event.event_id, event.stream_id)}:
            return committee_id
    return None


def follow_mediation(
    ledger: Ledger, *, county: str, resolution: ResolutionPolicy = ON_PERFORMANCE
) -> Following:
    """What intake does of itself when mediation has stated something."""
    cases = Handling(
        ledger=ledger, decider=CASE, answer=lambda _: None, view_writes=case_board.view_writes
    )
    registries = RegistrySnapshots(ledger.pool)
    outcomes = Outcomes(cases=cases, county=county, resolution=resolution, registries=registries)
    policies = dict.fromkeys(OUTCOMES, outcomes.note)
    return Following(service=SERVICE, source="/mediation", policies=policies)


def followed_by(
    county: str, *, clock_policy: str = NATIONAL, marks: KeyedMarks = NO_MARKS
) -> Callable[[Ledger, Keys], dict[str, Fold]]:
    """Every topic that intake follows, with what it does there, over its ledgers."""
    return lambda ledger, keys: {
        topic_of("intake"): follow_intake(ledger, keys, county=county, clock_policy=clock_policy),
        topic_of("grid"): follow_grid(ledger, keys, county=county, marks=marks),
        topic_of("mediation"): follow_mediation(ledger, county=county),
    }
