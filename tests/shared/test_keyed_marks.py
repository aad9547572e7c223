"""A mark is equal where the same is meant under the same key, and says nothing by itself."""

import re

from hypothesis import given
from hypothesis import strategies as st

from shared.keyed_marks import NO_MARKS, SHORTEST_TEXT, KeyedMarks
from shared.keys import Keys
from shared.vault.bodies import Organisation

MARKS, OTHERS = KeyedMarks(Keys(bytes(32))), KeyedMarks(Keys(bytes(31) + b"1"))
CODE = "91350100M000100Y43"
TEXT = "经核实，该路段照明线路老化，已由街道更换并验收，今后每季度巡查一次。"


def test_a_registration_number_counts_where_it_is_stated() -> None:
    one = Organisation(registration_number=CODE, title="宏达建筑有限公司")
    other = Organisation(registration_number=f"{CODE[:6]} {CODE[6:].lower()}", title="红星砖厂")
    assert MARKS.of_organisation(one) == MARKS.of_organisation(other)
    assert MARKS.of_organisation(one) != MARKS.of_organisation(Organisation(title=one.title))


@given(
    st.sampled_from(["有限公司", "有限责任公司", "股份有限公司"]), st.text(" （）·-", max_size=5)
)
def test_the_same_name_has_the_same_mark_in_every_service(form: str, between: str) -> None:
    mark = MARKS.of_organisation(Organisation(title=f"宏达{between}建筑{form}"))
    assert mark == MARKS.of_organisation(Organisation(title="宏达建筑公司"))
    assert mark is not None
    assert re.fullmatch("[0-9a-f]{64}", mark)


def test_another_key_makes_another_mark_and_none_makes_none() -> None:
    stated = Organisation(title="宏达建筑有限公司")
    assert MARKS.of_organisation(stated) != OTHERS.of_organisation(stated)
    assert MARKS.of_text(TEXT) != OTHERS.of_text(TEXT)
    assert (NO_MARKS.of_organisation(stated), NO_MARKS.of_text(TEXT)) == (None, None)
    assert MARKS.of_organisation(None) is None


def test_a_name_is_never_marked_like_a_number_or_a_text() -> None:
    name = "宏达建筑工程劳务分包与机械租赁有限责任公司第三项目部"
    assert MARKS.of_organisation(Organisation(title=name)) != MARKS.of_text(name)


@given(st.lists(st.text(" \n\t，。；0123456789２０①Ⅳ-/年", max_size=3), min_size=40, max_size=40))
def test_a_text_is_the_same_with_other_dates_and_blanks(between: list[str]) -> None:
    written = "".join(
        a + b
        for a, b in zip(
            TEXT, [each.replace("年", "").replace("Ⅳ", "") for each in between], strict=False
        )
    )
    assert MARKS.of_text(written) == MARKS.of_text(TEXT)


def test_another_text_has_another_mark_and_a_short_one_none() -> None:
    assert MARKS.of_text(TEXT) != MARKS.of_text(TEXT.replace("更换", "修复"))
    assert MARKS.of_text("同意。") is None
    assert MARKS.of_text("1" * 100) is None
    assert MARKS.of_text("字" * (SHORTEST_TEXT - 1)) is None
    assert MARKS.of_text("字" * SHORTEST_TEXT) is not None


@given(st.text(max_size=400))
def test_any_text_is_taken(text: str) -> None:
    mark = MARKS.of_text(text)
    assert mark is None or len(mark) == 64
