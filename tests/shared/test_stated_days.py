"""Days as people state them over HTTP: written as days, within the office's calendar."""

from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from shared.office.occurrence_time import Day

DAY: TypeAdapter[date] = TypeAdapter(Day)


@pytest.mark.parametrize("written", ["1949-10-01", "2024-02-29", "2199-12-31"])
def test_a_day_of_the_calendar_is_taken(written: str) -> None:
    assert DAY.validate_python(written) == date.fromisoformat(written)


@pytest.mark.parametrize(
    "written",
    ["1949-09-30", "2200-01-01", "2025-02-29", "2025-3-4", "20250304", "2025-03-04T00:00:00Z"],
)
def test_what_is_no_such_day_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        DAY.validate_python(written)


@pytest.mark.parametrize("number", [0, 1_741_046_400, True, 1.0, "1741046400"])
def test_a_number_is_not_taken_for_the_seconds_since_1970(number: Any) -> None:
    with pytest.raises(ValidationError, match="A day is written as 2025-03-04"):
        DAY.validate_python(number)
