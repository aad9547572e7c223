"""The counters of mediations: disputes (件) by their end, sessions (次), agreements by their due day."""

from services.stats.domain import mediation_anchors as anchors
from services.stats.domain.counter import Condition, Counter, always
from services.stats.domain.mediation_fact import End, MediationFact, Session
from shared.contracts.mediation_codes import DisputeKind, SessionMode


def _ended_as(end: End) -> Condition:
    return lambda fact: fact.outcome == end


def _is_of_kind(kind: DisputeKind) -> Condition:
    return lambda fact: fact.dispute.dispute_kind == kind


def _succeeded_of_kind(kind: DisputeKind) -> Condition:
    return lambda fact: fact.outcome == End.SUCCEEDED and fact.dispute.dispute_kind == kind


def _is_in_mode(mode: SessionMode) -> Condition:
    def holds(session: Session) -> bool:
        return session.mode == mode

    return holds


def _is_performed(fact: MediationFact) -> bool:
    return fact.performed is not None


def _is_performed_late(fact: MediationFact) -> bool:
    return (
        fact.performed is not None
        and fact.due_at is not None
        and (fact.performed.at >= fact.due_at)
    )


def _is_breached(fact: MediationFact) -> bool:
    return fact.breached is not None


def ended_of(kind: DisputeKind) -> str:
    """The counter of ended mediations of a kind of dispute."""
    return f"mediations_ended_{kind.name.lower()}"


def succeeded_of(kind: DisputeKind) -> str:
    """The counter of those with an agreement."""
    return f"mediations_succeeded_{kind.name.lower()}"


def sessions_of(mode: SessionMode) -> str:
    """The counter of sessions of a mode."""
    return f"mediation_sessions_{mode.name.lower()}"


def _by_end() -> list[Counter]:
    on, made_by = anchors.ENDED, ("ended",)
    return [
        Counter("mediations_ended", on, always, made_by),
        Counter("mediations_succeeded", on, _ended_as(End.SUCCEEDED), made_by),
        *(Counter(ended_of(kind), on, _is_of_kind(kind), made_by) for kind in DisputeKind),
        *(
            Counter(succeeded_of(kind), on, _succeeded_of_kind(kind), made_by)
            for kind in DisputeKind
        ),
    ]


def _by_end_without_mediating() -> list[Counter]:
    on, made_by = anchors.NOT_MEDIATED, ("ended",)
    return [
        Counter("mediations_terminated", on, _ended_as(End.TERMINATED), made_by),
        Counter("mediations_refused", on, _ended_as(End.REFUSED), made_by),
    ]


def _by_session() -> list[Counter]:
    on = anchors.SESSION
    return [
        Counter("mediation_sessions", on, always),
        *(Counter(sessions_of(mode), on, _is_in_mode(mode)) for mode in SessionMode),
    ]


def _by_due_day() -> list[Counter]:
    on = anchors.PERFORMANCE_DUE
    return [
        Counter("agreements_due", on, always, ("ended",)),
        Counter("agreements_performed", on, _is_performed, ("ended", "performed")),
        Counter("agreements_performed_late", on, _is_performed_late, ("ended", "performed")),
        Counter("agreements_breached", on, _is_breached, ("ended", "breached")),
    ]


MEDIATION_COUNTERS = (
    *_by_end(),
    *_by_end_without_mediating(),
    *_by_session(),
    *_by_due_day(),
)
