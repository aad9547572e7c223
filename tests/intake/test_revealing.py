"""A case that is not with a post is shown to it for a day, once another post has approved."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.divisions import new_id
from shared.identity import Role
from tests.intake.doors import ACCEPT, COUNTY, TOWNSHIP, Doors, problem
from tests.intake.test_attaching import upload
from tests.intake.test_printing import RECEIPT
from tests.intake.test_reading_cases import OVERSEER, PERSON, SENTENCE, a_case, openings
from tests.legal_acts import DIVERTED
from tests.office_doors import at

pytestmark = pytest.mark.parts

WHY = {"reason_code": "supervision", "purpose": "督查督办需要核对诉求。"}
OFFICE: dict[str, Any] = {"division": COUNTY, "ref": "post-c", "role": Role.CLERK}
"""The county's petition office, which reads the case and does not have it."""
LEADER: dict[str, Any] = {"role": Role.TOWNSHIP_LEADER, "ref": "post-8"}


async def asked(doors: Doors, case_id: str) -> str:
    answer = await doors.post(f"/cases/{case_id}/ask-reveal", WHY, **OFFICE)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["reveal_id"])


async def approve(doors: Doors, case_id: str, reveal_id: str, **how: Any) -> Any:
    body = {"reveal_id": reveal_id}
    return await doors.post(f"/cases/{case_id}/approve-reveal", body, **LEADER | how)


async def test_what_one_post_asks_and_another_approves_is_shown_for_a_day(doors: Doors) -> None:
    case_id = await a_case(doors)
    path = f"/cases/{case_id}/person"
    assert problem(await doors.get(path, **OFFICE)) == "shown-to-the-holder"
    reveal_id = await asked(doors, case_id)
    assert problem(await doors.get(path, **OFFICE)) == "shown-to-the-holder"
    answer = await approve(doors, case_id, reveal_id)
    assert answer.status_code == 200, answer.text
    assert (await doors.get(path, **OFFICE)).json()["name"] == PERSON["name"]
    text = (await doors.get(f"/cases/{case_id}/text", **OFFICE)).json()
    assert text["narrative"] == SENTENCE
    other = OFFICE | {"ref": "post-d"}
    assert problem(await doors.get(path, **other)) == "shown-to-the-holder"
    with at(doors, datetime.now(UTC) + timedelta(hours=24, minutes=1)):
        assert problem(await doors.get(path, **OFFICE)) == "shown-to-the-holder"


async def test_papers_and_files_are_shown_to_whom_the_person_is(doors: Doors) -> None:
    case_id = await a_case(doors)
    digest = (await upload(doors, case_id))["digest"]
    await doors.tell(case_id, ("attach", {"digest": digest, "kind": "evidence"}))
    paper = (await doors.tell(case_id, RECEIPT)).json()["paper_digest"]
    paths = f"/cases/{case_id}/papers/{paper}", f"/cases/{case_id}/attachments/{digest}"
    for path in paths:
        assert (await doors.get(path)).status_code == 200
        assert problem(await doors.get(path, **OFFICE)) == "shown-to-the-holder"
        assert problem(await doors.get(path, role=Role.BACKFILL)) == "role-not-allowed"
    await approve(doors, case_id, await asked(doors, case_id))
    for path in paths:
        assert (await doors.get(path, **OFFICE)).status_code == 200
    lines = [(line["route"], line["purpose"]) for line in await openings(doors, case_id)]
    for route in (
        "GET /cases/{case_id}/papers/{digest}",
        "GET /cases/{case_id}/attachments/{digest}",
    ):
        assert [purpose for known, purpose in lines if known == route] == ["handling", "revealed"]


