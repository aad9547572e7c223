"""Mediation's facts reach the case: it learns what came of its mediation, once of each fact."""

from collections.abc import Callable
from dataclasses import dataclass

from services.intake.domain.case import CASE
from services.intake.domain.case_commands import CaseCommand
from services.intake.domain.case_file import CaseFile
from services.intake.domain.follow_ups import OUTCOMES, note_outcome_on_mediation
from services.intake.domain.resolution_policy import ON_PERFORMANCE, ResolutionPolicy
from services.intake.store import case_board
from shared.cloudevents import RecordedEvent
from shared.contracts.event import Event
from shared.contracts.mediation import MediationEvent
from shared.divisions import division_of, in_scope
from shared.handling import Handling
from shared.keys import Keys
from shared.ledger import Ledger
from shared.office.following import Following, caused
from shared.streaming import Fold
from shared.topics import MEDIATION

SERVICE = "intake"


@dataclass(frozen=True, kw_only=True)
class Outcomes:
    """Follows what became of the mediations of cases."""

    ledger: Ledger
    cases: Handling[CaseCommand, CaseFile]
    county: str
    resolution: ResolutionPolicy

    async def note(self, event: RecordedEvent, fact: Event) -> None:
        """The case that the fact is about learns of it; what follows is in the same append."""
        if not isinstance(fact, MediationEvent):
            raise TypeError(event.kind)
        case_id = fact.case_id
        if case_id is None or not in_scope(self.county, division_of(case_id)):
            return
        case = self.cases.fold(await self.ledger.stream(self.county, case_id)).state
        for command in note_outcome_on_mediation(fact, case, self.resolution):
            wish = caused(event, command, case_id, service=SERVICE, county=self.county)
            await self.cases.handle(wish)


def follow_mediation(
    ledger: Ledger, *, county: str, resolution: ResolutionPolicy = ON_PERFORMANCE
) -> Following:
    """What intake does of itself when mediation has stated something."""
    cases = Handling(ledger=ledger, decider=CASE, answer=lambda _: None, beside=case_board.beside)
    outcomes = Outcomes(ledger=ledger, cases=cases, county=county, resolution=resolution)
    policies = dict.fromkeys(OUTCOMES, outcomes.note)
    return Following(service=SERVICE, source="/mediation", policies=policies)


def followed_by(county: str) -> Callable[[Ledger, Keys], dict[str, Fold]]:
    """Every topic that intake follows, with what it does there, over its ledgers."""
    return lambda ledger, _: {MEDIATION: follow_mediation(ledger, county=county)}
