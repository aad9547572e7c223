"""A unit keeps its code, is corrected by facts, and ends once, with a successor or openly without."""

from dataclasses import replace
from datetime import date

import pytest

from services.intake.domain.units import UNIT, CorrectUnit, EndUnit, RegisterUnit
from services.intake.domain.units.refusals import (
    EndsBeforeItBegan,
    MattersAreOpen,
    MergedUnitNeedsItsSuccessor,
    NothingCorrected,
    SuccessorNotRegistered,
    UnitHasEnded,
    UnitNotFound,
    UnitRegisteredOtherwise,
)
from shared.contracts.unit_codes import UnitEnd, UnitFact, UnitType
from shared.contracts.units import UnitCorrected, UnitEnded, UnitRegistered
from shared.refusals import Refusal
from shared.testing.given_when_then import Facts

unit = Facts(UNIT)
UNIT_ID, OTHER_ID = (f"519900-0198a5c0-0000-7000-8000-00000000000{n}" for n in (1, 2))
BEGIN, END = date(2025, 1, 1), date(2025, 6, 1)
REGISTER = RegisterUnit(
    unit_id=UNIT_ID,
    code="justice",
    division="519900171",
    unit_type=UnitType.JUSTICE,
    title="青云镇司法所",
    valid_from=BEGIN,
    parent="leadership",
)
REGISTERED = UnitRegistered(
    unit_id=UNIT_ID,
    code="justice",
    division="519900171",
    unit_type=UnitType.JUSTICE,
    title="青云镇司法所",
    valid_from=BEGIN,
    parent="leadership",
)
MERGE = EndUnit(on=END, why=UnitEnd.MERGED, successor=OTHER_ID)
MERGED = UnitEnded(unit_id=UNIT_ID, on=END, why=UnitEnd.MERGED, successor=OTHER_ID)
ABOLISH = EndUnit(on=END, why=UnitEnd.ABOLISHED)
ABOLISHED = UnitEnded(unit_id=UNIT_ID, on=END, why=UnitEnd.ABOLISHED)


def test_a_unit_is_registered_once() -> None:
    unit.when(REGISTER).then(REGISTERED)
    unit.given(REGISTERED).when(REGISTER).then_nothing()
    other = replace(REGISTER, unit_type=UnitType.POLICE)
    unit.given(REGISTERED).when(other).then_refused(UnitRegisteredOtherwise)


def test_a_correction_names_what_is_otherwise_and_nothing_else() -> None:
    stated = {UnitFact.TITLE: "青云镇综治中心", UnitFact.UNIT_TYPE: UnitType.JUSTICE}
    corrected = UnitCorrected(unit_id=UNIT_ID, changed=(UnitFact.TITLE,), title="青云镇综治中心")
    unit.given(REGISTERED).when(CorrectUnit(values=stated)).then(corrected)
    unit.given(REGISTERED, corrected).when(CorrectUnit(values=stated)).then_nothing()


def test_a_unit_may_have_no_other_above_it() -> None:
    alone = CorrectUnit(values={UnitFact.PARENT: None})
    unit.given(REGISTERED).when(alone).then_state(
        lambda after: after.registered is not None and after.registered.parent is None
    )


def test_a_unit_is_merged_into_its_successor() -> None:
    unit.given(REGISTERED).when(MERGE).then(MERGED)
    unit.given(REGISTERED, MERGED).when(MERGE).then_nothing()
    unit.given(REGISTERED).when(replace(MERGE, open_matters=3)).then(MERGED)


def test_a_unit_without_open_matters_may_be_abolished() -> None:
    unit.given(REGISTERED).when(ABOLISH).then(ABOLISHED)
    unit.given(REGISTERED).when(replace(ABOLISH, leaves_open=True)).then(ABOLISHED)


def test_open_matters_are_left_only_by_an_event_that_says_so() -> None:
    with_matters = replace(ABOLISH, open_matters=3)
    unit.given(REGISTERED).when(with_matters).then_refused(MattersAreOpen, open_matters=3)
    left = ABOLISHED.model_copy(update={"leaves_open": True})
    unit.given(REGISTERED).when(replace(with_matters, leaves_open=True)).then(left)


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (replace(MERGE, successor=None), MergedUnitNeedsItsSuccessor),
        (replace(MERGE, successor=UNIT_ID), SuccessorNotRegistered),
        (replace(MERGE, on=date(2024, 12, 31)), EndsBeforeItBegan),
        (CorrectUnit(values={}), NothingCorrected),
    ],
)
def test_what_is_no_end_and_no_correction(
    command: EndUnit | CorrectUnit, refusal: type[Refusal]
) -> None:
    unit.given(REGISTERED).when(command).then_refused(refusal)
    unit.when(command).then_refused(UnitNotFound)


def test_nothing_comes_after_the_end() -> None:
    unit.given(REGISTERED, MERGED).when(ABOLISH).then_refused(UnitHasEnded)
    renamed = CorrectUnit(values={UnitFact.TITLE: "青云镇综治中心"})
    unit.given(REGISTERED, MERGED).when(renamed).then_refused(UnitHasEnded)
