"""One call makes everything that a mediator prints and an archive keeps."""

import re
from io import BytesIO
from time import process_time
from zipfile import ZipFile

import pytest
from pypdf import PageObject

from services.mediation.papers import FileLacks, FilePart, MediationFile, make_file
from shared.papers import PaperMisfilled
from tests.mediation.papers.samples import AGREEMENT, COVER, DAY, ORAL, TERMINATION, WHOLE
from tests.shared.papers.reading import PRESS, pages, pdf_text

IN_ORDER = [
    "人民调解卷宗",
    "卷内目录",
    "人民调解申请书",
    "人民调解受理同意书",
    "人民调解笔录",
    "人民调解笔录",
    "人民调解协议书",
    "人民调解回访记录",
]


@pytest.fixture(scope="module")
def made() -> MediationFile:
    return make_file(COVER, WHOLE, dated=DAY, press=PRESS)


def _title(page: PageObject) -> str | None:
    """The paper that begins on that page."""
    first = "".join(page.extract_text().partition("\n")[0].split())
    return first if first in IN_ORDER else None


def test_papers_come_in_the_order_of_files_whatever_the_order_of_the_parts(
    made: MediationFile,
) -> None:
    assert list(filter(None, map(_title, pages(made.printed)))) == IN_ORDER


def test_the_contents_tell_the_page_on_which_each_paper_begins(made: MediationFile) -> None:
    listing, *papers = pages(made.printed)[1:]
    row = re.compile(
        r"^[1-6] 人民调解[^0-9]+?(?:青云镇人调〔2026〕 ?12号 )?([0-9]+)", re.MULTILINE
    )
    told = [int(page) for page in row.findall(listing.extract_text())]
    begun = [number for number, page in enumerate(papers, start=1) if _title(page)]
    assert told == begun
    assert len(told) == 6
    assert "原件" in listing.extract_text()


def test_every_paper_is_in_the_archive_to_be_edited_beside_what_is_printed(
    made: MediationFile,
) -> None:
    with ZipFile(BytesIO(made.archive.content)) as archive:
        names = archive.namelist()
        assert archive.read(names[0]) == made.printed.content
    assert names == [
        "人民调解卷宗.pdf",
        *(f"{place:02d}-{title}.docx" for place, title in enumerate(IN_ORDER)),
    ]


def test_the_same_file_has_the_same_digest(made: MediationFile) -> None:
    again = make_file(COVER, WHOLE, dated=DAY, press=PRESS)
    assert again == made
    assert again.archive.digest == made.archive.digest


def test_a_file_without_a_record_or_an_ending_is_refused_with_all_that_it_lacks() -> None:
    parts = [FilePart("mediation-application", {}), FilePart("mediation-agreement", AGREEMENT)]
    with pytest.raises(FileLacks) as refused:
        make_file(COVER | {"filed_by": ""}, parts, dated=DAY, press=PRESS)
    assert [form.zh for form in refused.value.papers] == ["人民调解受理同意书", "人民调解笔录"]
    assert [refusal.form.id for refusal in refused.value.refusals] == [
        "mediation-file-cover",
        "mediation-application",
    ]
    assert "The file lacks 人民调解笔录 (record of a mediation session) [人民调解法 27]." in (
        refused.value.detail
    )
    assert "立卷人" in refused.value.detail
    fields = [error.field for error in refused.value.errors]
    assert fields[:3] == [
        "mediation-consent",
        "mediation-session-record",
        "mediation-file-cover.filed_by",
    ]
    assert "mediation-application.parties" in fields


@pytest.mark.slow
@pytest.mark.parametrize(
    "ending",
    [
        FilePart("oral-agreement-registration", ORAL),
        FilePart("mediation-termination", TERMINATION),
    ],
    ids=["oral", "terminated"],
)
def test_an_oral_agreement_and_a_termination_end_a_file_as_well(ending: FilePart) -> None:
    parts = [part for part in WHOLE if part.form != "mediation-agreement"]
    file = make_file(COVER, [*parts, ending], dated=DAY, press=PRESS)
    assert "口头" in pdf_text(file.printed) or "终止" in pdf_text(file.printed)


def test_a_value_of_another_kind_is_refused_as_by_fill() -> None:
    with pytest.raises(PaperMisfilled):
        make_file(COVER | {"filed": "今天"}, WHOLE, dated=DAY, press=PRESS)


def test_a_remark_is_plain_text_too() -> None:
    parts = [*WHOLE[1:], FilePart("mediation-agreement", AGREEMENT, remark="#let \x00 <w:t>")]
    file = make_file(COVER, parts, dated=DAY, press=PRESS)
    assert "#let〔U+0000〕<w:t>" in pdf_text(file.printed)
    with ZipFile(BytesIO(file.archive.content)) as archive:
        contents = archive.read("01-卷内目录.docx")
    assert b"#let" in contents


@pytest.mark.slow
def test_on_both_sides_no_two_papers_share_a_sheet() -> None:
    file = make_file(COVER, WHOLE, dated=DAY, press=PRESS, duplex=True)
    begins = [number for number, page in enumerate(pages(file.printed)) if _title(page)]
    assert len(begins) == len(IN_ORDER)
    assert all(number % 2 == 0 for number in begins)


def test_a_whole_file_costs_less_than_a_second(made: MediationFile) -> None:
    """Measured: 0.11 to 0.17 s of CPU time for eight papers, 13 pages; the bound is for slow machines."""
    assert made.printed.content
    before = process_time()
    make_file(COVER, WHOLE, dated=DAY, press=PRESS)
    assert process_time() - before < 1.0
