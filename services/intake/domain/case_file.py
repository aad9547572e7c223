"""The state of a case: what its events have come to since it was filed, or since it was reopened."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypedDict

from services.intake.domain.case_commands import Origin
from services.intake.domain.case_referral import CAME_TO_NOTHING, Referral
from services.intake.domain.case_refusals import CaseNotFound
from shared.contracts.event import Code, Event
from shared.contracts.intake import (
    CaseAccepted,
    CaseClosed,
    CaseDiverted,
    CaseEvent,
    CaseFiled,
    CaseForwarded,
    CaseLinked,
    CaseReferredToMediation,
    CaseReopened,
    CaseReplied,
    CaseResolved,
    CaseWithdrawn,
    MediationOutcomeNoted,
    OpinionIssued,
    OpinionServed,
)

Departure = CaseWithdrawn | CaseDiverted | CaseLinked
"""The ways on which a case leaves the office without being handled to its end there."""


class CaseState(Code):
    """Where a case stands, as lists show it."""

    UNFILED = "unfiled", "未登记"
    FILED = "filed", "已登记"
    FORWARDED = "forwarded", "已转送"
    ACCEPTED = "accepted", "已受理"
    ANSWERED = "answered", "已答复"
    RESOLVED = "resolved", "已化解"
    WITHDRAWN = "withdrawn", "已撤回"
    DIVERTED = "diverted", "已导入法定途径"
    LINKED = "linked", "已并案"
    CLOSED = "closed", "已办结"


class About(TypedDict):
    """What every event about a case repeats."""

    case_id: str
    matter_id: str
    imported: bool | None
    day_only: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A case as its facts tell it; each fact is kept as it was published."""

    version: int = 0
    filed: CaseFiled | None = None
    forwarded: CaseForwarded | None = None
    referrals: Mapping[str, Referral] = field(default_factory=dict)
    """By committee, what it was asked last; several may be asked."""
    noted: Mapping[str, MediationOutcomeNoted] = field(default_factory=dict)
    """By mediation, what was heard of it last."""
    heard: frozenset[str] = frozenset()
    """Of which mediations something was noted since the case was filed or opened again."""
    accepted: CaseAccepted | None = None
    replied: CaseReplied | None = None
    issued: OpinionIssued | None = None
    served: OpinionServed | None = None
    resolved: CaseResolved | None = None
    departed: Departure | None = None
    closed: CaseClosed | None = None
    reopened: CaseReopened | None = None
    imported: frozenset[CaseEvent] = frozenset()
    """All that registers have stated: not forgotten when a case is reopened."""

    @property
    def state(self) -> CaseState:
        """The furthest point that the case has reached."""
        if self.closed:
            return CaseState.CLOSED
        if self.departed:
            return _departed_to(self.departed)
        reached = (
            (self.resolved, CaseState.RESOLVED),
            (self.served or self.replied, CaseState.ANSWERED),
            (self.accepted, CaseState.ACCEPTED),
            (self.forwarded, CaseState.FORWARDED),
            (self.filed, CaseState.FILED),
        )
        return next((state for fact, state in reached if fact), CaseState.UNFILED)

    def about(self, origin: Origin) -> About:
        """What the next event repeats of the case; CaseNotFound for one that was never filed."""
        if self.filed is None:
            raise CaseNotFound
        return about(self.filed.case_id, self.filed.matter_id, origin)

    def still_asks(self, committee_id: str) -> CaseReferredToMediation | None:
        """What the committee is asked, unless that came to nothing: then it may be asked again."""
        referral = self.referrals.get(committee_id)
        if referral is None:
            return None
        last = self.noted.get(referral.mediation_id or "")
        return None if last and last.outcome in CAME_TO_NOTHING else referral.fact

    def holds(self, fact: CaseEvent) -> bool:
        """Whether the record says this already, or a register once said it in the same words."""
        current = (
            self.forwarded,
            self.replied,
            self.issued,
            self.served,
            self.resolved,
            self.departed,
            self.closed,
        )
        said = _without_marks(fact)
        return fact in self.imported or any(
            held is not None and _without_marks(held) == said for held in current
        )


def about(case_id: str, matter_id: str, origin: Origin) -> About:
    """Which case, and whether an older register says so, and how precisely."""
    return {
        "case_id": case_id,
        "matter_id": matter_id,
        "imported": None if origin is Origin.OFFICE else True,
        "day_only": True if origin is Origin.REGISTER_DAY else None,
    }


def _departed_to(departure: Departure) -> CaseState:
    match departure:
        case CaseWithdrawn():
            return CaseState.WITHDRAWN
        case CaseDiverted():
            return CaseState.DIVERTED
        case CaseLinked():
            return CaseState.LINKED


def _without_marks(fact: CaseEvent) -> CaseEvent:
    return fact.model_copy(update={"imported": None, "day_only": None})


def _answered(case: CaseFile, noted: MediationOutcomeNoted) -> Mapping[str, Referral]:
    """A mediation is first heard of while its own referral is the committee's last one.

    For a committee is asked again only when that has come to nothing.
    """
    referral = case.referrals.get(noted.committee_id or "")
    if referral is None or noted.mediation_id in case.noted:
        return case.referrals
    answered = replace(referral, mediation_id=noted.mediation_id)
    return {**case.referrals, referral.fact.committee_id: answered}


def evolve(case: CaseFile, event: Event) -> CaseFile:
    """The case after a fact; kinds that a later release adds leave the rest as it was."""
    if not isinstance(event, CaseEvent):
        return case
    imported = case.imported | {event} if event.imported else case.imported
    return replace(_after(case, event), version=case.version + 1, imported=imported)


def _after(  # noqa: C901, PLR0911, PLR0912
    case: CaseFile, event: CaseEvent
) -> CaseFile:
    match event:
        case CaseFiled():
            return replace(case, filed=event)
        case CaseForwarded():
            return replace(case, forwarded=event)
        case CaseReferredToMediation():
            referrals = {**case.referrals, event.committee_id: Referral(fact=event)}
            return replace(case, referrals=referrals)
        case MediationOutcomeNoted(mediation_id=mediation):
            return replace(
                case,
                referrals=_answered(case, event),
                noted={**case.noted, mediation: event},
                heard=case.heard | {mediation},
            )
        case CaseAccepted():
            return replace(case, accepted=event)
        case CaseReplied():
            return replace(case, replied=event)
        case OpinionIssued():
            return replace(case, issued=event)
        case OpinionServed():
            return replace(case, served=event)
        case CaseResolved():
            return replace(case, resolved=event)
        case CaseWithdrawn() | CaseDiverted() | CaseLinked():
            return replace(case, departed=event)
        case CaseClosed():
            return replace(case, closed=event)
        case CaseReopened():
            return CaseFile(
                filed=case.filed,
                forwarded=case.forwarded,
                referrals=case.referrals,
                noted=case.noted,
                accepted=case.accepted,
                reopened=event,
            )
        case _:
            return case
