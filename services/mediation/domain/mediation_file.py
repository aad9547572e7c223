"""The state of a mediation: what its events have come to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypedDict

from services.mediation.domain.agreement_file import AgreementFile
from services.mediation.domain.mediation_refusals import MediationNotFound
from services.mediation.domain.mediation_state import MediationState
from shared.contracts.agreements import (
    AgreementDrafted,
    AgreementDraftVoided,
    FollowUpMade,
)
from shared.contracts.mediation import (
    ConsentWithdrawn,
    MediationApplied,
    MediationConsented,
    MediationConsentVoided,
    MediationEndVoided,
    MediationExtensionVoided,
    MediationFailed,
    MediationNotTakenUp,
    MediationOpened,
    MediationPaperFilledIn,
    MediationPaperVoided,
    MediationPartiesNamed,
    MediationPeriodExtended,
    MediationRefused,
    MediationSessionHeld,
    MediationSessionVoided,
    MediationTerminated,
    MediatorAssignmentVoided,
    MediatorRecusalVoided,
    MediatorRecused,
)
from shared.contracts.mediation_codes import PartySide
from shared.times import china_day

End = MediationRefused | MediationFailed | MediationTerminated
"""The ways in which a mediation ends without an agreement."""

Voiding = (
    MediationConsentVoided
    | MediatorAssignmentVoided
    | MediatorRecusalVoided
    | MediationExtensionVoided
    | MediationSessionVoided
    | AgreementDraftVoided
    | MediationEndVoided
    | MediationPaperVoided
)


class About(TypedDict):
    """What every event about a mediation repeats."""

    mediation_id: str
    matter_id: str
    case_id: str | None
    report_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MediationFile:
    """The state of a mediation; each fact is kept as it was published."""

    version: int = 0
    applied: MediationApplied | None = None
    declined: MediationNotTakenUp | None = None
    """In place of an application, where no committee could take a referral."""
    named: Mapping[PartySide, MediationPartiesNamed] = field(default_factory=dict)
    """Who was found out to be on a side; the last time counts."""
    taken_over: str | None = None
    """Digest of what was said of the dispute, where that was taken over after the application."""
    consents: Mapping[PartySide, MediationConsented] = field(default_factory=dict)
    opened: MediationOpened | None = None
    withdrawn: ConsentWithdrawn | None = None
    ended: End | None = None
    mediators: frozenset[str] = frozenset()
    """Those who take part and have not stepped back."""
    recusals: Mapping[str, MediatorRecused] = field(default_factory=dict)
    extensions: tuple[MediationPeriodExtended, ...] = ()
    sessions: Mapping[str, MediationSessionHeld] = field(default_factory=dict)
    drafted: AgreementDrafted | None = None
    agreement: AgreementFile = field(default_factory=AgreementFile)
    follow_ups: Mapping[str, FollowUpMade] = field(default_factory=dict)
    papers: Mapping[str, MediationPaperFilledIn] = field(default_factory=dict)
    """By digest, in the order in which they were filled in last."""
    voided: frozenset[Voiding] = frozenset()
    """Every voiding event; voided records are nowhere else in this state."""

    @property
    def state(self) -> MediationState:
        """The state of the mediation."""
        if self.agreement.succeeded:
            return self.agreement.state
        if self.ended:
            return _ended_as(self.ended)
        if self.withdrawn:
            return MediationState.FAILED if self.opened else MediationState.TERMINATED
        if self.opened:
            return MediationState.OPEN
        return MediationState.APPLIED if self.applied else MediationState.UNAPPLIED

    @property
    def due_at(self) -> datetime | None:
        """The end of the time for mediation, extensions included; None before it begins."""
        if self.extensions:
            return self.extensions[-1].due_at
        return self.opened.due_at if self.opened else None

    @property
    def words_digest(self) -> str | None:
        """Of what was said of the dispute: as taken over last, else as applied for."""
        return self.taken_over or (self.applied.application_digest if self.applied else None)

    @property
    def last_day(self) -> date | None:
        """The last one of the time for mediation, which ends with it."""
        return self.due_at and china_day(self.due_at - timedelta(microseconds=1))

    @property
    def without_consent(self) -> PartySide | None:
        """The first side that has not agreed."""
        return next((side for side in PartySide if side not in self.consents), None)

    def parties_of(self, side: PartySide) -> tuple[str, ...]:
        """Those who agreed, else those who were named since, else those of the application."""
        if side in self.consents:
            return self.consents[side].parties
        named = self.named[side].parties if side in self.named else ()
        return named or self.parties_applied_for(side)

    def parties_applied_for(self, side: PartySide) -> tuple[str, ...]:
        """Those whom the application names."""
        if self.applied is None:
            return ()
        applied = self.applied
        return applied.applicants if side is PartySide.APPLICANT else applied.respondents

    def about(self) -> About:
        """What the next event repeats; MediationNotFound for one that nobody applied for."""
        if self.applied is None:
            raise MediationNotFound
        return about(self.applied)


def about(applied: MediationApplied) -> About:
    """Which mediation of which matter, and from where it was referred."""
    return {
        "mediation_id": applied.mediation_id,
        "matter_id": applied.matter_id,
        "case_id": applied.case_id,
        "report_id": applied.report_id,
    }


def _ended_as(end: End) -> MediationState:
    match end:
        case MediationRefused():
            return MediationState.REFUSED
        case MediationFailed():
            return MediationState.FAILED
        case MediationTerminated():
            return MediationState.TERMINATED
