"""The printed number of a committee's papers."""

from shared.papers import document_number

_MARK = "人调"


def agreement_number(committee: str, *, year: int, serial: int) -> str:
    """青云镇人调〔2026〕12号: the committee's short name, and its serial of that year.

    Raises ValueError for a name with brackets or spaces, a year before 1949, a serial below 1.
    """
    return document_number(f"{committee}{_MARK}", year=year, serial=serial)
