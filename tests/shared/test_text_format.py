"""Texts that are written in one way: refused by a sentence, documented by a pattern."""

from typing import Annotated

import pytest
from pydantic import BaseModel, ValidationError

from shared.http.validation import as_invalid
from shared.text_format import TextFormat

PLATE = TextFormat(pattern=r"^[A-Z]{1,4}-[0-9]{1,3}$", longest=6, rule="A plate looks like AB-12")


class Car(BaseModel):
    plate: Annotated[str, PLATE] | None = None


@pytest.mark.parametrize("plate", ["A-1", "AB-123", "ABCD-1"])
def test_what_is_written_so_is_taken(plate: str) -> None:
    assert Car(plate=plate).plate == plate


@pytest.mark.parametrize("plate", ["", "A", "AB-12\n", "a-1", "AB-1234", "ABCD-12", "12"])
def test_what_is_written_otherwise_is_told_the_rule_and_never_the_pattern(plate: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Car(plate=plate)
    [error] = as_invalid(refused.value.errors()).errors
    assert (error.field, error.message) == ("plate", PLATE.rule)


def test_programs_read_the_pattern_in_the_schema() -> None:
    [written, _] = Car.model_json_schema()["properties"]["plate"]["anyOf"]
    assert written == {"type": "string", "pattern": PLATE.pattern, "maxLength": 6}
