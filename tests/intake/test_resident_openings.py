"""A petitioner asks who looked at their file: units and days, no post, and of one's own case alone."""

from collections.abc import AsyncIterator

import pytest

from shared.identity import Role
from tests.intake.doors import TOWNSHIP, Doors, problem
from tests.intake.residents import asked, limited, registered

pytestmark = pytest.mark.parts


@pytest.fixture(autouse=True)
async def unhurried(doors: Doors) -> AsyncIterator[None]:
    with limited(doors, per_number="9999/hour", per_network="9999/hour"):
        yield


async def test_each_opening_is_told_by_unit_and_day(doors: Doors) -> None:
    case_id, known = await registered(doors)
    _, other = await registered(doors)
    assert (await asked(doors, known, "openings")).json() == {"items": []}
    assert (await doors.get(f"/cases/{case_id}/person", ref="post-7")).status_code == 200
    assert (await doors.get(f"/cases/{case_id}/questions", ref="post-8")).status_code == 200
    told = await asked(doors, known, "openings")
    first, second = told.json()["items"]
    assert (first["role"], first["purpose"]) == ("clerk", "handling")
    assert first["place"]["division"] == TOWNSHIP
    assert first["zh"].endswith("查阅（办理）。")
    assert first["hash"] != second["hash"]
    assert "post-7" not in told.text
    assert (await asked(doors, other, "openings")).json() == {"items": []}


async def test_the_line_is_the_one_that_the_overseer_reads(doors: Doors) -> None:
    case_id, known = await registered(doors)
    await doors.get(f"/cases/{case_id}/text")
    (told,) = (await asked(doors, known, "openings")).json()["items"]
    (line,) = (await doors.get("/openings", of=case_id, role=Role.AUDITOR)).json()["items"]
    assert told["hash"] == line["hash"]


async def test_of_what_became_an_accusation_a_sentence_says_that_it_is_not_told(
    doors: Doors,
) -> None:
    case_id, known = await registered(doors)
    await doors.get(f"/cases/{case_id}/text")
    await doors.tell(case_id, ("route", {"lane": "discipline", "ground": "by-law"}))
    refused = await asked(doors, known, "openings")
    assert (refused.status_code, problem(refused)) == (409, "case-is-with-discipline")
    assert "查阅记录" in refused.json()["zh"]


async def test_the_refusal_of_an_accusation_is_declared(doors: Doors) -> None:
    paths = (await doors.http.get("/openapi.json")).json()["paths"]
    assert "409" in paths["/resident/case/openings"]["post"]["responses"]


async def test_what_the_petitioner_reads_is_no_opening(doors: Doors) -> None:
    _, known = await registered(doors)
    for verb in ("", "print", "receipt", "openings"):
        assert (await asked(doors, known, verb)).status_code == 200
    assert (await asked(doors, known, "openings")).json() == {"items": []}
