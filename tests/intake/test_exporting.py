"""Whom a case is with takes along all that it has, in one archive; nobody else does."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import orjson
import pytest

from shared.identity import Role
from tests.intake.doors import ACCEPT, ANSWER, COUNTY, NEIGHBOUR, Doors, problem
from tests.intake.test_attaching import attached
from tests.intake.test_printing import RECEIPT, issued
from tests.intake.test_reading_cases import OVERSEER, PERSON, SENTENCE, a_case, openings
from tests.shared.attachments import files

pytestmark = pytest.mark.parts
PDF = files.pdf()


async def exported(doors: Doors, case_id: str, **how: Any) -> ZipFile:
    answer = await doors.get(f"/cases/{case_id}/export", **how)
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    archive = ZipFile(BytesIO(answer.content))
    assert archive.testzip() is None
    return archive


async def test_the_archive_has_all_that_the_case_has(doors: Doors) -> None:
    case_id = await a_case(doors)
    digest = await attached(doors, case_id, PDF)
    await doors.tell(case_id, ACCEPT, ANSWER)
    archive = await exported(doors, case_id)
    shown = (await doors.get(f"/cases/{case_id}")).json()
    del shown["actions"]
    assert orjson.loads(archive.read("case.json")) == shown
    assert orjson.loads(archive.read("petitioner.json")) == {"case_id": case_id, **PERSON}
    texts = orjson.loads(archive.read("texts.json"))
    assert texts == (await doors.get(f"/cases/{case_id}/text")).json()
    assert texts["narrative"] == SENTENCE
    sentences = (await doors.get(f"/cases/{case_id}/history")).json()["sentences"]
    for language in ("zh", "en"):
        lines = archive.read(f"history-{language}.txt").decode().splitlines()
        assert lines == [each[language] for each in sentences]
    kept = await doors.get(f"/cases/{case_id}/attachments/{digest}")
    assert archive.read(f"attachments/{digest[:12]}.pdf") == kept.content


async def test_printed_papers_are_in_it_byte_for_byte(doors: Doors) -> None:
    case_id, answer = await issued(doors, RECEIPT)
    number, digest = answer["number"], answer["paper_digest"]
    archive = await exported(doors, number)
    [paper] = [name for name in archive.namelist() if name.startswith("papers/")]
    kept = await doors.get(f"/cases/{case_id}/papers/{digest}")
    assert archive.read(paper) == kept.content
    assert paper.endswith(f"{answer['document_number']}.pdf")


async def test_that_it_was_taken_along_is_a_line_of_the_log(doors: Doors) -> None:
    case_id = await a_case(doors)
    await exported(doors, case_id, ref="post-7")
    [line] = await openings(doors, case_id)
    assert line["route"] == "GET /cases/{case_id}/export"
    assert (line["purpose"], line["opened_by"].split("/")[1]) == ("handling", "post-7")


async def test_nobody_else_takes_it_along(doors: Doors) -> None:
    case_id = await a_case(doors, complained_unit="water-station")
    path = f"/cases/{case_id}/export"
    await doors.tell(case_id, ("recuse", {"post": "post-9", "reason": "relative"}))
    assert problem(await doors.get(path, ref="post-9")) == "recused-from-case"
    await doors.tell(case_id, ACCEPT)
    complained = await doors.get(path, claims={"unit": "water-station"}, ref="post-x")
    assert problem(complained) == "case-not-found"
    assert problem(await doors.get(path, division=NEIGHBOUR)) == "case-not-found"
    county = await doors.get(path, division=COUNTY, ref="post-c")
    assert problem(county) == "shown-to-the-holder"
    for role in (Role.AUDITOR, Role.COUNTY_LEADER, Role.BACKFILL, Role.MEDIATOR):
        assert problem(await doors.get(path, role=role)) == "role-not-allowed"
    assert problem(await doors.get(path, claims={"post": None})) == "post-missing"
    assert (await doors.get("/openings", of=case_id, **OVERSEER)).json()["items"] == []
