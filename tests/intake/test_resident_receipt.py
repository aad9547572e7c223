"""The receipt of a registration, from the filing on: as a file that is checked alone, and on paper."""

from collections.abc import AsyncIterator
from dataclasses import replace
from io import BytesIO

import orjson
import pytest
from pypdf import PdfReader

from cli.verify import NotSealedYet, Report, check_receipt, read_keys
from shared.identity import Role
from tests.intake.doors import NEIGHBOUR, TOWNSHIP, Doors, problem
from tests.intake.residents import asked, limited, registered
from tests.intake.sealing import KEYS, seal

pytestmark = pytest.mark.parts


@pytest.fixture
async def doors(empty_doors: Doors) -> AsyncIterator[Doors]:
    replace(empty_doors.office, seal_keys=KEYS).open_in(empty_doors.app)
    with limited(empty_doors, per_number="9999/hour", per_network="9999/hour"):
        yield empty_doors


def text_of(pdf: bytes) -> str:
    """The words, without the places at which lines may break."""
    pages = PdfReader(BytesIO(pdf)).pages
    return "".join(page.extract_text() for page in pages).replace("\u200b", "")


def findings(receipt: bytes) -> list[str]:
    report = Report(lambda _: None)
    check_receipt(receipt, read_keys(orjson.dumps({"keys": KEYS.published()})), report)
    return report.findings


async def test_before_the_seal_it_says_so_and_afterwards_it_proves(doors: Doors) -> None:
    _, first = await registered(doors)
    _, known = await registered(
        doors, received_on="2025-03-01", occurred_at="2025-03-04T10:00:00+08:00"
    )
    early = await asked(doors, known, "receipt")
    assert early.status_code == 200, early.text
    assert (early.json()["seal"], early.json()["path"]) == (None, [])
    with pytest.raises(NotSealedYet):
        findings(early.content)
    await registered(doors)
    assert await seal(doors) == 1
    assert findings((await asked(doors, first, "receipt")).content) == []
    proven = await asked(doors, known, "receipt")
    assert findings(proven.content) == []
    assert proven.json()["number"] == known["number"]
    assert proven.json()["received_on"] == "2025-03-01"
    assert proven.json()["hash"] == early.json()["hash"]


async def test_the_clerk_prints_the_same(doors: Doors) -> None:
    case_id, known = await registered(doors)
    own = await asked(doors, known, "receipt")
    given = await doors.get(f"/cases/{case_id}/receipt", role=Role.CLERK)
    assert given.json() == own.json()
    by_number = await doors.get(f"/cases/{known['number']}/receipt", role=Role.CLERK)
    assert by_number.json() == own.json()
    for role, division in ((Role.CLERK, NEIGHBOUR),):
        hidden = await doors.get(f"/cases/{case_id}/receipt", role=role, division=division)
        assert problem(hidden) == "case-not-found"


async def test_the_paper_has_number_day_and_hash(doors: Doors) -> None:
    _, known = await registered(doors)
    told = (await asked(doors, known, "receipt")).json()
    printed = await asked(doors, known, "receipt", format="pdf")
    assert printed.headers["content-type"] == "application/pdf"
    text = text_of(printed.content)
    assert known["number"] in text
    assert told["hash"] in "".join(text.split())
    assert "尚未封存" in text
    assert f"intake/{TOWNSHIP}" in text


async def test_nothing_of_a_person_is_in_it(doors: Doors) -> None:
    _, known = await registered(doors)
    for form in ("json", "pdf"):
        receipt = await asked(doors, known, "receipt", format=form)
        for word in ("张三丰", "13912345678", known["code"]):
            assert word.encode() not in receipt.content
    status = await asked(doors, known, "print")
    assert status.headers["content-type"] == "application/pdf"
    text = text_of(status.content)
    assert known["number"] in text
    assert "张三丰" not in text


async def test_of_an_accusation_the_paper_tells_the_state_alone(doors: Doors) -> None:
    _, known = await registered(doors, purpose="accusation", category="unclassified")
    status = await asked(doors, known, "print")
    text = text_of(status.content)
    assert "已登记" in text
    assert "办理单位" not in text
