"""The printed number of a committee's papers."""

import re

from shared.papers import document_number

_MARK = "人调"
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,30}调[\u4e00-\u9fff]{0,6}[〔（(\[](19|20)[0-9]{2}[〕）)\]]第?[0-9]{1,6}号"
)


def agreement_number(committee: str, *, year: int, serial: int) -> str:
    """青云镇人调〔2026〕12号: the committee's short name, and its serial of that year.

    Raises ValueError for a name with brackets or spaces, a year before 1949, a serial below 1.
    """
    return document_number(f"{committee}{_MARK}", year=year, serial=serial)


def is_number(text: str) -> bool:
    """Whether it is written as mediation committees number their papers: mark, year, serial.

    So says nobody's name, telephone or identity number by mistake.
    """
    return _NUMBER.fullmatch(text) is not None
