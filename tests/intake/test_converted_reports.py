"""A report that was converted to a case is filed once, completed, and only then accepted."""

from datetime import datetime
from typing import Any

import pytest

from services.intake.domain.case import CASE
from services.intake.domain.case.acceptance import PurposeNotStated
from services.intake.domain.case.correction import CorrectFiling
from services.intake.domain.follow_ups import file_case_on_report_converted
from services.intake.live_check import TABLES
from services.intake.stream.conversions import follow_grid
from shared.cloudevents import RecordedEvent
from shared.contracts.case_codes import Category, Purpose
from shared.contracts.case_handling_codes import CorrectionReason, FilingFact
from shared.contracts.grid_reports import GridReportConverted
from shared.contracts.intake import CaseAccepted, CaseFiled
from shared.contracts.referral import filed_as
from shared.contracts.report_codes import ConvertedTo
from shared.divisions import new_id
from shared.office.live_check import LiveCheck
from shared.testing.given_when_then import Facts
from shared.vault import Vault
from tests.intake.doors import ACCEPT, COUNTY, KEYS, TOWNSHIP, Doors, problem
from tests.intake.facts import ACCEPT as ACCEPT_CASE
from tests.intake.facts import CASE_ID, MATTER_ID
from tests.shared.recorded import recorded

case = Facts(CASE)
REPORT_ID = new_id(TOWNSHIP)
CONVERTED = GridReportConverted(
    matter_id=MATTER_ID,
    report_id=REPORT_ID,
    to=ConvertedTo.CASE,
    matter_category=Category.LABOUR,
    village_code=f"{TOWNSHIP}201",
)
FILE = file_case_on_report_converted(
    CONVERTED,
    case_id=CASE_ID,
    number="519900-2025-WG-000004-L",
    person_ref=MATTER_ID,
)
WORDS = {"person": {"name": "龙小满", "phone": "13900000007"}, "narrative": "饭店欠了两个月工资。"}


def test_it_is_filed_with_what_the_report_says_and_the_rest_left_open() -> None:
    (filed,) = case.when(FILE).events
    assert isinstance(filed, CaseFiled)
    said = filed.to_data()
    assert (said["channel"], said["received_from"]) == ("grid", "grid")
    assert (said["report_id"], said["matter_id"]) == (REPORT_ID, MATTER_ID)
    assert (said["category"], said["village_code"]) == ("labour", f"{TOWNSHIP}201")
    assert (said["purpose"], said["first_or_repeat"]) == ("not-stated", "not-stated")
    left_open = ("headcount", "joint", "anonymous", "urgent", "contact_unclear")
    assert {said.get(name) for name in left_open} == {None}
    case.given(filed).when(FILE).then_nothing()


def test_whom_the_report_is_about_is_complained_of() -> None:
    about = {"about_unit": "water-station", "about_division": TOWNSHIP}
    command = file_case_on_report_converted(
        CONVERTED.model_copy(update=about), case_id=CASE_ID, number="1", person_ref=MATTER_ID
    )
    (filed,) = case.when(command).events
    assert isinstance(filed, CaseFiled)
    said = filed.to_data()
    assert (said["complained_unit"], said["complained_division"]) == ("water-station", TOWNSHIP)


def test_it_is_accepted_once_it_is_stated_what_is_wanted() -> None:
    filed = case.when(FILE).events
    case.given(*filed).when(ACCEPT_CASE).then_refused(PurposeNotStated)
    stated = CorrectFiling(
        why=CorrectionReason.COMPLETED, facts={FilingFact.PURPOSE: Purpose.REQUEST}
    )
    completed = case.given(*filed).when(stated).events
    accepted = case.given(*filed, *completed).when(ACCEPT_CASE).events
    assert any(isinstance(each, CaseAccepted) for each in accepted)


async def read(doors: Doors, *events: RecordedEvent) -> None:
    marks = doors.office.marks
    following = follow_grid(doors.office.ledger, KEYS, county=COUNTY, marks=marks)
    async with doors.pool.connection() as connection:
        await following.apply(connection, events)


async def shown(doors: Doors, case_id: str) -> dict[str, Any]:
    answer = await doors.get(f"/cases/{case_id}")
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


@pytest.mark.parts
async def test_whom_a_converted_report_is_about_is_published_by_its_mark(doors: Doors) -> None:
    about = {"about_unit": "unit-of-a-report", "about_division": TOWNSHIP}
    event = recorded("/grid", REPORT_ID, CONVERTED.model_copy(update=about))
    await read(doors, event)
    told = await shown(doors, filed_as(event.event_id))
    assert told["complained_unit"] == {"code": "unit-of-a-report", "division": TOWNSHIP}
    data = told["history"][0]["data"]
    assert data["complained_mark"] == doors.office.marks.of_unit("unit-of-a-report")
    assert "unit-of-a-report" not in str(told["history"])


@pytest.mark.parts
async def test_a_conversion_read_again_is_the_same_case(doors: Doors) -> None:
    event = recorded("/grid", REPORT_ID, CONVERTED)
    await read(doors, event, event)
    # killed before the inbox moved, and read again by another process
    await read(doors, event)
    case_id = filed_as(event.event_id)
    told = await shown(doors, case_id)
    assert [each["event"] for each in told["history"]] == ["case-filed"]
    assert told["history"][0]["causation_id"] == event.event_id
    assert datetime.fromisoformat(told["history"][0]["occurred_at"]) == event.occurred_at
    assert "-2025-WG-" in told["number"]


@pytest.mark.parts
async def test_what_goes_on_elsewhere_is_no_case(doors: Doors) -> None:
    other = CONVERTED.model_copy(
        update={"to": ConvertedTo.MEDIATION, "committee_id": new_id(TOWNSHIP)}
    )
    event = recorded("/grid", REPORT_ID, other)
    await read(doors, event)
    assert (await doors.get(f"/cases/{filed_as(event.event_id)}")).status_code == 404


@pytest.mark.parts
async def test_person_and_words_are_taken_over_by_a_correction(empty_doors: Doors) -> None:
    doors = empty_doors
    event = recorded("/grid", REPORT_ID, CONVERTED)
    await read(doors, event)
    case_id = filed_as(event.event_id)
    early = await doors.post(f"/cases/{case_id}/{ACCEPT[0]}", ACCEPT[1])
    assert (early.status_code, problem(early)) == (409, "purpose-not-stated")
    completed = {"why": "completed", "purpose": "request", "contact_unclear": False, **WORDS}
    answer = await doors.post(f"/cases/{case_id}/correct", completed)
    assert answer.status_code == 200, answer.text
    told = await shown(doors, case_id)
    changed = told["history"][1]["data"]["changed"]
    assert changed == ["purpose", "contact-unclear", "content"]
    assert (await doors.tell(case_id, ACCEPT)).status_code == 200
    check = LiveCheck(doors.pool, COUNTY, TABLES, Vault(doors.pool, KEYS))
    assert await check.run() == []
