"""Each form asks for what the law asks for, and prints every part of it, in both files."""

from datetime import date

import pytest
from docx.shared import Length, Pt
from hypothesis import given
from hypothesis import strategies as st

from services.mediation.papers import COMMITTEE_NAME, FORMS, STATED_NUMBER, agreement_number
from services.mediation.papers.forms import (
    AGREEMENT,
    CONFIRMATION_REQUEST,
    COVER,
    TERMINATION_NOTICE,
)
from shared.papers import Form, PaperLacks, fill, write_docx
from shared.papers.blocks import texts_of
from tests.mediation.papers.samples import AGREEMENT as AGREED
from tests.mediation.papers.samples import BY_FORM, DAY
from tests.shared.papers.reading import PRESS, docx_text, opened, pages, pdf_text

ALL = list(FORMS.values())
FORM_IDS = [form.id for form in ALL]


@pytest.mark.parametrize("name", ["青云镇", "镇" * 38, "㐀A1", "2020青云123456镇"])
def test_a_committee_s_name_is_one_that_its_numbers_bear(name: str) -> None:
    assert COMMITTEE_NAME.fits(name)
    assert agreement_number(name, year=2026, serial=12) == f"{name}人调〔2026〕12号"


@pytest.mark.parametrize(
    "name",
    ["青云镇<b>", "青·云", "青 云", "镇" * 39, "", "13900000001", "青云411522196001011234"],
)
def test_what_no_number_can_bear_is_no_committee_s_name(name: str) -> None:
    assert not COMMITTEE_NAME.fits(name)


def test_there_is_a_sample_for_every_form() -> None:
    assert BY_FORM.keys() == FORMS.keys()


@pytest.mark.parametrize("form", ALL, ids=FORM_IDS)
def test_a_paper_shows_every_element_in_both_files(form: Form) -> None:
    paper = fill(form, BY_FORM[form.id], dated=DAY)
    pdf = PRESS.print_pdf(paper)
    printed, written = pdf_text(pdf), docx_text(write_docx(paper))
    for block in paper.blocks:
        for text in texts_of(block):
            assert "".join(text.split()) in printed
            assert text in written
    assert pdf.by_code == ()
    assert float(pages(pdf)[0].mediabox.width) == pytest.approx(595.28, abs=0.1)


@pytest.mark.parametrize("form", ALL, ids=FORM_IDS)
def test_each_required_element_is_missed_by_its_name_and_source(form: Form) -> None:
    for element in form.required:
        with pytest.raises(PaperLacks) as refused:
            fill(form, BY_FORM[form.id] | {element.id: None}, dated=DAY)
        [lack] = refused.value.missing
        assert (lack.element, lack.zh, lack.en) == (element.id, element.zh, element.en)
        assert element.source in refused.value.detail


@pytest.mark.parametrize("form", ALL, ids=FORM_IDS)
def test_every_element_has_both_names_and_a_source(form: Form) -> None:
    assert form.source
    for element in form.elements:
        assert element.zh.strip()
        assert element.en.isascii()
        assert element.source.strip()
        assert not any(word in element.zh for word in ("民族", "政治面貌")), (
            "persons are not sorted"
        )


def test_the_agreement_has_all_that_article_29_names() -> None:
    required = {element.id for element in AGREEMENT.required}
    assert required == {
        "number",
        "parties",
        "facts",
        "issue",
        "liabilities",
        "terms",
        "performance_mode",
        "performance_by",
        "copies",
        "parties_sign",
        "mediator",
        "seal",
        "dated",
    }
    with pytest.raises(PaperLacks) as refused:
        fill(AGREEMENT, {}, dated=DAY)
    assert {lack.element for lack in refused.value.missing} == required
    assert "各方责任 / each side's liability [人民调解法 29(2)]" in refused.value.detail


