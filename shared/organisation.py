"""An organisation by its registration number or its name: checked, and brought into one form.

统一社会信用代码 (unified social credit code, GB 32100-2015): 17 characters and a check character.
A mistake is a ValueError whose sentence never repeats what was written.
"""

import re
import unicodedata

from shared.resident_number import looks_like_resident_number

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Without I, O, S, V and Z."""
_CODE = re.compile(rf"[{_ALPHABET[1:]}][{_ALPHABET}][0-9]{{6}}[{_ALPHABET}]{{10}}")
"""Registering authority, kind, division, organisation code and check character."""
_WEIGHTS = tuple(pow(3, place, len(_ALPHABET)) for place in range(17))
_BETWEEN = re.compile(r"[\W_]+")
_LEGAL_FORM = re.compile("(?:股份有限|有限责任|有限|股份)+公司")
_NOTE_OF_FORM = re.compile("(?:(?:特殊普通|普通|有限)合伙|个人独资|个体工商户)+$")
_LONG_NUMBER = re.compile("[0-9]{11}")
_LONGER_WORDS = (
    "公司|集团|企业|合作社|联合社|经济社|供销社|信用社|旅行社"
    "|工程队|施工队|建筑队|运输队|项目部|经营部|门市部|指挥部|服务部"
    "|中心|学校|小学|中学|大学|学院|幼儿园|产业园|医院|卫生院|卫生室|诊所"
    "|银行|支行|分行|商行|车行|工厂|酒店|饭店|宾馆|旅馆|超市|商场|市场"
    "|农场|林场|牧场|煤矿|研究所|事务所|工作室|作坊"
    "|协会|商会|基金会|委员会|村委会|居委会|管委会|政府|办事处|管理处|管理局|物业"
)
_SHORT_WORDS = "厂店部院队社站场矿馆所局处"
_ORGANISATION = re.compile(rf".{{2,}}(?:{_LONGER_WORDS})|.{{3,}}[{_SHORT_WORDS}]")

_ONLY = "Only an organisation may be a cause, never a person"


def normalised_number(written: str) -> str:
    """NFKC, in capitals, without blanks and punctuation."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", written)).upper()


def check_registration_number(written: str) -> str:
    """The number as it is written; ValueError unless it is an organisation's, by its check character.

    What looks like a resident's identity number is none, even if its last character fits.
    """
    number = normalised_number(written)
    if looks_like_resident_number(number):
        raise ValueError(f"{_ONLY}: this looks like a resident's identity number")
    if not _CODE.fullmatch(number):
        raise ValueError(
            f"{_ONLY}: a unified social credit code (统一社会信用代码) has 18 characters"
        )
    if number[17] != check_character(number[:17]):
        raise ValueError("The check character does not fit the unified social credit code")
    return written


def check_character(number: str) -> str:
    """The last character of a code that begins with these 17 (GB 32100-2015)."""
    places = (_ALPHABET.index(each) for each in number)
    total = sum(place * weight for place, weight in zip(places, _WEIGHTS, strict=True))
    return _ALPHABET[-total % len(_ALPHABET)]


def normalised_name(written: str) -> str:
    """One form of the ways in which the same name is written.

    NFKC and lower case; letters and digits alone, so without blanks, brackets and punctuation;
    股份有限公司, 有限责任公司, 有限公司 and 股份公司 become 公司; a note of the legal form at the end
    (普通合伙, 特殊普通合伙, 有限合伙, 个人独资, 个体工商户) is left out.
    """
    name = unicodedata.normalize("NFKC", written).casefold()
    name = _BETWEEN.sub("", unicodedata.normalize("NFKC", name))
    return _NOTE_OF_FORM.sub("", _LEGAL_FORM.sub("公司", name))


def check_organisation(written: str) -> str:
    """The name as it is written; ValueError unless it ends as an organisation's does.

    A short word such as 厂 ends a name of four characters or more: people's names are shorter.
    """
    name = normalised_name(written)
    if _LONG_NUMBER.search(name):
        raise ValueError(f"{_ONLY}: the name holds a long number, as of a telephone or a card")
    if not _ORGANISATION.fullmatch(name):
        raise ValueError(f"{_ONLY}: write its full name, which ends in 公司, 厂, 合作社, 项目部 …")
    return written
