"""Visits to a higher level are recorded where they are reported back, as a day and a number."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.intake.domain.higher_visit import (
    HIGHER_VISIT,
    FewerPeopleThanBatches,
    HigherVisitNotFound,
    ReportHigherVisit,
    VoidHigherVisit,
)
from services.intake.live_check import TABLES
from shared.contracts.higher_visit_codes import VisitedLevel
from shared.contracts.higher_visits import HigherVisitReported, HigherVisitVoided
from shared.contracts.mediation_codes import VoidReason
from shared.decider import EventOfAnotherAggregate
from shared.office.live_check import LiveCheck
from shared.testing.given_when_then import Facts
from shared.vault import Vault
from tests.intake.doors import COUNTY, KEYS, TOWNSHIP, Doors, problem
from tests.intake.test_accusation import REGISTERED
from tests.midnight import today

higher_visit = Facts(HIGHER_VISIT)
SAID: dict[str, Any] = {
    "higher_visit_id": "519900171-0198a5c0-0000-7000-8000-000000000001",
    "visited": VisitedLevel.PROVINCE,
    "on": date(2025, 3, 5),
    "batches": 1,
    "person_times": 5,
    "past_next_office": True,
}
REPORT, REPORTED = ReportHigherVisit(**SAID), HigherVisitReported(**SAID)
VOID = VoidHigherVisit(reason=VoidReason.BY_MISTAKE)
VOIDED = HigherVisitVoided(**SAID, reason=VoidReason.BY_MISTAKE)


def test_it_is_recorded_once_and_may_be_void() -> None:
    higher_visit.when(REPORT).then(REPORTED)
    higher_visit.given(REPORTED).when(REPORT).then()
    higher_visit.given(REPORTED).when(VOID).then(VOIDED)
    higher_visit.given(REPORTED, VOIDED).when(VOID).then()
    higher_visit.when(VOID).then_refused(HigherVisitNotFound)


def test_a_batch_is_at_least_one_person() -> None:
    few = ReportHigherVisit(**(SAID | {"batches": 6}))
    higher_visit.when(few).then_refused(FewerPeopleThanBatches)


def test_an_event_of_another_record_is_none_of_it() -> None:
    with pytest.raises(EventOfAnotherAggregate):
        HIGHER_VISIT.evolve(HIGHER_VISIT.initial, REGISTERED)


@pytest.mark.parts
async def test_the_list_is_by_day_alone(empty_doors: Doors) -> None:
    path = f"/townships/{TOWNSHIP}/higher-visits"
    days = [str(today() - timedelta(days=back)) for back in (2, 1)]
    made = [
        await empty_doors.post(path, {"visited": level, "person_times": 5, "happened_on": day})
        for level, day in zip(("national", "county"), days, strict=True)
    ]
    assert [each.status_code for each in made] == [201, 201]
    few = {"visited": "county", "person_times": 1, "batches": 2}
    assert problem(await empty_doors.post(path, few)) == "fewer-people-than-batches"
    listed = (await empty_doors.get("/higher-visits")).json()["items"]
    assert [each["visited"] for each in listed] == ["county", "national"]
    one = made[0].headers["location"]
    found = (await empty_doors.get(one)).json()
    assert [each["command"] for each in found["actions"]] == ["void"]
    assert (await empty_doors.post(f"{one}/void", {"reason": "by-mistake"})).status_code == 200
    listed = (await empty_doors.get("/higher-visits")).json()["items"]
    assert [each["visited"] for each in listed] == ["county"]
    pool = empty_doors.pool
    assert await LiveCheck(pool, COUNTY, TABLES, Vault(pool, KEYS)).run() == []
