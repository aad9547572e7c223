"""The printed number of a committee's papers."""

from shared.papers import document_number

_MARK = "人调"
COMMITTEE_NAME = r"^[\u4e00-\u9fff\u3400-\u4dbfA-Za-z0-9]{1,38}$"
"""A name that a number can begin with: characters, letters and digits, room left for the mark."""


def agreement_number(committee: str, *, year: int, serial: int) -> str:
    """青云镇人调〔2026〕12号: the committee's short name, and its serial of that year.

    Raises ValueError for a name that is none, a year before 1949, a serial below 1.
    """
    return document_number(f"{committee}{_MARK}", year=year, serial=serial)
