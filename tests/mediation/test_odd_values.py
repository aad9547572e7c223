"""A value of the wrong kind, in any place of any paper, is refused and named, and is no fault of ours."""

from typing import Any

import pytest

from services.mediation.papers import FORMS
from tests.mediation.doors import Committee, Doors
from tests.mediation.filling import in_session, written

pytestmark = pytest.mark.parts
ODD: tuple[Any, ...] = (
    7,
    [],
    [{}],
    [{"name": "甲"}],
    [{"role": "甲", "name": "乙"}],
    ["甲"],
    {},
    True,
)


@pytest.mark.parametrize("form", FORMS)
async def test_no_value_of_a_wrong_kind_brings_the_service_to_a_halt(
    doors: Doors, committee: Committee, form: str
) -> None:
    mediation_id = await in_session(doors, committee)
    sound, answered = written(form, "number"), set[int]()
    for element in FORMS[form].elements:
        for odd in ODD:
            body = {"form": form, "values": sound["values"] | {element.id: odd}}
            answer = await doors.post(f"/mediations/{mediation_id}/fill-in-paper", body)
            assert answer.status_code in {200, 422}, (element.id, odd, answer.text)
            answered.add(answer.status_code)
    assert 422 in answered
