"""Amounts as they are spoken: read where they are certain, left as they were said where not."""

import pytest

from services.mediation.papers.dictation.money import amounts_in


def _read(text: str, *, bare: bool = False) -> list[tuple[str, int | None]]:
    return [(amount.said, amount.cents) for amount in amounts_in(text, bare=bare)]


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("赔三千块钱", 300_000),
        ("赔三千元", 300_000),
        ("赔偿人民币3000元整", 300_000),
        ("赔3,000元", 300_000),
        ("付1.5万元", 1_500_000),
        ("给一万二千块", 1_200_000),
        ("补两百五十块", 25_000),
        ("退三块五毛", 350),
        ("退三块五毛二分钱", 352),
        ("退12.50元", 1_250),
        ("赔三千", 300_000),
        ("给他三千五", 350_000),
        ("一共一万二", 1_200_000),
        ("还5000就算了", 500_000),
        ("赔＊＊三千块", 300_000),
    ],
)
def test_a_certain_amount_is_read_in_cents(text: str, cents: int) -> None:
    assert [read for _, read in _read(text)] == [cents]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("赔三五千块", "三五千块"),
        ("赔大概三千块", "大概三千块"),
        ("赔三千来块", "三千来块"),
        ("赔三千多块钱", "三千多块钱"),
        ("赔三千块左右", "三千块左右"),
        ("赔几千块", "几千块"),
        ("三块五天内给", "三块"),
    ],
)
def test_a_rough_amount_is_left_as_it_was_said_with_a_doubt(text: str, said: str) -> None:
    [amount] = amounts_in(text)
    assert (amount.said, amount.cents) == (said, None)
    assert said in (amount.doubt or "")


@pytest.mark.parametrize(
    "text",
    [
        "占了半米",
        "拿出三百斤麦子",
        "给三天时间",
        "退两米",
        "赔一千五百斤",
        "住三组12号",
        "三块地",
        "今年五十二岁",
        "第一次给",
        "电话13900000001",
        "还给他",
    ],
)
def test_what_is_no_money_is_not_taken_for_it(text: str) -> None:
    assert _read(text) == []


def test_an_amount_without_its_unit_counts_only_where_money_is_spoken_of() -> None:
    assert _read("头一笔一千") == []
    assert _read("头一笔一千", bare=True) == [("一千", 100_000)]
    assert _read("头一笔一千斤", bare=True) == []


def test_several_amounts_come_in_their_order() -> None:
    assert _read("医药费八百块误工费五百元一共赔一千三") == [
        ("八百块", 80_000),
        ("五百元", 50_000),
        ("一千三", 130_000),
    ]
