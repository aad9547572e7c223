"""Which cases an event of another record, or of another case, names in its data."""

from shared.cloudevents import RecordedEvent
from shared.contracts.case_handling import AnswerReviewOpened
from shared.contracts.catalogue import decode_data
from shared.contracts.conferences import ConferenceHeld, ConferenceTaskSet
from shared.contracts.key_cases import (
    KeyCaseClosed,
    KeyCaseEvent,
    KeyCaseOpened,
    KeyCaseProgressed,
    KeyCaseVoided,
)
from shared.contracts.receptions import ReceptionVisitReceived

_NAMING = frozenset(
    {
        AnswerReviewOpened.kind,
        ConferenceHeld.kind,
        ConferenceTaskSet.kind,
        ReceptionVisitReceived.kind,
        KeyCaseOpened.kind,
        KeyCaseProgressed.kind,
        KeyCaseClosed.kind,
        KeyCaseVoided.kind,
    }
)


def cases_named(event: RecordedEvent) -> frozenset[str]:
    """By their ids; whoever is kept from a case is not shown such an event either."""
    if event.kind not in _NAMING:
        return frozenset()
    match decode_data(event.kind, event.schema_version, event.load()):
        case AnswerReviewOpened(repeated_by=str(case_id)):
            return frozenset({case_id})
        case ConferenceHeld(cases=cases):
            return frozenset(cases)
        case (
            ConferenceTaskSet(case_id=str(case_id))
            | KeyCaseEvent(case_id=str(case_id))
            | ReceptionVisitReceived(case_id=str(case_id))
        ):
            return frozenset({case_id})
        case _:
            return frozenset()
