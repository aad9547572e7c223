"""The days in a mediation's life on which it, or a session of it, can be counted."""

from operator import attrgetter

from services.stats.domain.anchor import Anchor, Recurring, Trace
from services.stats.domain.mediation_fact import End, MediationFact
from shared.contracts.agreements import MediationSucceeded
from shared.contracts.mediation import (
    MediationFailed,
    MediationRefused,
    MediationSessionHeld,
    MediationTerminated,
)
from shared.folding.occurrence import Occurrence

_MEDIATED = {End.SUCCEEDED, End.FAILED}


def _end_of_mediating(fact: MediationFact) -> Occurrence | None:
    return fact.ended if fact.outcome in _MEDIATED else None


def _end_without_mediating(fact: MediationFact) -> Occurrence | None:
    return fact.ended if fact.outcome not in _MEDIATED else None


ENDED = Anchor("ended", Trace((MediationSucceeded.kind, MediationFailed.kind)), _end_of_mediating)
NOT_MEDIATED = Anchor(
    "not_mediated",
    Trace((MediationTerminated.kind, MediationRefused.kind)),
    _end_without_mediating,
)
PERFORMANCE_DUE = Anchor(
    "performance_due",
    Trace((MediationSucceeded.kind,), by="due_day"),
    attrgetter("ended"),
    attrgetter("due_on"),
)
SESSION = Recurring("session", Trace((MediationSessionHeld.kind,)), attrgetter("sessions"))
