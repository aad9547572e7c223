"""A paper that lacks something is refused by the names of all that it lacks."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.papers import Element, Form, Kind, PaperLacks, PaperMisfilled, Signer, Value, fill
from shared.papers.blocks import Closing, Heading
from shared.papers.values import LONGEST_TEXT, MOST_LINES, MOST_ROWS
from tests.shared.papers.forms import COLUMNS, DAY, FORM, VALUES, element, paper

REQUIRED = [element.id for element in FORM.required]


def test_everything_that_is_missing_is_named_at_once_with_its_source() -> None:
    with pytest.raises(PaperLacks) as refused:
        fill(FORM, {}, dated=DAY)
    assert [lack.element for lack in refused.value.missing] == REQUIRED
    assert "remark" not in REQUIRED
    assert refused.value.status == 422
    assert "意见 / the opinion [某法 29]" in refused.value.detail
    assert "关于某事的答复意见书 (reply)" in refused.value.detail
    assert str(refused.value) == refused.value.detail
    assert [error.field for error in refused.value.errors] == [
        f"values.{element}" for element in REQUIRED
    ]


@given(st.sets(st.sampled_from(REQUIRED), min_size=1))
def test_a_paper_lacks_just_what_was_left_out(left_out: set[str]) -> None:
    with pytest.raises(PaperLacks) as refused:
        paper(**dict.fromkeys(left_out))
    assert {lack.element for lack in refused.value.missing} == left_out


@pytest.mark.parametrize("blank", ["", "  \n\t", "\u3000", "\u200b\ufeff", None])
def test_what_nobody_can_see_is_not_there(blank: str | None) -> None:
    with pytest.raises(PaperLacks) as refused:
        paper(opinion=blank, people=[{"name": blank or ""}], sign=[Signer(blank or "")])
    assert [lack.element for lack in refused.value.missing] == ["people", "opinion", "sign"]


def test_an_empty_cell_is_named_by_its_column_and_row() -> None:
    with pytest.raises(PaperLacks) as refused:
        paper(people=[{"name": "王甲", "address": "三组"}, {"name": "李乙"}])
    assert [str(lack) for lack in refused.value.missing] == [
        "有关人员·住址（第2行） / the people: address [某法 29]"
    ]
    assert refused.value.errors[0].field == "values.people.1.address"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("opinion", 3),
        ("opinion", "字" * (LONGEST_TEXT + 1)),
        ("opinion", "字\n" * (MOST_LINES + 1)),
        ("copies", 0),
        pytest.param("copies", 10**5000, id="a number that Python itself does not print"),
        ("copies", True),
        ("copies", "三"),
        ("dated", "2026-03-05"),
        ("dated", datetime(2026, 3, 5, tzinfo=UTC)),
        ("people", "王甲"),
        ("people", [{"name": "王甲", "secret": "x"}]),
        ("people", [{"name": 3}]),
        ("people", [{"name": "王甲", "address": "三组"}] * (MOST_ROWS + 1)),
        ("people", [{"name": "王甲", "address": "字" * 200}] * 300),
        ("sign", ["王甲"]),
        ("sign", [Signer("王甲", "字" * (LONGEST_TEXT + 1))]),
        ("sign", [Signer("经办人")] * (MOST_ROWS + 1)),
        ("stranger", "text"),
    ],
)
def test_a_value_of_another_kind_is_refused_by_its_element_and_not_repeated(
    name: str, value: Value
) -> None:
    with pytest.raises(PaperMisfilled) as refused:
        paper(**{name: value})
    [error] = refused.value.errors
    assert error.field == f"values.{name}"
    assert "王甲" not in error.message


def test_a_name_that_is_none_of_ours_is_not_repeated() -> None:
    with pytest.raises(PaperMisfilled) as refused:
        paper(**{"王甲 13900000001": "text"})
    assert [error.field for error in refused.value.errors] == ["values"]


def test_optional_elements_without_content_leave_no_trace_and_no_gap_in_the_numbers() -> None:
    headings = [block.text for block in paper().blocks if isinstance(block, Heading)]
    assert headings == ["一、有关人员", "二、处理", "（一）事实", "（二）依据", "三、意见"]
    with_remark = [block.text for block in paper(remark="无").blocks if isinstance(block, Heading)]
    assert with_remark[-2:] == ["三、备注", "四、意见"]


def test_unit_and_date_end_the_paper_the_unit_centred_over_the_date() -> None:
    closing = paper().blocks[-1]
    assert closing == Closing("青云镇人民政府（印章）", 1.5, "2026年3月5日", 4.0)
    long_named = paper(seal="某某县青云镇矛盾纠纷多元化解工作领导小组").blocks[-1]
    assert isinstance(long_named, Closing)
    assert long_named.unit_indent == 0


def test_signatures_stay_with_the_paragraph_before_them() -> None:
    short = paper()
    assert len(short.blocks) - short.end == 3
    many = paper(sign=[Signer("当事人", str(number)) for number in range(40)])
    assert many.end == len(many.blocks)


def test_a_form_that_cannot_be_printed_is_told_where_it_is_written() -> None:
    with pytest.raises(ValueError, match="rows have columns"):
        element("rows", "行", Kind.ROWS)
    with pytest.raises(ValueError, match="rows have columns"):
        Element(id="x", zh="x", en="x", kind=Kind.TEXT, source="x", columns=COLUMNS)
    twice = (element("a", "甲", Kind.TEXT), element("a", "乙", Kind.TEXT))
    with pytest.raises(ValueError, match="stands twice"):
        Form(id="x", zh="x", en="x", source="x", body=twice)


def test_the_values_of_a_paper_are_not_changed_by_filling_it() -> None:
    before = dict(VALUES)
    paper(remark="无", dated=date(2027, 1, 1))
    assert before == VALUES
