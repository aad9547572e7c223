"""Measures of mediations: disputes (件), sessions (次) and agreements, never one for another."""

from services.stats.domain.measures.definition import (
    DOES_NOT_APPLY,
    Count,
    Kind,
    Listed,
    Measure,
    MediationTreatment,
    Name,
    Rate,
    Unit,
)
from services.stats.domain.mediation_counters import ended_of, sessions_of, succeeded_of
from shared.contracts.mediation_codes import DisputeKind, SessionMode

_LAW = "人民调解法"

_NOT_MEDIATED = (
    Listed("terminated", "mediations_terminated", Name("未经调解终止", "terminated unmediated")),
    Listed("refused", "mediations_refused", Name("一方不同意", "refused by a side")),
)
_OUT = "left out: it was not mediated, and listed"
_MEDIATED = MediationTreatment(
    refused=_OUT,
    terminated=_OUT,
    without_session="counted where it failed: both sides had agreed, so it had begun, and came to"
    " nothing; a rate does not rise by sessions that nobody held",
)

_DISPUTES = (
    Measure(
        id="mediations_ended",
        name=Name("调解纠纷件数", "mediations ended"),
        formula=Count("mediations_ended"),
        unit=Unit.MATTER,
        cohort="disputes that were mediated and ended in the period, with an agreement or without",
        treatment=_MEDIATED,
        excluded=_NOT_MEDIATED,
        kinds=tuple(Kind(kind.value, kind.label, Count(ended_of(kind))) for kind in DisputeKind),
        basis=f"{_LAW} 26, 27",
        plausible="16.537 million in the whole country in 2025 (press)",
    ),
    Measure(
        id="mediations_succeeded",
        name=Name("调解成功件数", "mediations succeeded"),
        formula=Count("mediations_succeeded"),
        unit=Unit.MATTER,
        cohort="disputes that ended in the period with an agreement, written or oral",
        treatment=MediationTreatment(refused=_OUT, terminated=_OUT),
        kinds=tuple(
            Kind(kind.value, kind.label, Count(succeeded_of(kind))) for kind in DisputeKind
        ),
        basis=f"{_LAW} 28, 30",
    ),
    Measure(
        id="mediation_rate",
        name=Name("调解成功率", "mediation success rate"),
        formula=Rate("mediations_succeeded", "mediations_ended"),
        unit=Unit.PERCENT,
        cohort="disputes (件, not sessions) that were mediated and ended in the period",
        treatment=_MEDIATED,
        excluded=_NOT_MEDIATED,
        basis=f"{_LAW} 26, 28",
        without_base="no mediation ended in the period",
        plausible="96.05 in the whole country in 2012: 8.90 of 9.266 million disputes (press, quoted"
        " as 96 and more); 96.5 in 2025 (press)",
    ),
)

_SESSIONS = Measure(
    id="mediation_sessions",
    name=Name("调解次数", "mediation sessions"),
    formula=Count("mediation_sessions"),
    unit=Unit.SESSION,
    cohort="sessions held in the period, however their disputes ended; several of one dispute count"
    " each, and its evidence names the dispute once with all of them",
    treatment=MediationTreatment(),
    kinds=tuple(Kind(mode.value, mode.label, Count(sessions_of(mode))) for mode in SessionMode),
    basis=f"{_LAW} 22, 27",
)

_PERFORMANCE = Measure(
    id="agreement_performance_rate",
    name=Name("协议履行率", "agreement performance rate"),
    formula=Rate("agreements_performed", "agreements_due"),
    unit=Unit.PERCENT,
    cohort="agreements whose last day for performance lies in the period; in the numerator those"
    " that are performed as of the position asked, be it late. An agreement without a day for it"
    " is never due",
    treatment=MediationTreatment(
        refused=DOES_NOT_APPLY,
        terminated=DOES_NOT_APPLY,
        not_yet_due="left out until the day is over, judged by the horizon",
        breached="not performed, unless it was performed after that; performance that was undone"
        " is none",
    ),
    beside=(
        Listed("performed_late", "agreements_performed_late", Name("逾期履行", "performed late")),
        Listed("breached", "agreements_breached", Name("未履行", "breached")),
    ),
    basis=f"{_LAW} 31",
    without_base="no agreement was due in the period",
    plausible="94 in the whole country in 2025 (press)",
)

MEDIATION_MEASURES = (*_DISPUTES, _SESSIONS, _PERFORMANCE)
