"""The measures of grid's register: villages, grids by kind, and workers, each person once."""

from collections.abc import Iterable

from services.stats.domain.measures.definition import (
    Kind,
    Measure,
    Name,
    RegisterTreatment,
    Stock,
    Unit,
)
from services.stats.domain.measures.grid_words import GRID_STANDARD
from services.stats.domain.register_counters import came_as, left_as
from shared.contracts.event import Code
from shared.contracts.grid_codes import Employment, GridKind

_ON_THE_DAY = (
    "on the register at the end of the period, or on the day of the horizon where that is earlier"
)
_TREATMENT = RegisterTreatment(
    begins="counted from the stated first day on, whenever it was recorded",
    ended="no longer counted from the day after the stated last one",
    successors="what takes the place of another is counted as its own",
)


def _stock(name: str) -> Stock:
    return Stock(f"{name}_came", f"{name}_left")


def _kinds(name: str, kinds: Iterable[Code]) -> tuple[Kind, ...]:
    return tuple(
        Kind(each.value, each.label, Stock(came_as(name, each), left_as(name, each)))
        for each in kinds
    )


REGISTER_MEASURES = (
    Measure(
        id="villages",
        name=Name("村(社区)数", "villages and communities"),
        formula=_stock("villages"),
        unit=Unit.PLACE,
        cohort=_ON_THE_DAY,
        treatment=_TREATMENT,
        basis=GRID_STANDARD,
    ),
    Measure(
        id="grids",
        name=Name("网格数", "grids"),
        formula=_stock("grids"),
        unit=Unit.PLACE,
        cohort=f"{_ON_THE_DAY}; basic, micro and dedicated ones together",
        treatment=_TREATMENT,
        kinds=_kinds("grids", GridKind),
        basis=GRID_STANDARD,
    ),
    Measure(
        id="grid_workers",
        name=Name("网格员人数", "grid workers"),
        formula=_stock("grid_workers"),
        unit=Unit.PERSON,
        cohort=f"{_ON_THE_DAY}; people, each once, however many grids they serve; no narrowing by"
        " village, since people are enrolled for none",
        treatment=RegisterTreatment(
            begins="counted from the day of appointment on, whenever it was recorded",
            ended="no longer counted from the day after the last one; who comes back is counted again",
            successors="who takes over a grid is counted once, like everyone on the register",
        ),
        kinds=_kinds("grid_workers", Employment),
        basis=GRID_STANDARD,
    ),
)
