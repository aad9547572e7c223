"""The verifier knows every event about a case by its own list, which the catalogue must not outgrow."""

from cli.verify import CASE_EVENTS
from shared.contracts.catalogue import SERVICES
from shared.contracts.intake import CaseEvent


def test_no_event_about_a_case_is_unknown_to_the_verifier() -> None:
    about_cases = {event.kind for event in SERVICES["intake"] if issubclass(event, CaseEvent)}
    assert about_cases == CASE_EVENTS