def test_a_party_without_an_address_is_named_by_its_row() -> None:
    nameless = [{"side": "申请人", "name": "王甲", "address": ""}]
    with pytest.raises(PaperLacks, match="当事人基本情况·单位或住址（第1行）"):
        fill(AGREEMENT, AGREED | {"parties": nameless}, dated=DAY)


def test_a_termination_without_the_other_routes_is_refused() -> None:
    with pytest.raises(PaperLacks, match="可以采取的其他途径") as refused:
        fill(TERMINATION_NOTICE, BY_FORM[TERMINATION_NOTICE.id] | {"routes": []}, dated=DAY)
    assert refused.value.missing[0].source == "人民调解法 26"


def test_a_confirmation_is_asked_for_with_its_last_day_and_an_address_for_service() -> None:
    values = BY_FORM[CONFIRMATION_REQUEST.id]
    printed = pdf_text(PRESS.print_pdf(fill(CONFIRMATION_REQUEST, values, dated=DAY)))
    assert "申请期限届满日：2026年4月4日" in printed
    assert (date(2026, 4, 4) - DAY).days == 30
    written = opened(write_docx(fill(CONFIRMATION_REQUEST, values, dated=DAY)))
    [court] = [line for line in written.paragraphs if line.text == "青云县人民法院"]
    assert court.paragraph_format.first_line_indent == 0
    rows = [{"side": "申请人", "name": "王甲", "address": "三组", "contact": "1"}]
    with pytest.raises(PaperLacks, match="送达地址"):
        fill(CONFIRMATION_REQUEST, values | {"parties": rows}, dated=DAY)


@pytest.mark.parametrize(
    "number",
    [
        "青云镇人调〔2026〕12号",
        "青云民调字(2019)第003号",
        "（2019）青调字第7号",
        "城关人民调解〔2026〕1号",
    ],
)
def test_a_number_may_be_written_as_offices_once_did(number: str) -> None:
    assert STATED_NUMBER.fits(number)
    for spoilt in (f"{number}。", f" {number}", f"{number}\n", f"{number}\n<b>"):
        assert not STATED_NUMBER.fits(spoilt)


@given(st.from_regex(r"[1-9][0-9]{10}|[1-9][0-9]{16}[0-9X]", fullmatch=True))
def test_no_telephone_or_identity_number_is_taken_for_one(number: str) -> None:
    assert not STATED_NUMBER.fits(number)
    assert not STATED_NUMBER.fits(f"人调{number}号")


def test_no_number_is_longer_than_its_event_may_say() -> None:
    assert STATED_NUMBER.fits(f"{'镇' * 40}2026{'字' * 16}2026")
    assert not STATED_NUMBER.fits(f"{'镇' * 40}2026{'字' * 17}2026")


def test_numbers_name_the_committee_and_count_within_a_year() -> None:
    assert agreement_number("青云镇", year=2026, serial=12) == "青云镇人调〔2026〕12号"
    with pytest.raises(ValueError, match="serial"):
        agreement_number("青云镇", year=2026, serial=0)


def test_the_cover_stays_on_one_page() -> None:
    paper = fill(COVER, BY_FORM[COVER.id], dated=DAY)
    assert len(pages(PRESS.print_pdf(paper))) == 1
    lines = [line.paragraph_format for line in opened(write_docx(paper)).paragraphs]
    height = sum(
        part.pt if isinstance(part, Length) else 0
        for line in lines
        for part in (line.space_before, line.space_after, line.line_spacing or Pt(28))
    )
    assert height < 225 / 25.4 * 72


@pytest.mark.slow
def test_a_court_is_addressed_on_one_page() -> None:
    """Wherever the page ends: 此致 is not its last line."""
    for lines in range(1, 20):
        values = BY_FORM["confirmation-request"] | {"enclosed": "材料一份。\n" * lines}
        printed = pages(PRESS.print_pdf(fill(CONFIRMATION_REQUEST, values, dated=DAY)))
        [addressed] = [
            "".join(text.split()) for page in printed if "此致" in (text := page.extract_text())
        ]
        assert "此致青云县人民法院" in addressed, lines
