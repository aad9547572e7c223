"""A matter that crosses townships is counted where it is held, by the figures of the running system."""

from pathlib import Path
from typing import Any

import pytest

from shared.testing.waiters import eventually
from tests.deploy.commands import System
from tests.flow.doors import Doors
from tests.flow.passing import PATIENCE, Matter, to

pytestmark = [pytest.mark.parts, pytest.mark.slow]

# two that no other flow writes to
A, B = "519900181", "519900182"
NOWHERE = {"voided": 0, "transferred_out": 0, "returned": 0, "to_discipline": 0}


async def counted(doors: Doors, division: str, value: str, **excluded: int) -> None:
    """Once the township's cases are counted so."""

    def is_so() -> bool:
        filed: dict[str, Any] = doors.figures(division, "all")["cases_filed"]
        return (filed["value"], filed["excluded"]) == (value, NOWHERE | excluded)

    await eventually(is_so, within=PATIENCE, every=0.2)


async def test_its_figures_follow_it_and_an_export_of_them_holds(
    whole: System, doors: Doors, tmp_path: Path
) -> None:
    matter = Matter.filed(doors, A)
    await counted(doors, A, "1")
    matter.done(matter.home, "forward", to(B))
    first = await matter.arrived(B)
    await counted(doors, A, "0", transferred_out=1)
    await counted(doors, B, "1")
    matter.done(first, "object", {"reason_code": "not-competent"})
    await matter.step(matter.home, first, "objected")
    matter.done(matter.home, "decide-objection", {"upheld": True})
    await counted(doors, A, "1")
    await counted(doors, B, "0", returned=1)
    matter.done(matter.home, "forward", to(B))
    second = await matter.arrived(B)
    matter.done(second, "accept", {"responsible_unit": "water-bureau"})
    await counted(doors, B, "1", returned=1)
    assert doors.figures(B, "all")["cases_accepted"]["value"] == "1"
    assert doors.figures(A, "all")["cases_accepted"]["value"] == "0"
    assert doors.figures(A, "all")["cases_transferred_out"]["value"] == "1"
    for division in (A, B):
        folder = tmp_path / division
        whole.concord("export", "--division", division, "--out", str(folder))
        assert "every figure follows" in whole.concord("verify", str(folder))
