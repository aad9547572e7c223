"""A conference is held or missed; its decisions are tasks that are followed to their end."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.intake.domain.conference_policy import MONTHLY, following, monthly_id
from services.intake.domain.conferences import (
    CONFERENCE,
    CompleteTask,
    ConferenceState,
    HoldConference,
    MissConference,
    SetTask,
    VoidConference,
    VoidTask,
    refusals,
)
from shared.contracts.conference_codes import ConferenceForm
from shared.contracts.conferences import (
    ConferenceHeld,
    ConferenceMissed,
    ConferenceTaskDone,
    ConferenceTaskSet,
    ConferenceTaskVoided,
    ConferenceVoided,
)
from shared.contracts.mediation_codes import VoidReason
from shared.decider import EventOfAnotherAggregate
from shared.testing.given_when_then import Facts
from tests.intake.test_accusation import REGISTERED

conference = Facts(CONFERENCE)
THE_ID, TASK_ID, CASE_ID = (f"519900171-0198a5c0-0000-7000-8000-00000000000{n}" for n in (1, 2, 3))
DAY, DUE_ON = date(2025, 3, 25), date(2025, 4, 10)
MONTHLY_HELD: dict[str, Any] = {
    "conference_id": THE_ID,
    "form": ConferenceForm.MONTHLY_COMMITTEE,
    "on": DAY,
    "units": ("party-committee",),
    "month": "2025-03",
}
HOLD = HoldConference(**MONTHLY_HELD)
HELD = ConferenceHeld(**MONTHLY_HELD, cases=(), cross_department=False)
DUE = datetime(2025, 4, 5, 16, tzinfo=UTC)
SAID: dict[str, Any] = {"conference_id": THE_ID, "month": "2025-03", "due_at": DUE}
MISS = MissConference(**SAID, policy_version=MONTHLY.version)
MISSED = ConferenceMissed(
    **SAID, form=ConferenceForm.MONTHLY_COMMITTEE, policy_version="monthly-committee.1-placeholder"
)
TASK: dict[str, Any] = {
    "task_id": TASK_ID,
    "unit": "justice-office",
    "due_on": DUE_ON,
    "words_digest": "a" * 64,
}
SET, TASK_SET = SetTask(**TASK), ConferenceTaskSet(conference_id=THE_ID, **TASK)
COMPLETE = CompleteTask(task_id=TASK_ID, on=DUE_ON)
DONE = ConferenceTaskDone(
    conference_id=THE_ID, task_id=TASK_ID, unit="justice-office", on=DUE_ON, due_on=DUE_ON
)
VOID_TASK = VoidTask(task_id=TASK_ID, reason=VoidReason.BY_MISTAKE)
TASK_VOIDED = ConferenceTaskVoided(
    conference_id=THE_ID, task_id=TASK_ID, reason=VoidReason.BY_MISTAKE
)
VOID = VoidConference(reason=VoidReason.BY_MISTAKE)
VOIDED = ConferenceVoided(
    conference_id=THE_ID,
    form=ConferenceForm.MONTHLY_COMMITTEE,
    on=DAY,
    cross_department=False,
    reason=VoidReason.BY_MISTAKE,
)


def test_it_is_held_once() -> None:
    conference.when(HOLD).then(HELD)
    conference.given(HELD).when(HOLD).then()
    other = replace(HOLD, units=("party-committee", "justice-office"))
    conference.given(HELD).when(other).then_refused(refusals.ConferenceHeldOtherwise)


def test_more_than_one_unit_is_across_departments() -> None:
    joint = HoldConference(
        conference_id=THE_ID,
        form=ConferenceForm.JOINT_ASSESSMENT,
        on=DAY,
        units=("police-station", "justice-office", "justice-office"),
        cases=(CASE_ID,),
    )
    conference.when(joint).then(
        ConferenceHeld(
            conference_id=THE_ID,
            form=ConferenceForm.JOINT_ASSESSMENT,
            on=DAY,
            units=("justice-office", "police-station"),
            cross_department=True,
            cases=(CASE_ID,),
        )
    )


def test_the_month_fits_the_form_and_has_begun() -> None:
    for other in (
        replace(HOLD, month=None),
        replace(HOLD, month="2025-04"),
        replace(HOLD, form=ConferenceForm.JOINT_ASSESSMENT),
    ):
        conference.when(other).then_refused(refusals.MonthOfTheSession)
    conference.when(replace(HOLD, month="2025-02")).then(
        HELD.model_copy(update={"month": "2025-02"})
    )


def test_a_month_without_a_session_is_missed_and_may_be_recorded_later() -> None:
    conference.when(MISS).then(MISSED)
    for before in (MISSED,), (HELD,), (HELD, VOIDED):
        conference.given(*before).when(MISS).then()
    late = HELD.model_copy(update={"recorded_late": True})
    conference.given(MISSED).when(HOLD).then(late)
    conference.given(MISSED, late).when(HOLD).then()
    conference.given(MISSED).when(SET).then_refused(refusals.ConferenceNotHeld)
    assert CONFERENCE.fold([MISSED]).state is ConferenceState.MISSED


def test_when_a_month_is_missed() -> None:
    assert MONTHLY.missed_at("2025-03") == DUE
    assert (following("2025-12"), following("2026-01")) == ("2026-01", "2026-02")
    assert monthly_id("519900171", "2025-03") != monthly_id("519900171", "2025-04")


def test_a_decision_is_a_task_until_it_is_done() -> None:
    conference.given(HELD).when(SET).then(TASK_SET)
    conference.given(HELD, TASK_SET).when(SET).then()
    conference.given(HELD, TASK_SET).when(COMPLETE).then(DONE)
    conference.given(HELD, TASK_SET, DONE).when(COMPLETE).then()
    assert CONFERENCE.fold([HELD, TASK_SET]).open_tasks == (TASK_SET,)
    assert CONFERENCE.fold([HELD, TASK_SET, DONE]).open_tasks == ()


def test_a_task_has_its_days_after_the_conference() -> None:
    early = date(2025, 3, 24)
    conference.given(HELD).when(replace(SET, due_on=early)).then_refused(refusals.TaskDueBefore)
    began = conference.given(HELD, TASK_SET)
    began.when(replace(COMPLETE, on=early)).then_refused(refusals.TaskDoneBefore)
    done = conference.given(HELD, TASK_SET, DONE)
    done.when(replace(COMPLETE, on=DAY)).then_refused(refusals.TaskDoneOtherwise)
    conference.given(HELD).when(COMPLETE).then_refused(refusals.TaskNotFound)


def test_what_was_recorded_by_mistake_is_void() -> None:
    conference.given(HELD, TASK_SET).when(VOID_TASK).then(TASK_VOIDED)
    conference.given(HELD, TASK_SET, TASK_VOIDED).when(VOID_TASK).then()
    conference.given(HELD, TASK_SET, TASK_VOIDED).when(SET).then()
    conference.given(HELD, TASK_SET).when(VOID).then_refused(refusals.TasksAreOnRecord)
    conference.given(HELD).when(VOID).then(VOIDED)
    conference.given(HELD, VOIDED).when(VOID).then()
    conference.given(HELD, VOIDED).when(SET).then_refused(refusals.ConferenceWasVoided)
    conference.when(VOID).then_refused(refusals.ConferenceNotFound)


def test_a_month_is_recorded_again_after_a_void_record() -> None:
    conference.given(HELD, VOIDED).when(HOLD).then(HELD)
    assert CONFERENCE.fold([HELD, VOIDED, HELD]).state is ConferenceState.HELD


def test_an_event_of_another_record_is_none_of_a_conference() -> None:
    with pytest.raises(EventOfAnotherAggregate):
        CONFERENCE.evolve(CONFERENCE.initial, REGISTERED)