async def test_the_ledger_says_why_and_by_which_role_and_never_who(doors: Doors) -> None:
    case_id = await a_case(doors)
    reveal_id = await asked(doors, case_id)
    await approve(doors, case_id, reveal_id)
    (event,) = await doors.office.ledger.stream(COUNTY, reveal_id)
    assert event.kind == "identity-revealed"
    assert '"reason_code":"supervision"' in event.data
    assert '"by_role":"township-leader"' in event.data
    assert case_id not in event.data
    assert problem(await doors.get(f"/cases/{reveal_id}")) == "case-not-found"


async def test_the_overseer_sees_the_approval_and_each_opening(doors: Doors) -> None:
    case_id = await a_case(doors)
    await approve(doors, case_id, await asked(doors, case_id))
    await doors.get(f"/cases/{case_id}/person", **OFFICE)
    approval, opening = await openings(doors, case_id)
    assert {approval["purpose"], opening["purpose"]} == {"revealed"}
    assert approval["opened_by"] == f"{TOWNSHIP}/post-8"
    assert opening["opened_by"] == f"{COUNTY}/post-c"


async def test_nobody_approves_their_own(doors: Doors) -> None:
    case_id = await a_case(doors)
    own = {"role": Role.TOWNSHIP_LEADER, "ref": "post-8"}
    answer = await doors.post(f"/cases/{case_id}/ask-reveal", WHY, **own)  # type: ignore[arg-type]
    refused = await approve(doors, case_id, answer.json()["reveal_id"])
    assert problem(refused) == "reveal-approved-by-the-asker"


async def test_only_whom_the_case_is_with_approves_and_only_what_was_asked(doors: Doors) -> None:
    case_id = await a_case(doors)
    reveal_id = await asked(doors, case_id)
    by_office = await approve(doors, case_id, reveal_id, **OFFICE | {"ref": "post-d"})
    assert problem(by_office) == "shown-to-the-holder"
    assert problem(await approve(doors, case_id, new_id(TOWNSHIP))) == "reveal-not-found"
    another = await a_case(doors)
    assert problem(await approve(doors, another, reveal_id)) == "reveal-not-found"
    first = await approve(doors, case_id, reveal_id)
    assert (await approve(doors, case_id, reveal_id)).json() == first.json()


async def test_the_holder_reads_who_asked_and_for_what(doors: Doors) -> None:
    case_id = await a_case(doors)
    await doors.tell(case_id, ACCEPT)
    reveal_id = await asked(doors, case_id)
    (item,) = (await doors.get(f"/cases/{case_id}/reveals")).json()["items"]
    assert (item["reveal_id"], item["purpose"]) == (reveal_id, WHY["purpose"])
    assert (item["asked_by"], item["approved_by"]) == (f"{COUNTY}/post-c", None)
    assert problem(await doors.get(f"/cases/{case_id}/reveals", **OFFICE)) == "shown-to-the-holder"


async def test_who_sees_nothing_of_the_case_asks_for_nothing(doors: Doors) -> None:
    case_id = await a_case(doors, complained_unit="water-station")
    answer = await doors.post(
        f"/cases/{case_id}/ask-reveal", WHY, claims={"unit": "water-station"}, **LEADER
    )
    assert problem(answer) == "case-not-found"
    for role in (Role.AUDITOR, Role.COUNTY_LEADER, Role.BACKFILL):
        refused = await doors.post(f"/cases/{case_id}/ask-reveal", WHY, role=role)
        assert problem(refused) == "role-not-allowed"


async def test_an_erased_person_is_not_revealed(doors: Doors) -> None:
    case_id = await a_case(doors)
    await doors.tell(case_id, DIVERTED)
    await approve(doors, case_id, await asked(doors, case_id))
    history = (await doors.get(f"/cases/{case_id}", **OVERSEER)).json()["history"]
    path = f"/persons/{history[0]['data']['person_ref']}/erase"
    await doors.post(path, {"reason_code": "at-request"}, role=Role.TOWNSHIP_LEADER)
    assert problem(await doors.get(f"/cases/{case_id}/person", **OFFICE)) == "person-erased"
