"""The verifier knows every event that it counts by its own lists, which the catalogue must not outgrow."""

from cli import verify
from cli.verify import CASE_EVENTS, MEDIATION_EVENTS, ROSTER_EVENTS
from shared.contracts.catalogue import SERVICES
from shared.contracts.event import Event
from shared.contracts.intake import CaseEvent
from shared.contracts.mediation import MediationEvent
from shared.contracts.mediation_codes import DisputeKind, MediatorKind
from shared.contracts.mediators import MediatorEvent


def kinds(service: str, about: type[Event]) -> set[str]:
    return {event.kind for event in SERVICES[service] if issubclass(event, about)}


def test_no_event_about_a_case_is_unknown_to_the_verifier() -> None:
    assert kinds("intake", CaseEvent) == CASE_EVENTS


def test_no_event_about_a_mediation_or_a_mediator_is_unknown_to_it() -> None:
    assert kinds("mediation", MediationEvent) == MEDIATION_EVENTS
    assert kinds("mediation", MediatorEvent) == ROSTER_EVENTS


def test_no_kind_by_which_figures_are_given_is_unknown_to_it() -> None:
    assert verify.MEASURES["mediations_ended"].kinds == tuple(DisputeKind)
    assert verify.MEASURES["mediators"].kinds == tuple(MediatorKind)
