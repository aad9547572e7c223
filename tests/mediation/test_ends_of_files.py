"""The file of a dispute tells of the end that came, and of no other."""

import io
import zipfile

import pytest

from tests.mediation.doors import Committee, Doors, Step, problem, sign
from tests.mediation.filling import fill_in, in_session, written

pytestmark = pytest.mark.parts
FAIL: Step = ("fail", {"ground": "no-agreement", "routes_told": ["court"]})
TO_BE_FILED = ("mediation-file-cover", "mediation-consent", "mediation-session-record")


async def _with_papers(doors: Doors, committee: Committee) -> str:
    """A dispute in session with all that a file needs but its end."""
    mediation_id = await in_session(doors, committee)
    for form in TO_BE_FILED:
        await fill_in(doors, mediation_id, written(form))
    return mediation_id


async def _in_the_file(doors: Doors, mediation_id: str) -> set[str]:
    answer = await doors.get(f"/mediations/{mediation_id}/file", format="zip")
    assert answer.status_code == 200, answer.text
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    return {name.partition("-")[2].removesuffix(".docx") for name in archive.namelist()}


async def test_an_agreement_that_nobody_signed_ends_no_file(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await _with_papers(doors, committee)
    await fill_in(doors, mediation_id, written("mediation-agreement", "number"))
    await doors.tell(mediation_id, FAIL)
    unended = await doors.get(f"/mediations/{mediation_id}/file")
    assert {each["field"] for each in unended.json()["errors"]} == {"mediation-termination"}
    await fill_in(doors, mediation_id, written("mediation-termination", "number"))
    titles = await _in_the_file(doors, mediation_id)
    assert "人民调解终止告知书" in titles
    assert "人民调解协议书" not in titles


async def test_the_file_of_an_older_agreement_asks_for_no_paper_of_it(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await _with_papers(doors, committee)
    await doors.tell(mediation_id, sign(committee))
    assert "人民调解笔录" in await _in_the_file(doors, mediation_id)


async def test_after_the_signing_no_notice_tells_of_another_end(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await _with_papers(doors, committee)
    await fill_in(doors, mediation_id, written("mediation-termination", "number"))
    paper = await fill_in(doors, mediation_id, written("mediation-agreement", "number"))
    await doors.tell(mediation_id, sign(committee, paper=paper["digest"], text=None, parts=None))
    titles = await _in_the_file(doors, mediation_id)
    assert "人民调解协议书" in titles
    assert "人民调解终止告知书" not in titles
    notice = written("mediation-termination", "number", ground="双方和好。")
    again = await doors.post(f"/mediations/{mediation_id}/fill-in-paper", notice)
    assert problem(again) == "agreement-is-signed"
