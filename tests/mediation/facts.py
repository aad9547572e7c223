"""Facts about the dispute of `services.mediation.examples`, for given-when-then."""

from services.mediation.domain.mediation import MEDIATION, MediationCommand
from services.mediation.examples import APPLY, ASSIGN, CONSENT, FIRST, HOLD, LAST, SIGN
from shared.contracts.event import Event

OPENED_BY = (APPLY, CONSENT)
IN_SESSION_BY = (*OPENED_BY, ASSIGN, HOLD)
SIGNED_BY = (*IN_SESSION_BY, SIGN)


def facts_of(*commands: MediationCommand) -> tuple[Event, ...]:
    """The events after all these commands, each of which brings some."""
    mediation, happened = MEDIATION.initial, list[Event]()
    for command in commands:
        events = MEDIATION.decide(command, mediation)
        assert events, f"{command} brought nothing"
        mediation = MEDIATION.fold(events, mediation)
        happened += events
    return tuple(happened)


APPLIED = facts_of(APPLY)
OPENED = facts_of(*OPENED_BY)
IN_SESSION = facts_of(*IN_SESSION_BY)
SIGNED = facts_of(*SIGNED_BY)
PERFORMED = facts_of(*SIGNED_BY, FIRST, LAST)
