"""Mediation's facts reach the case: a kept promise resolves it, a broken one opens it again."""

from collections.abc import Callable
from dataclasses import dataclass

from services.intake.domain.case import CASE
from services.intake.domain.case_commands import CaseCommand
from services.intake.domain.case_file import CaseFile
from services.intake.domain.follow_ups import (
    ON_PERFORMANCE,
    ResolutionPolicy,
    reopen_case_on_agreement_breached,
    resolve_case_on_mediation,
)
from services.intake.store import case_board
from shared.cloudevents import RecordedEvent
from shared.contracts.agreements import AgreementBreached
from shared.contracts.event import Event
from shared.contracts.mediation import MediationEvent
from shared.divisions import division_of, in_scope
from shared.handling import Handling
from shared.keys import Keys
from shared.ledger import Ledger
from shared.office.following import Following, Policy, caused
from shared.streaming import Fold
from shared.topics import MEDIATION

SERVICE = "intake"
Decide = Callable[[MediationEvent, CaseFile], list[CaseCommand]]


@dataclass(frozen=True, kw_only=True)
class Outcomes:
    """Follows what became of the mediations of cases."""

    ledger: Ledger
    cases: Handling[CaseCommand, CaseFile]
    county: str
    resolution: ResolutionPolicy

    async def resolve(self, event: RecordedEvent, fact: Event) -> None:
        """A fact that the policy lists resolves the case that it is about."""
        await self._follow(event, fact, self._resolving)

    async def reopen(self, event: RecordedEvent, fact: Event) -> None:
        """A promise that was kept and then broken opens its case again."""
        await self._follow(event, fact, _reopening)

    def _resolving(self, fact: MediationEvent, case: CaseFile) -> list[CaseCommand]:
        return resolve_case_on_mediation(fact, case, self.resolution)

    async def _follow(self, event: RecordedEvent, fact: Event, decide: Decide) -> None:
        if not isinstance(fact, MediationEvent):
            raise TypeError(event.kind)
        case_id = fact.case_id
        if case_id is None or not in_scope(self.county, division_of(case_id)):
            return
        case = self.cases.fold(await self.ledger.stream(self.county, case_id)).state
        for command in decide(fact, case):
            wish = caused(event, command, case_id, service=SERVICE, county=self.county)
            await self.cases.handle(wish)


def _reopening(fact: MediationEvent, case: CaseFile) -> list[CaseCommand]:
    if not isinstance(fact, AgreementBreached):
        raise TypeError(fact.kind)
    return reopen_case_on_agreement_breached(fact, case)


def follow_mediation(
    ledger: Ledger, *, county: str, resolution: ResolutionPolicy = ON_PERFORMANCE
) -> Following:
    """What intake does of itself when mediation has stated something."""
    cases = Handling(ledger=ledger, decider=CASE, answer=lambda _: None, beside=case_board.beside)
    outcomes = Outcomes(ledger=ledger, cases=cases, county=county, resolution=resolution)
    policies: dict[str, Policy] = dict.fromkeys(resolution.resolves_on, outcomes.resolve)
    policies[AgreementBreached.kind] = outcomes.reopen
    return Following(service=SERVICE, source="/mediation", policies=policies)


def followed_by(county: str) -> Callable[[Ledger, Keys], dict[str, Fold]]:
    """Every topic that intake follows, with what it does there, over its ledgers."""
    return lambda ledger, _: {MEDIATION: follow_mediation(ledger, county=county)}
