"""An organisation is told from a person, and its name has one form however it is written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from shared.organisation import (
    check_character,
    check_organisation,
    check_registration_number,
    normalised_name,
)
from shared.vault.bodies import Organisation

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from("159Y"),
    st.sampled_from("1239"),
    st.from_regex("[0-9]{6}", fullmatch=True),
    st.text(ALPHABET, min_size=9, max_size=9).filter(lambda it: not it.isdigit()),
)
FORMS = ("有限公司", "有限责任公司", "股份有限公司", "股份公司", "公司")
BETWEEN = st.text(" \u3000\t-·.,，。（）()【】“”_\u200b\ufeff", max_size=4)


@pytest.mark.parametrize("known", ["91350100M000100Y43", "911100007109250324"])
def test_published_codes_are_taken(known: str) -> None:
    assert check_registration_number(known) == known
    spaced = f" {known[:8].lower()}-{known[8:]}　"
    assert check_registration_number(spaced) == spaced


@given(CODES, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_a_code_with_one_wrong_character_is_refused(body: str, place: int, other: str) -> None:
    code = body + check_character(body)
    assert check_registration_number(code) == code
    wrong = code[:place] + other + code[place + 1 :]
    if wrong != code:
        with pytest.raises(ValueError, match=r"(?i)check character|18 characters|identity number"):
            check_registration_number(wrong)


@pytest.mark.parametrize(
    "number",
    [
        "510104199003071234",
        "51010419900307123X",
        "５１０１０４１９９００３０７１２３４",
        "510104 19900307 1234",
        "510104900307123",
        "519900000055501732",
        f"5101041990030712{check_character('51010419900307120')}",
    ],
)
def test_what_looks_like_a_persons_number_is_refused(number: str) -> None:
    with pytest.raises(ValueError, match=r"^Only an organisation may be a cause") as refused:
        check_registration_number(number)
    assert number not in str(refused.value)


BORN = st.from_regex(
    "5[1-3][0-9]{4}19[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}", fullmatch=True
)


@given(BORN.filter(lambda it: check_character(it) in "0123456789X"))
def test_a_persons_number_is_refused_though_an_organisations_character_fits(body: str) -> None:
    with pytest.raises(ValueError, match="identity number"):
        check_registration_number(body + check_character(body))


@pytest.mark.parametrize(
    "number", ["0" * 18, "", "91", "9" * 19, "I" * 18, "91350100M000100YO3", "🏭" * 18]
)
def test_what_is_no_code_is_refused(number: str) -> None:
    with pytest.raises(ValueError, match="18 characters"):
        check_registration_number(number)


@pytest.mark.parametrize(
    "name",
    [
        "綦江区宏达建筑工程有限责任公司",
        "宏达（重庆）建筑股份有限公司綦江分公司",
        "红星砖厂",
        "古南街道欢乐餐饮店",
        "石角镇某某养殖专业合作社",
        "綦江区第三建筑工程队",
        "宏达公司滨江路项目部",
        "某某投资中心（有限合伙）",
    ],
)
def test_an_organisations_name_is_taken(name: str) -> None:
    assert check_organisation(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "王小明",
        "欧阳小明",
        "司马天行",
        "阿卜杜拉·买买提",
        "Zhang San",
        "老王",
        "王店",
        "李东厂",
        "包工头张三",
        "宏达公司老板张三",
        "宏达公司 张三",
        "，。",
        "13900000007",
        "厂长",
        "龙小满13900000007公司",
        "51010419900307123X有限公司",
        "张三丈夫",
    ],
)
def test_a_persons_name_is_refused_without_being_repeated(name: str) -> None:
    with pytest.raises(ValidationError, match="Only an organisation may be a cause") as refused:
        Organisation(title=name)
    assert name not in str(refused.value)


@given(
    st.sampled_from(["宏达", "綦江ABC", "某某 第3建筑", "ﬁ宏"]),
    st.sampled_from(FORMS),
    st.lists(BETWEEN, min_size=30, max_size=30),
)
def test_one_name_has_one_form_however_it_is_written(
    name: str, form: str, between: list[str]
) -> None:
    written = "".join(a + b for a, b in zip(between, name + form, strict=False))
    wide = "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in written)
    for way in (written, wide, written.swapcase(), unicodedata.normalize("NFD", written)):
        assert normalised_name(way) == normalised_name(f"{name}公司")
    assert normalised_name(normalised_name(written)) == normalised_name(written)


def test_other_organisations_stay_apart() -> None:
    names = [
        "宏达建筑公司",
        "宏达建材公司",
        "宏达建筑公司綦江分公司",
        "宏达建筑厂",
        "宏达第2建筑公司",
    ]
    assert len({normalised_name(each) for each in names}) == len(names)


def test_a_word_for_organisations_alone_names_none() -> None:
    for word in ("公司", "有限公司", "砖厂"):
        with pytest.raises(ValidationError, match="write its full name"):
            Organisation(title=word)
