"""Ledgers of made-up mediations and mediators: each call is one event."""

from datetime import date, datetime
from typing import Any

from services.stats.domain.counted_subject import CountedSubject
from services.stats.domain.mediation_fact import MediationFact
from services.stats.domain.mediation_subject import MEDIATION
from services.stats.domain.mediator_fact import MediatorFact
from services.stats.domain.mediator_subject import MEDIATOR
from shared.contracts.agreement_codes import AgreementForm, BreachGround
from shared.contracts.agreements import AgreementBreached, AgreementPerformed, MediationSucceeded
from shared.contracts.case_codes import Category
from shared.contracts.mediation import (
    MediationApplied,
    MediationEndVoided,
    MediationFailed,
    MediationRefused,
    MediationSessionHeld,
    MediationSessionVoided,
    MediationTerminated,
)
from shared.contracts.mediation_codes import (
    DisputeKind,
    FailureGround,
    MediationOrigin,
    MediatorKind,
    PartySide,
    PlaceKind,
    SessionMode,
    TerminationGround,
    VoidReason,
)
from shared.contracts.mediators import MediatorEnrolled, MediatorLeft
from shared.divisions import new_id
from tests.stats.made_up_ledger import TOWNSHIP, MadeUpLedger

DIGEST = "0" * 64
COMMITTEE, OTHER_COMMITTEE = new_id(TOWNSHIP), new_id(TOWNSHIP)
WU = new_id(TOWNSHIP)


class Mediations(MadeUpLedger):
    """Disputes and people of a township, as the mediation service tells of them."""

    source = "/mediation"

    def apply(
        self,
        on: str | datetime,
        category: Category = Category.LAND,
        kind: DisputeKind = DisputeKind.NEIGHBOURS,
        village: str | None = None,
        committee: str = COMMITTEE,
        **more: Any,
    ) -> str:
        mediation = new_id(self.division)
        applied = MediationApplied(
            origin=MediationOrigin.APPLIED,
            category=category,
            dispute_kind=kind,
            committee_id=committee,
            applicants=(),
            respondents=(),
            village_code=village,
            **{**_about(mediation), **more},
        )
        self.record(applied, mediation, on)
        return mediation

    def meet(
        self, mediation: str, on: str | datetime, mode: SessionMode = SessionMode.JOINT
    ) -> str:
        session = new_id(self.division)
        held = MediationSessionHeld(
            session_id=session,
            mode=mode,
            place_kind=PlaceKind.HOME,
            mediator_id=WU,
            people={},
            **_about(mediation),
        )
        self.record(held, mediation, on)
        return session

    def void_session(self, mediation: str, session: str, on: str | datetime) -> None:
        voided = MediationSessionVoided(
            session_id=session, reason=VoidReason.BY_MISTAKE, **_about(mediation)
        )
        self.record(voided, mediation, on)

    def succeed(self, mediation: str, on: str | datetime, perform_by: str | None = None) -> None:
        succeeded = MediationSucceeded(
            agreement_id=mediation,
            form=AgreementForm.WRITTEN,
            mediator_id=WU,
            parts=(),
            instalments=(),
            effective_on=date(2025, 1, 1),
            legality_checked=(),
            legality_objections=(),
            agreement_digest=DIGEST,
            perform_by=None if perform_by is None else date.fromisoformat(perform_by),
            **_about(mediation),
        )
        self.record(succeeded, mediation, on)

    def fail(self, mediation: str, on: str | datetime) -> None:
        failed = MediationFailed(
            ground=FailureGround.NO_AGREEMENT, routes_told=(), **_about(mediation)
        )
        self.record(failed, mediation, on)

    def terminate(self, mediation: str, on: str | datetime) -> None:
        ground = TerminationGround.PARTY_NOT_FOUND
        self.record(
            MediationTerminated(ground=ground, routes_told=(), **_about(mediation)), mediation, on
        )

    def refuse(self, mediation: str, on: str | datetime) -> None:
        side = PartySide.RESPONDENT
        self.record(
            MediationRefused(side=side, routes_told=(), **_about(mediation)), mediation, on
        )

    def void_end(self, mediation: str, on: str | datetime) -> None:
        voided = MediationEndVoided(reason=VoidReason.BY_MISTAKE, **_about(mediation))
        self.record(voided, mediation, on)

    def perform(self, mediation: str, on: str | datetime) -> None:
        performed = AgreementPerformed(agreement_id=mediation, **_about(mediation))
        self.record(performed, mediation, on)

    def breach(self, mediation: str, on: str | datetime) -> None:
        breached = AgreementBreached(
            agreement_id=mediation,
            ground=BreachGround.NOT_PERFORMED,
            routes_offered=(),
            **_about(mediation),
        )
        self.record(breached, mediation, on)

    def enrol(self, on: str | datetime, *kinds: MediatorKind, again: str | None = None) -> str:
        mediator = again or new_id(self.division)
        enrolled = MediatorEnrolled(mediator_id=mediator, kinds=kinds, person_ref=mediator)
        self.record(enrolled, mediator, on)
        return mediator

    def leave(self, mediator: str, on: str | datetime) -> None:
        self.record(MediatorLeft(mediator_id=mediator), mediator, on)

    def fact(self, mediation: str) -> MediationFact:
        """What the mediation's steps come to."""
        fact = self._folded(MEDIATION, mediation)
        assert isinstance(fact, MediationFact)
        return fact

    def roster_fact(self, mediator: str) -> MediatorFact:
        """What the mediator's steps come to."""
        fact = self._folded(MEDIATOR, mediator)
        assert isinstance(fact, MediatorFact)
        return fact

    def _folded(self, subject: CountedSubject, about: str) -> Any:
        steps = [step for event in self.events for step in subject.steps_of(event)]
        return subject.fold(step for step in steps if step.entity_id == about)


def _about(mediation: str) -> Any:
    return {"mediation_id": mediation, "matter_id": mediation}
