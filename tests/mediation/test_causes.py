"""Who caused a dispute: the name on the sheet alone, a keyed mark in the ledger."""

import pytest

from shared.vault.bodies import Organisation
from tests.mediation.doors import MARKS, TOWNSHIP, Doors, an_application, problem

pytestmark = pytest.mark.parts

CAUSE = {"title": "宏达（綦江）建筑有限责任公司"}


async def test_the_sheet_names_the_cause_and_the_event_has_its_mark(doors: Doors) -> None:
    committee = await doors.set_up()
    caused = await doors.apply(committee, cause=CAUSE)
    shown = await doors.get(f"/mediations/{caused}")
    applied = shown.json()["history"][0]["data"]
    assert applied["cause_ref"] == MARKS.of_organisation(Organisation(title="宏达綦江建筑公司"))
    assert "宏达" not in shown.text
    assert (await doors.get(f"/mediations/{caused}/sheet")).json()["cause"] == CAUSE
    other = await doors.apply(committee)
    applied = (await doors.get(f"/mediations/{other}")).json()["history"][0]["data"]
    assert "cause_ref" not in applied
    assert (await doors.get(f"/mediations/{other}/sheet")).json()["cause"] is None


async def test_a_cause_without_a_narrative_is_kept_too(doors: Doors) -> None:
    committee = await doors.set_up()
    caused = await doors.apply(committee, cause=CAUSE, narrative=None)
    sheet = (await doors.get(f"/mediations/{caused}/sheet")).json()
    assert (sheet["narrative"], sheet["cause"]["title"]) == (None, CAUSE["title"])


async def test_a_person_is_never_a_cause(doors: Doors) -> None:
    committee = await doors.set_up()
    body = an_application(committee, cause={"title": "欧阳小明"})
    answer = await doors.post(f"/townships/{TOWNSHIP}/mediations", body)
    assert (answer.status_code, "欧阳小明" in answer.text) == (422, False)
    assert problem(answer) == "invalid-input"
