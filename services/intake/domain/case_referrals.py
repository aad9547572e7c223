"""What became of asking committees: whom a case still asks, and what it has heard."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from shared.contracts.case_codes import MediationOutcome
from shared.contracts.intake import CaseReferredToMediation, MediationOutcomeNoted

CAME_TO_NOTHING = {
    MediationOutcome.NOT_TAKEN_UP,
    MediationOutcome.REFUSED,
    MediationOutcome.FAILED,
    MediationOutcome.TERMINATED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """What a committee was asked, and the mediation that it answered with, once one is heard of."""

    fact: CaseReferredToMediation
    mediation_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfMediation:
    """All that a case knows of its mediations."""

    referrals: Mapping[str, Referral] = field(default_factory=dict)
    """By committee, what it was asked last; several may be asked."""
    noted: Mapping[str, MediationOutcomeNoted] = field(default_factory=dict)
    """By mediation, what was heard of it last."""
    unread: frozenset[str] = frozenset()
    """Of which mediations something was noted since the case was filed or opened again."""

    def still_asks(self, committee_id: str) -> CaseReferredToMediation | None:
        """What the committee is asked, unless that came to nothing: then it may be asked again."""
        referral = self.referrals.get(committee_id)
        if referral is None:
            return None
        answer = self.answer_to(referral)
        return None if answer and answer.outcome in CAME_TO_NOTHING else referral.fact

    def answer_to(self, referral: Referral) -> MediationOutcomeNoted | None:
        """What was heard last of the mediation that the committee answered with."""
        return self.noted.get(referral.mediation_id or "")

    def outcomes(self) -> list[MediationOutcome]:
        """What was heard last of each mediation since the case was filed or opened again."""
        return [self.noted[each].outcome for each in sorted(self.unread)]

    def after(self, fact: CaseReferredToMediation | MediationOutcomeNoted) -> "OfMediation":
        """The same with one fact more."""
        if isinstance(fact, CaseReferredToMediation):
            return replace(
                self, referrals={**self.referrals, fact.committee_id: Referral(fact=fact)}
            )
        return replace(
            self,
            referrals=self._answered(fact),
            noted={**self.noted, fact.mediation_id: fact},
            unread=self.unread | {fact.mediation_id},
        )

    def read(self) -> "OfMediation":
        """Who opens a case again has read what was noted before."""
        return replace(self, unread=frozenset())

    def _answered(self, noted: MediationOutcomeNoted) -> Mapping[str, Referral]:
        """A mediation is first heard of while its own referral is the committee's last one.

        For a committee is asked again only when that has come to nothing.
        """
        referral = self.referrals.get(noted.committee_id or "")
        if referral is None or noted.mediation_id in self.noted:
            return self.referrals
        answered = replace(referral, mediation_id=noted.mediation_id)
        return {**self.referrals, referral.fact.committee_id: answered}
