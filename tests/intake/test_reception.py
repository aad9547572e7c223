"""A reception is scheduled, held, missed and void; a visit counts once it is acknowledged."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.intake.domain.reception_policy import RECEPTIONS
from services.intake.domain.receptions import (
    RECEPTION,
    HoldReception,
    MissReception,
    ReceiveVisit,
    ReceptionState,
    ScheduleReception,
    VoidReception,
    VoidVisit,
    refusals,
)
from shared.contracts.case_codes import Category
from shared.contracts.mediation_codes import VoidReason
from shared.contracts.reception_codes import ReceptionForm, ReceptionPlace, VisitCase
from shared.contracts.receptions import (
    ReceptionHeld,
    ReceptionMissed,
    ReceptionScheduled,
    ReceptionVisitReceived,
    ReceptionVisitVoided,
    ReceptionVoided,
)
from shared.decider import EventOfAnotherAggregate
from shared.testing.given_when_then import Facts
from tests.intake.test_accusation import REGISTERED

reception = Facts(RECEPTION)
THE_ID, VISIT_ID, CASE_ID = (
    f"519900171-0198a5c0-0000-7000-8000-00000000000{n}" for n in (1, 2, 3)
)
DAY, NEXT = date(2025, 3, 5), date(2025, 3, 6)
PLANNED: dict[str, Any] = {
    "reception_id": THE_ID,
    "form": ReceptionForm.RECEPTION,
    "leader_post": "mayor",
    "on": DAY,
    "place_kind": ReceptionPlace.GOVERNANCE_CENTER,
}
SCHEDULED, HELD = ReceptionScheduled(**PLANNED), ReceptionHeld(**PLANNED)
HOLD = HoldReception(reception_id=THE_ID, on=DAY)
DUE = datetime(2025, 3, 6, 16, tzinfo=UTC)
MISS = MissReception(due_at=DUE, policy_version=RECEPTIONS.version)
MISSED = ReceptionMissed(
    reception_id=THE_ID,
    leader_post="mayor",
    on=DAY,
    due_at=DUE,
    policy_version="reception.1-placeholder",
)
VISIT: dict[str, Any] = {
    "visit_id": VISIT_ID,
    "headcount": 5,
    "category": Category.LAND,
    "solved_on_site": True,
    "acknowledged": True,
}
RECEIVE = ReceiveVisit(**VISIT)
RECEIVED = ReceptionVisitReceived(reception_id=THE_ID, on=DAY, **VISIT)
VOID_VISIT = VoidVisit(visit_id=VISIT_ID, reason=VoidReason.BY_MISTAKE)
VISIT_VOIDED = ReceptionVisitVoided(
    reception_id=THE_ID,
    visit_id=VISIT_ID,
    on=DAY,
    headcount=5,
    solved_on_site=True,
    reason=VoidReason.BY_MISTAKE,
)
VOID = VoidReception(reason=VoidReason.BY_MISTAKE)
VOIDED = ReceptionVoided(reception_id=THE_ID, on=DAY, was_held=False, reason=VoidReason.BY_MISTAKE)


def test_it_is_scheduled_and_held_as_planned() -> None:
    reception.when(ScheduleReception(**PLANNED)).then(SCHEDULED)
    reception.given(SCHEDULED).when(HOLD).then(HELD)
    reception.given(SCHEDULED, HELD).when(HOLD).then()


def test_it_is_held_without_a_schedule() -> None:
    reception.when(HoldReception(**PLANNED)).then(HELD)
    reception.when(HOLD).then_refused(refusals.ReceptionNotFound)


def test_another_day_or_post_than_recorded_is_refused() -> None:
    for other in (replace(HOLD, on=NEXT), replace(HOLD, leader_post="deputy")):
        reception.given(SCHEDULED, HELD).when(other).then_refused(refusals.ReceptionHeldOtherwise)


def test_what_is_not_on_record_by_its_time_is_missed_once() -> None:
    reception.given(SCHEDULED).when(MISS).then(MISSED)
    for before in ((SCHEDULED, MISSED), (SCHEDULED, HELD), (SCHEDULED, VOIDED), ()):
        reception.given(*before).when(MISS).then()
    assert RECEPTIONS.missed_at(DAY) == DUE


def test_a_missed_one_is_recorded_later_with_its_true_day() -> None:
    late = HELD.model_copy(update={"recorded_late": True})
    reception.given(SCHEDULED, MISSED).when(HOLD).then(late)
    reception.given(SCHEDULED, MISSED, late).when(HOLD).then()
    assert RECEPTION.fold([SCHEDULED, MISSED, late]).state is ReceptionState.HELD


def test_a_visit_is_received_once_it_was_held() -> None:
    reception.given(HELD).when(RECEIVE).then(RECEIVED)
    reception.given(HELD, RECEIVED).when(RECEIVE).then()
    reception.given(SCHEDULED).when(RECEIVE).then_refused(refusals.ReceptionNotHeld)
    reception.when(RECEIVE).then_refused(refusals.ReceptionNotFound)


def test_nothing_is_solved_without_the_acknowledgement() -> None:
    silent = replace(RECEIVE, acknowledged=False)
    reception.given(HELD).when(silent).then_refused(refusals.SolvedNeedsAcknowledgement)


def test_a_visit_names_a_case_and_how_they_belong_together() -> None:
    named = replace(RECEIVE, case_id=CASE_ID, case_is=VisitCase.FILED_HERE)
    stated = RECEIVED.model_copy(update={"case_id": CASE_ID, "case_is": VisitCase.FILED_HERE})
    reception.given(HELD).when(named).then(stated)
    half = replace(named, case_is=None)
    reception.given(HELD).when(half).then_refused(refusals.VisitNamesNoCase)


def test_a_void_visit_counts_as_none() -> None:
    reception.given(HELD, RECEIVED).when(VOID_VISIT).then(VISIT_VOIDED)
    reception.given(HELD, RECEIVED, VISIT_VOIDED).when(VOID_VISIT).then()
    reception.given(HELD, RECEIVED, VISIT_VOIDED).when(RECEIVE).then()
    reception.given(HELD).when(VOID_VISIT).then_refused(refusals.VisitNotFound)
    assert RECEPTION.fold([HELD, RECEIVED, VISIT_VOIDED]).visits == {}


def test_a_reception_with_visits_is_not_void() -> None:
    reception.given(SCHEDULED).when(VOID).then(VOIDED)
    reception.given(SCHEDULED, VOIDED).when(VOID).then()
    reception.given(HELD, RECEIVED).when(VOID).then_refused(refusals.VisitsAreOnRecord)
    reception.given(SCHEDULED, VOIDED).when(HOLD).then_refused(refusals.ReceptionWasVoided)
    reception.when(VOID).then_refused(refusals.ReceptionNotFound)


def test_an_event_of_another_record_is_none_of_a_reception() -> None:
    with pytest.raises(EventOfAnotherAggregate):
        RECEPTION.evolve(RECEPTION.initial, REGISTERED)
