"""What grid does of itself when intake or mediation has the matter of a converted report.

What they publish about it becomes a note on the report. The tables say which events are outcomes,
and which of them end the matter there.
"""

from collections.abc import Mapping
from typing import NamedTuple

from shared.contracts.agreements import AgreementBreached, AgreementPerformed, MediationSucceeded
from shared.contracts.case_handling_codes import CorrectionReason
from shared.contracts.event import Event
from shared.contracts.intake import (
    CaseAccepted,
    CaseClosed,
    CaseDeclined,
    CaseDiverted,
    CaseFiled,
    CaseForwarded,
    CaseLinked,
    CaseReopened,
    CaseResolved,
    CaseWithdrawn,
    FilingCorrected,
    FilingVoided,
    OpinionServed,
)
from shared.contracts.mediation import (
    MediationApplied,
    MediationConsented,
    MediationEndVoided,
    MediationFailed,
    MediationNotTakenUp,
    MediationOpened,
    MediationRefused,
    MediationTerminated,
)
from shared.contracts.report_codes import ReportOutcome
from shared.contracts.transfer_codes import TransferEnd, TransferStep
from shared.contracts.transfers import TransferNoted


class Outcome(NamedTuple):
    """What became of the matter, and whether that ended it there."""

    outcome: ReportOutcome
    ended: bool = False


OF_A_CASE: Mapping[str, Outcome] = {
    CaseFiled.kind: Outcome(ReportOutcome.TAKEN_UP),
    FilingCorrected.kind: Outcome(ReportOutcome.COMPLETED),
    CaseForwarded.kind: Outcome(ReportOutcome.FORWARDED),
    FilingVoided.kind: Outcome(ReportOutcome.VOIDED),
    CaseAccepted.kind: Outcome(ReportOutcome.ACCEPTED),
    CaseDeclined.kind: Outcome(ReportOutcome.DECLINED, ended=True),
    CaseDiverted.kind: Outcome(ReportOutcome.DIVERTED, ended=True),
    CaseLinked.kind: Outcome(ReportOutcome.LINKED, ended=True),
    CaseWithdrawn.kind: Outcome(ReportOutcome.WITHDRAWN, ended=True),
    OpinionServed.kind: Outcome(ReportOutcome.ANSWERED),
    CaseResolved.kind: Outcome(ReportOutcome.RESOLVED, ended=True),
    CaseClosed.kind: Outcome(ReportOutcome.CLOSED, ended=True),
    CaseReopened.kind: Outcome(ReportOutcome.REOPENED),
}
OF_A_MEDIATION: Mapping[str, Outcome] = {
    MediationApplied.kind: Outcome(ReportOutcome.TAKEN_UP),
    MediationConsented.kind: Outcome(ReportOutcome.CONSENTED),
    MediationNotTakenUp.kind: Outcome(ReportOutcome.NOT_TAKEN_UP),
    MediationOpened.kind: Outcome(ReportOutcome.BEGUN),
    MediationRefused.kind: Outcome(ReportOutcome.REFUSED, ended=True),
    MediationFailed.kind: Outcome(ReportOutcome.FAILED, ended=True),
    MediationTerminated.kind: Outcome(ReportOutcome.TERMINATED, ended=True),
    MediationEndVoided.kind: Outcome(ReportOutcome.RESUMED),
    MediationSucceeded.kind: Outcome(ReportOutcome.SUCCEEDED),
    AgreementPerformed.kind: Outcome(ReportOutcome.PERFORMED, ended=True),
    AgreementBreached.kind: Outcome(ReportOutcome.BREACHED, ended=True),
}
OF_AN_ACCUSATION = frozenset({CaseFiled.kind, FilingCorrected.kind, FilingVoided.kind})
"""What is noted of an accusation: that it is registered and completed, or was registered by
mistake, which every case has. What becomes of it is noted nowhere."""
_ELSEWHERE: Mapping[TransferStep, Outcome] = {
    TransferStep.ACCEPTED: OF_A_CASE[CaseAccepted.kind],
    TransferStep.ANSWERED: OF_A_CASE[OpinionServed.kind],
    TransferStep.RESOLVED: OF_A_CASE[CaseResolved.kind],
    TransferStep.CLOSED: OF_A_CASE[CaseClosed.kind],
    TransferStep.REOPENED: OF_A_CASE[CaseReopened.kind],
}
"""What the case learns of its matter that another ledger has."""
_ENDED_ELSEWHERE: Mapping[TransferEnd, Outcome] = {
    TransferEnd.WITHDRAWN: OF_A_CASE[CaseWithdrawn.kind],
    TransferEnd.DIVERTED: OF_A_CASE[CaseDiverted.kind],
    TransferEnd.LINKED: OF_A_CASE[CaseLinked.kind],
    TransferEnd.DECLINED: OF_A_CASE[CaseDeclined.kind],
}


def outcome_of(fact: Event) -> Outcome | None:
    """What an event of a case or a mediation says of the report's matter; None where it is nothing."""
    if isinstance(fact, TransferNoted):
        if fact.end is not None:
            return _ENDED_ELSEWHERE[fact.end]
        return _ELSEWHERE.get(fact.step)
    if isinstance(fact, FilingCorrected) and fact.why is not CorrectionReason.COMPLETED:
        return None
    return OF_A_CASE.get(fact.kind) or OF_A_MEDIATION.get(fact.kind)
