"""An opinion has its parts: claims, facts, reasons, opinion per claim, legal basis, remedy [R32]."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.opinion_text import (
    Claim,
    OpinionLacks,
    OpinionText,
    refuse_incomplete,
    remedy_text,
)

WHOLE = OpinionText(
    claims=(Claim(claim="请求补发工资。", opinion="予以支持。"),),
    facts="欠薪两个月属实。",
    reasons="用工关系成立。",
    legal_basis="《中华人民共和国劳动法》第五十条。",
    remedy=remedy_text(),
)
blanks = st.text(st.sampled_from(" \u3000\t\n\u200b\u200d\u2060\ufeff"), max_size=5)
unseen = st.text(st.sampled_from("\u3164\u115f\u2800\u200e\u202e\x07"), min_size=1, max_size=5)


def missing(text: OpinionText) -> list[str]:
    try:
        refuse_incomplete(text)
    except OpinionLacks as refusal:
        return [error.field for error in refusal.errors]
    return []


def test_a_whole_opinion_lacks_nothing() -> None:
    assert missing(WHOLE) == []


def test_an_empty_opinion_lacks_every_part() -> None:
    assert missing(OpinionText()) == [
        "opinion.claims",
        "opinion.facts",
        "opinion.reasons",
        "opinion.legal_basis",
        "opinion.remedy",
    ]


@given(st.sampled_from(["facts", "reasons", "legal_basis", "remedy"]), blanks | unseen)
def test_a_blank_part_is_missing(part: str, blank: str) -> None:
    changed: dict[str, Any] = {part: blank}
    assert missing(replace(WHOLE, **changed)) == [f"opinion.{part}"]


@given(blanks, st.booleans())
def test_each_claim_has_its_words_and_its_opinion(blank: str, of_opinion: bool) -> None:
    part = "opinion" if of_opinion else "claim"
    changed: dict[str, Any] = {part: blank}
    claims = (*WHOLE.claims, replace(WHOLE.claims[0], **changed))
    assert missing(replace(WHOLE, claims=claims)) == [f"opinion.claims.1.{part}"]


@pytest.mark.parametrize(
    "remedy", ["可以申请复查。", "可以自收到之日起30日内提出意见。", "可以在130日内申请复查。"]
)
def test_the_remedy_names_the_review_and_its_term(remedy: str) -> None:
    assert missing(replace(WHOLE, remedy=remedy)) == ["opinion.remedy"]


@pytest.mark.parametrize("unit", [None, "某某县人民政府"])
def test_the_remedy_has_a_wording_of_its_own(unit: str | None) -> None:
    assert missing(replace(WHOLE, remedy=remedy_text(unit))) == []
    assert (unit or "上一级机关、单位") in remedy_text(unit)


def test_a_part_is_named_and_what_is_written_is_not_repeated() -> None:
    with pytest.raises(OpinionLacks) as refused:
        refuse_incomplete(replace(WHOLE, facts=""))
    assert [error.message for error in refused.value.errors] == [
        "is missing: 事实 (the facts) [R 32]"
    ]
