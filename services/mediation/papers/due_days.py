"""By which days an agreement is to be performed, as its paper says it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from services.mediation.papers.dictation.days import full_day


def instalment_days(values: Mapping[str, Any]) -> Sequence[date | None]:
    """One a row of the instalments; None where a row names no single day ("秋收后", "每月5日")."""
    return [full_day(str(row.get("due", ""))) for row in values.get("instalments") or ()]


def last_day(values: Mapping[str, Any]) -> date | None:
    """The day by which all is done, where the paper names one and has no instalments."""
    return full_day(str(values.get("performance_by") or ""))
