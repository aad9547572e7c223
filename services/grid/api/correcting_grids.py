"""The route by which the register of grids is corrected."""

from fastapi import Response

from services.grid.api.grids import ByKeepers, VillageNotValid, around, documented
from services.grid.api.place_codes import PlaceName
from services.grid.api.villages import corrected_name
from services.grid.domain.grid import Grid, GridCommand, GridNotFound
from services.grid.domain.grid.correcting import CorrectGrid, GridWasServedBefore
from services.grid.domain.grid.defining import OnlyMicroGridsLieWithin
from services.grid.domain.validity import EndsBeforeItBegan, NothingIsCorrected
from services.grid.store.grids_of_village import grid_within, require_none_within
from shared.contracts.grid import GridDefined
from shared.contracts.grid_codes import GridKind
from shared.handling import Prepared, Record
from shared.http import Router
from shared.ledger import Statement
from shared.office import Dated
from shared.office.occurrence_time import Day
from shared.postgres import Pool
from shared.refusals import Refusal

router = Router(tags=["grids"])


class MicroGridsLieWithin(Refusal):
    """A micro grid lies within this one, which therefore stays a basic grid."""

    title = "Micro grids lie within the grid"


class CorrectGridBody(Dated):
    """What is right; what is left out stays as it is."""

    name: PlaceName | None = None
    kind: GridKind | None = None
    valid_from: Day | None = None


@router.post(
    "/grids/{grid_id}/correct",
    **documented(
        GridNotFound,
        NothingIsCorrected,
        OnlyMicroGridsLieWithin,
        MicroGridsLieWithin,
        GridWasServedBefore,
        VillageNotValid,
        EndsBeforeItBegan,
    ),
)
async def correct_grid(body: CorrectGridBody, context: ByKeepers) -> Response:
    """更正: the register had the name, the kind or the first day wrong; all that was stays on record."""
    office, division = context.office, context.division

    async def prepare(record: Record[Grid]) -> Prepared[GridCommand, Grid]:
        defined = record.state.defined
        if defined is None:
            raise GridNotFound
        if (body.name, body.kind, body.valid_from) == (None, None, None):
            raise NothingIsCorrected
        code, first_day = defined.grid_code, body.valid_from
        name = await corrected_name(office, code, body.name)
        village = (
            await around(office, division, code, within=None, day=first_day) if first_day else {}
        )
        return Prepared(
            command=CorrectGrid(
                kind=body.kind, valid_from=first_day, title_digest=name.digest if name else None
            ),
            at=context.moment(body),
            side_writes=[
                *([name.keep()] if name else []),
                *await _no_longer_basic(office.pool, defined, body.kind),
            ],
            looked_up=village,
        )

    return await context.handle(prepare)


async def _no_longer_basic(
    pool: Pool, defined: GridDefined, kind: GridKind | None
) -> list[Statement]:
    """What keeps a grid basic while micro grids lie within it."""
    if kind in {None, GridKind.BASIC} or defined.grid_kind is not GridKind.BASIC:
        return []
    within = await grid_within(pool, defined.grid_code)
    if within is not None:
        raise MicroGridsLieWithin(field="kind", grid_code=within)
    return [require_none_within(defined.grid_code)]
