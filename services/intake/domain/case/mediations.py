"""The mediations of a case: which committees it asks, and what was noted of each outcome."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from shared.contracts.case_codes import MediationOutcome
from shared.contracts.intake import CaseReferredToMediation, MediationOutcomeNoted
from shared.decider import Mark

CAME_TO_NOTHING = {
    MediationOutcome.NOT_TAKEN_UP,
    MediationOutcome.REFUSED,
    MediationOutcome.FAILED,
    MediationOutcome.TERMINATED,
}
OVER = CAME_TO_NOTHING | {MediationOutcome.PERFORMED, MediationOutcome.BREACHED}
"""The committee has nothing more to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """What a committee was asked, and the mediation by which it answered, once one is known."""

    fact: CaseReferredToMediation
    mediation_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mediations:
    """All that a case knows of its mediations."""

    referrals: Mapping[str, Referral] = field(default_factory=dict)
    """By committee, the last referral to it; several committees may be asked."""
    noted: Mapping[str, MediationOutcomeNoted] = field(default_factory=dict)
    """By mediation, the last outcome noted."""
    noted_at: Mapping[str, Mark] = field(default_factory=dict)
    """By mediation, the mark of the last note."""
    unread: frozenset[str] = frozenset()
    """The mediations of which something was noted since the case was filed or reopened."""

    def still_asks(self, committee_id: str) -> CaseReferredToMediation | None:
        """The referral that a committee has; None after it came to nothing: it may be asked again."""
        referral = self.referrals.get(committee_id)
        if referral is None:
            return None
        answer = self.answer_to(referral)
        return None if answer and answer.outcome in CAME_TO_NOTHING else referral.fact

    @property
    def is_asked_for(self) -> bool:
        """Whether a committee has yet to come to an end with a referral of the case."""
        answers = (self.answer_to(each) for each in self.referrals.values())
        return any(answer is None or answer.outcome not in OVER for answer in answers)

    def answer_to(self, referral: Referral) -> MediationOutcomeNoted | None:
        """The last outcome noted of the mediation by which the committee answered."""
        return self.noted.get(referral.mediation_id or "")

    def outcomes(self) -> list[tuple[MediationOutcome, Mark]]:
        """The last outcome of each mediation that was noted since filing or reopening."""
        return [(self.noted[each].outcome, self.noted_at[each]) for each in sorted(self.unread)]

    def performed(self) -> list[Mark]:
        """The notes of agreements that were performed, among those outcomes."""
        return [mark for each, mark in self.outcomes() if each is MediationOutcome.PERFORMED]

    def after(
        self, fact: CaseReferredToMediation | MediationOutcomeNoted, mark: Mark
    ) -> "Mediations":
        """The mediations after one more fact."""
        if isinstance(fact, CaseReferredToMediation):
            return replace(
                self, referrals={**self.referrals, fact.committee_id: Referral(fact=fact)}
            )
        return replace(
            self,
            referrals=self._answered(fact),
            noted={**self.noted, fact.mediation_id: fact},
            noted_at={**self.noted_at, fact.mediation_id: mark},
            unread=self.unread | {fact.mediation_id},
        )

    def read(self) -> "Mediations":
        """The mediations after a reopening: who reopens a case has read what was noted before."""
        return replace(self, unread=frozenset())

    def _answered(self, noted: MediationOutcomeNoted) -> Mapping[str, Referral]:
        """Ties a mediation that is noted for the first time to its committee's last referral.

        That referral is the right one, because a committee is asked again only after the one
        before came to nothing.
        """
        referral = self.referrals.get(noted.committee_id or "")
        if referral is None or noted.mediation_id in self.noted:
            return self.referrals
        answered = replace(referral, mediation_id=noted.mediation_id)
        return {**self.referrals, referral.fact.committee_id: answered}
