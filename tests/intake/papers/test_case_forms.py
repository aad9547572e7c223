"""The papers of a case have every element that asks to be there, and fit their page."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.case import CASE
from services.intake.domain.opinion_text import remedy_text
from services.intake.papers import FORMS, NUMBER_MARK
from services.intake.papers.wordings import of_the_opinion, wordings
from shared.contracts.case_codes import Purpose
from shared.contracts.case_handling_codes import DeclineGround, DocumentKind
from shared.contracts.intake import CaseDeclined, CaseEvent
from shared.papers import PaperLacks, Value, fill, write_docx
from shared.testing.given_when_then import happened
from tests.intake.facts import CASE_ID, FILED, MATTER_ID
from tests.opinions import OPINION
from tests.shared.papers.reading import PRESS, opened, pages, pdf_text, printed

RECEIVED, ON = date(2026, 11, 2), date(2026, 11, 6)
OFFICE: dict[str, Value] = {
    "number": "青云镇信〔2026〕12号",
    "contact": "青云镇综治中心，电话0000-5550123",
    "seal": "青云镇人民政府",
}


def declined(ground: DeclineGround) -> CaseDeclined:
    return CaseDeclined(case_id=CASE_ID, matter_id=MATTER_ID, ground=ground)


ENDS: dict[DocumentKind, tuple[CaseEvent, ...]] = {
    DocumentKind.OPINION: (),
    DocumentKind.RECEIPT: (),
    DocumentKind.DECLINED: (declined(DeclineGround.IN_PROCESS),),
    DocumentKind.NO_FURTHER_ACCEPTANCE: (declined(DeclineGround.CONCLUDED),),
}


def values(
    document: DocumentKind, purpose: Purpose = Purpose.REQUEST, **changes: Value
) -> dict[str, Value]:
    filed = FILED.model_copy(update={"purpose": purpose})
    case = CASE.fold_marked(happened(each, RECEIVED) for each in (filed, *ENDS[document]))
    known = wordings(document, case, petitioner="张三丰", on=ON)
    if document is DocumentKind.OPINION:
        known |= of_the_opinion(OPINION | {"remedy": remedy_text("示范县人民政府")})
    return known | OFFICE | changes


every_form = pytest.mark.parametrize("document", FORMS)


@every_form
def test_the_record_and_three_words_of_the_office_fill_a_paper(document: DocumentKind) -> None:
    text = printed(fill(FORMS[document], values(document), dated=ON))
    for words in ("青云镇信〔2026〕12号", "张三丰：", "2026年11月2日", "2026年11月6日"):
        assert words in text
    for words in ("0000-5550123", "青云镇人民政府（印章）"):
        assert words in text


@pytest.mark.parametrize(
    ("document", "element"),
    [(kind, element.id) for kind, form in FORMS.items() for element in form.elements],
)
def test_a_paper_that_lacks_an_element_is_refused_with_its_name(
    document: DocumentKind, element: str
) -> None:
    complete = values(document)
    with pytest.raises(PaperLacks) as refused:
        fill(
            FORMS[document],
            {name: value for name, value in complete.items() if name != element},
            dated=ON,
        )
    assert [lack.element for lack in refused.value.missing] == [element]


@given(st.sampled_from(["contact", "matter", "petitioner"]), st.sampled_from(" \u200b\u3000"))
def test_a_blank_element_is_missing(element: str, blank: str) -> None:
    changed: dict[str, Any] = {element: blank}
    with pytest.raises(PaperLacks) as refused:
        fill(FORMS[DocumentKind.RECEIPT], values(DocumentKind.RECEIPT, **changed), dated=ON)
    assert [lack.element for lack in refused.value.missing] == [element]


@pytest.mark.parametrize("purpose", Purpose)
@every_form
def test_a_short_paper_is_one_page(document: DocumentKind, purpose: Purpose) -> None:
    paper = fill(FORMS[document], values(document, purpose), dated=ON)
    assert len(pages(PRESS.print_pdf(paper))) == 1


def test_the_title_of_an_opinion_names_the_matter() -> None:
    form = FORMS[DocumentKind.OPINION]
    paper = fill(form, values(DocumentKind.OPINION, matter="补发拖欠工资"), dated=ON)
    assert paper.title == "关于补发拖欠工资信访事项的处理意见书"
    assert "关于补发拖欠工资信访事项的处理意见书" in pdf_text(PRESS.print_pdf(paper))


def test_each_claim_has_its_opinion_under_its_number() -> None:
    claims = [
        {"claim": "请求补发工资。", "opinion": "予以支持。"},
        {"claim": "请求赔偿利息。", "opinion": "解释说明。"},
    ]
    found = of_the_opinion(OPINION | {"claims": claims, "remedy": remedy_text()})
    assert found["claims"] == "1. 请求补发工资。\n2. 请求赔偿利息。"
    assert found["opinions"] == "1. 予以支持。\n2. 解释说明。"


def test_an_opinion_states_the_remedy_and_its_term() -> None:
    text = printed(fill(FORMS[DocumentKind.OPINION], values(DocumentKind.OPINION), dated=ON))
    assert "可以自收到之日起30日内向上一级机关、单位（示范县人民政府）申请复查" in text


@every_form
def test_the_word_file_says_the_same(document: DocumentKind) -> None:
    paper = fill(FORMS[document], values(document), dated=ON)
    written = "".join(line.text for line in opened(write_docx(paper)).paragraphs)
    for words in (paper.title, "张三丰：", "青云镇信〔2026〕12号", "青云镇人民政府"):
        assert words in written


def test_who_is_not_competent_has_to_say_who_is() -> None:
    case = CASE.fold_marked(
        happened(each, RECEIVED) for each in (FILED, declined(DeclineGround.NOT_COMPETENT))
    )
    known = wordings(DocumentKind.DECLINED, case, petitioner="张三丰", on=ON)
    with pytest.raises(PaperLacks) as refused:
        fill(FORMS[DocumentKind.DECLINED], known | OFFICE, dated=ON)
    assert [lack.element for lack in refused.value.missing] == ["destination"]


@pytest.mark.parametrize("mark", ["青云镇信", "青云镇人民政府信", "A区信访局"])
def test_a_mark_of_a_unit(mark: str) -> None:
    assert NUMBER_MARK.fits(mark)


@pytest.mark.parametrize("mark", ["", "13912345678", "青云 镇", "青云镇信〔2026〕", "信" * 31])
def test_what_is_no_mark_of_a_unit(mark: str) -> None:
    assert not NUMBER_MARK.fits(mark)
