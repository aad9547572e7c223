"""What holds of any numbers: rounding is never an error, more than rounding always is one."""

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as st

from claims.rules.finding import Finding, Verdict
from tests.claims.labelled import checked

totals = st.integers(2, 20_000)
places = st.integers(0, 2)


def printed(part: int, whole: int, digits: int) -> Decimal:
    exact = Decimal(100 * part) / Decimal(whole)
    return exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def rate(text: str) -> Finding:
    (found,) = [each for each in checked(text).findings if each.stated.endswith("%")]
    return found


@given(whole=totals, digits=places, data=st.data())
def test_what_is_rounded_half_up_follows(whole: int, digits: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    stated = printed(part, whole, digits)
    found = rate(f"全年受理信访事项{whole}件,化解{part}件,化解率{stated}%。")
    assert found.verdict is Verdict.FOLLOWS, found


@given(whole=totals, digits=places, off=st.sampled_from([-3, -2, 2, 3]), data=st.data())
def test_what_is_off_by_more_than_rounding_does_not(
    whole: int, digits: int, off: int, data: st.DataObject
) -> None:
    part = data.draw(st.integers(0, whole))
    stated = printed(part, whole, digits) + off * Decimal(1).scaleb(-digits)
    if not 0 <= stated <= 100:
        return
    found = rate(f"全年受理信访事项{whole}件,化解{part}件,化解率{stated}%。")
    assert found.verdict is Verdict.DOES_NOT_FOLLOW, found


@given(whole=st.integers(1, 400), tenths=st.integers(0, 1000))
def test_feasibility_is_what_trying_every_part_finds(whole: int, tenths: int) -> None:
    stated = Decimal(tenths) / 10
    rounded = any(printed(part, whole, 1) == stated for part in range(whole + 1))
    cut_off = any(1000 * part // whole == tenths for part in range(whole + 1))
    found = rate(f"全年受理信访事项{whole}件,化解率{stated:.1f}%。")
    wanted = Verdict.CANNOT_CHECK if rounded or cut_off else Verdict.DOES_NOT_FOLLOW
    assert found.verdict is wanted, found


@given(now=st.integers(1, 3000), before=st.integers(1, 3000), digits=places)
def test_a_change_from_a_whole_number_always_has_one(now: int, before: int, digits: int) -> None:
    change = abs(printed(now - before, before, digits))
    way = "增长" if now > before else "下降"
    found = rate(f"全年受理信访事项{now}件,同比{way}{change}%。")
    assert found.verdict is Verdict.FOLLOWS, found


@given(parts=st.lists(st.integers(1, 999), min_size=2, max_size=12), off=st.integers(-20, 20))
def test_a_whole_list_follows_exactly_when_it_adds_up(parts: list[int], off: int) -> None:
    stated = sum(parts) + off
    if stated in {sum(parts[:stop]) for stop in range(2, len(parts))} or stated < 1:
        return
    kinds = ",".join(f"第{at}类纠纷{part}件" for at, part in enumerate(parts, 1))
    found = checked(f"全年共调处纠纷{stated}件:{kinds}。").findings
    assert [each.verdict for each in found] == [
        Verdict.DOES_NOT_FOLLOW if off else Verdict.FOLLOWS
    ]


@given(st.text(max_size=300))
def test_no_text_at_all_makes_it_fail(text: str) -> None:
    checked(text)


PIECES = st.sampled_from(
    [
        "全年",
        "受理",
        "化解",
        "办结",
        "其中",
        "分别为",
        "占",
        "同比下降",
        "由",
        "降至",
        "共",
        "合计",
        "剩余",
        "满意率",
        "化解率",
        "达",
        "约",
        "近",
        "以上",
        "件",
        "次",
        "人",
        "%",
        "‰",
        "个百分点",
        "倍",
        "成",
        "百分之九十",
        "三分之二",
        "万",
        "亿",
        "，",
        "。",
        "；",
        "：",
        "、",
        "（",
        "）",
        "(",
        ")",
        "187",
        "184",
        "98.4",
        "1,234",
        "0",
        "00",
        "1e9",
        "十二",
        "〇",
        "第34条",
        "〔2025〕12号",
        "12345热线",
        "of",
        "out",
        "the",
        "rate",
        "from",
        "to",
        "down",
        "up",
        "petitions",
        "and",
        "2025年",
        "\n",
        "|",
        "+",
        "-",
        "/",
        "等",
        "其他",
    ]
)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_no_words_of_the_grammar_in_any_order_make_it_fail(text: str) -> None:
    checked(text)
