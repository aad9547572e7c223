"""Every event of mediation's catalogue changes exactly one of its aggregates."""

from dataclasses import replace
from typing import Any

import pytest

from services.mediation.domain.committee import COMMITTEE
from services.mediation.domain.mediation import MEDIATION
from services.mediation.domain.mediator import MEDIATOR
from shared.contracts.catalogue import SERVICES
from shared.contracts.event import Event
from shared.contracts.ledger import LedgerSealed
from shared.contracts.mediators import MediatorEnrolled, MediatorLeft
from shared.decider import Decider
from tests.stored_events import stored

AGGREGATES: tuple[Decider[Any, Any, Event], ...] = (MEDIATION, COMMITTEE, MEDIATOR)


NEEDS: dict[type[Event], type[Event]] = {MediatorLeft: MediatorEnrolled}
"""What has to come before an event that changes nothing in an empty stream."""


def changed_by(kind: type[Event]) -> list[Decider[Any, Any, Event]]:
    """The aggregates whose stream may hold the event; each of them is changed by it."""
    found = []
    for aggregate in AGGREGATES:
        earlier = [stored(NEEDS[kind])] if kind in NEEDS else []
        try:
            before = aggregate.fold(earlier)
            after = aggregate.evolve(before, stored(kind))
        except TypeError:
            continue
        assert after.version == before.version + 1
        assert replace(after, version=before.version) != before
        found.append(aggregate)
    return found


@pytest.mark.parametrize("kind", SERVICES["mediation"], ids=lambda kind: kind.kind)
def test_every_kind_of_the_catalogue_changes_one_aggregate(kind: type[Event]) -> None:
    assert len(changed_by(kind)) == 1


@pytest.mark.parametrize("kind", [*SERVICES["intake"], LedgerSealed], ids=lambda kind: kind.kind)
def test_no_event_of_another_stream_is_passed_over(kind: type[Event]) -> None:
    assert changed_by(kind) == []
