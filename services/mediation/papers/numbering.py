"""The printed number of a committee's papers."""

import re

from shared.papers import document_number
from shared.text_format import TextFormat

_MARK = "人调"
COMMITTEE_NAME = TextFormat(
    pattern=r"^[A-Za-z0-9]{0,6}(?:[\u4e00-\u9fff\u3400-\u4dbf][A-Za-z0-9]{0,6}){1,38}$",
    longest=38,
    rule="A committee's name is up to 38 Chinese characters, with letters and digits between them "
    "at most six in a row, without blanks and signs, such as 青云镇",
)
"""A name that a number can begin with, room left for the mark. A number is published, so a name
can be no telephone or identity number.
"""

_OTHER = r"\u4e00-\u9fff\u3400-\u4dbf〔〕（）()\[\]【】—-"
STATED_NUMBER = TextFormat(
    pattern=rf"^[{_OTHER}]{{0,40}}[0-9]{{1,6}}([{_OTHER}]{{1,20}}[0-9]{{1,6}}){{0,2}}[{_OTHER}]{{0,3}}$",
    longest=64,
    rule="A number looks like 青云镇人调〔2026〕12号: Chinese characters and brackets, up to three "
    "groups of at most six digits, 64 characters in all, and nothing else",
)
"""However an office once numbered, such as （2019）青调字第7号: published, so it can be no telephone
or identity number, no name alone and no markup.
"""


def agreement_number(committee: str, *, year: int, serial: int) -> str:
    """青云镇人调〔2026〕12号: the committee's short name, and its serial of that year.

    Raises ValueError for a name that is none, a year before 1949, a serial below 1.
    """
    return document_number(f"{committee}{_MARK}", year=year, serial=serial)


def serial_of(number: str, *, committee: str) -> tuple[int, int] | None:
    """Year and serial of a number that the committee counts by; None for any other."""
    counted = re.fullmatch(rf"{committee}{_MARK}〔([0-9]{{4}})〕([1-9][0-9]{{0,5}})号", number)
    return (int(counted[1]), int(counted[2])) if counted else None
