"""The day on which a committee's term begins, as it is stated."""

from datetime import date

import pytest
from pydantic import TypeAdapter, ValidationError

from services.mediation.api.committees import FirstOfTerm


def test_a_term_begins_early_enough_to_end_within_the_calendar() -> None:
    term: TypeAdapter[date] = TypeAdapter(FirstOfTerm)
    assert term.validate_python("2195-12-31") == date(2195, 12, 31)
    for outside in ("2196-01-01", "1949-09-30"):
        with pytest.raises(ValidationError):
            term.validate_python(outside)
