"""更正: what the register had wrong of a grid, from its first day on."""

from dataclasses import dataclass
from datetime import date

from services.grid.domain.grid.defining import OnlyMicroGridsLieWithin
from services.grid.domain.grid.grid_file import Grid, GridNotFound
from services.grid.domain.validity import require_order
from shared.contracts.event import Event
from shared.contracts.grid import GridCorrected, GridDefined
from shared.contracts.grid_codes import GridKind
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectGrid:
    """The register had it wrong: what is None is right."""

    kind: GridKind | None = None
    valid_from: date | None = None
    title_digest: str | None = None
    """Of another name than the one on record."""


class GridWasServedBefore(Refusal):
    """Somebody is on record as serving the grid before that day: void or end the assignment first."""

    title = "The grid was served before"


def correct(command: CorrectGrid, grid: Grid) -> list[Event]:
    """Also of a grid that was dissolved. What is right already is not said again."""
    known = grid.defined
    if known is None:
        raise GridNotFound
    corrected = GridCorrected(
        grid_id=known.grid_id,
        grid_code=known.grid_code,
        grid_kind=command.kind if command.kind is not known.grid_kind else None,
        valid_from=command.valid_from if command.valid_from != known.valid_from else None,
        title_digest=command.title_digest,
    )
    if corrected == GridCorrected(grid_id=known.grid_id, grid_code=known.grid_code):
        return []
    _require_fitting(corrected, known, grid)
    return [corrected.model_copy(update={"was_valid_from": known.valid_from})]


def _require_fitting(corrected: GridCorrected, known: GridDefined, grid: Grid) -> None:
    """Raise where what is on record does not go with what is corrected."""
    if corrected.grid_kind is not None and known.within is not None:
        raise OnlyMicroGridsLieWithin(field="kind")
    first_day = corrected.valid_from
    if first_day is None:
        return
    if grid.dissolved is not None:
        require_order(first_day, grid.dissolved.last_day)
    if any(each.first_day < first_day for each in grid.assignments if not each.is_void):
        raise GridWasServedBefore(field="valid_from")
