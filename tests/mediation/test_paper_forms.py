"""What a paper consists of can be asked for: nobody has to find out by refusals."""

import pytest

from services.mediation.papers import FORMS
from shared.identity import Role
from tests.mediation.doors import Committee, Doors
from tests.mediation.filling import in_session

pytestmark = pytest.mark.parts


async def test_every_form_is_told_with_all_that_it_has(doors: Doors) -> None:
    told = (await doors.get("/paper-forms", role=Role.AUDITOR)).json()["items"]
    assert [each["id"] for each in told] == list(FORMS)
    assert {each["id"] for each in told if each["numbered"]} == {
        "mediation-agreement",
        "oral-agreement-registration",
        "mediation-termination",
    }
    agreement = next(each for each in told if each["id"] == "mediation-agreement")
    elements = {each["id"]: each for each in agreement["elements"]}
    assert (elements["instalments"]["required"], elements["terms"]["required"]) == (False, True)
    assert elements["liabilities"]["source"] == "人民调解法 29(2)"
    assert [each["id"] for each in elements["parties"]["columns"] if each["required"]] == [
        "side",
        "name",
        "address",
    ]


async def test_what_is_required_is_what_a_refusal_names(
    doors: Doors, committee: Committee
) -> None:
    """But for what the office knows of every dispute."""
    known = {"dated", "seal", "number", "parties", "mediator", "mediators", "origin", "category"}
    known |= {"committee", "title", "accepted", "filed", "applicants"}
    mediation_id = await in_session(doors, committee)
    for form in (await doors.get("/paper-forms")).json()["items"]:
        empty = {"form": form["id"], "values": {}}
        answer = await doors.post(f"/mediations/{mediation_id}/fill-in-paper", empty)
        named = {
            each["field"].removeprefix("values.").partition(".")[0]
            for each in answer.json()["errors"]
        }
        required = {each["id"] for each in form["elements"] if each["required"]}
        assert required - known <= named | {"parties_sign", "consenting", "copies"}, form["id"]
        assert named <= required, form["id"]


async def test_a_resident_is_not_told_of_forms(doors: Doors) -> None:
    assert (await doors.get("/paper-forms", role=Role.RESIDENT)).status_code == 403
