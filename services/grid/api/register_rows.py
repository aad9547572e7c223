"""Rows of tables of villages, grids and workers as the import takes them, and what it answers."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from services.grid.api.geometry import Geometry
from services.grid.api.grid_workers import WorkerPerson
from services.grid.api.place_codes import PlaceName
from shared.contracts.grid_codes import Employment, GridDuty, GridKind, VillageKind
from shared.contracts.words import ExternalText, PostRef
from shared.divisions import GridCode, TownshipCode, VillageCode
from shared.http import Body, YesOrNo
from shared.office import Moment
from shared.office.occurrence_time import Day
from shared.times import china_day

MOST_ROWS = 500


class TableBody(Body):
    """A table by its name, and some of its rows; each is read for itself."""

    source: ExternalText
    rows: Annotated[list[dict[str, Any]], Field(max_length=MOST_ROWS, fail_fast=True)]


class Since(Body):
    """A fact with its day."""

    at: Moment
    day_only: YesOrNo = False

    @property
    def day(self) -> date:
        """The day in China."""
        return china_day(self.at)


class GivenVillage(Since):
    """A village, valid since that day."""

    village_code: VillageCode
    name: PlaceName
    kind: VillageKind = VillageKind.NOT_STATED


class GivenGrid(Since):
    """A grid, valid since that day."""

    grid_code: GridCode
    name: PlaceName
    kind: GridKind
    within: GridCode | None = None
    boundary: Geometry | None = None


class GivenWorker(Since):
    """Somebody who is a worker since that day."""

    person: WorkerPerson
    employment: Employment = Employment.NOT_STATED
    post: PostRef | None = None


class GivenServing(Since):
    """A grid that the worker serves since that day."""

    do: Literal["serve"]
    grid_code: GridCode
    duty: GridDuty = GridDuty.RESPONSIBLE
    last_day: Day | None = None


class TableRow(Body):
    """What every row has: its place, its own number, the township."""

    row: int | None = None
    number: ExternalText | None = None
    division: TownshipCode


class VillageRow(TableRow):
    """A row of a table of villages."""

    register_: Annotated[GivenVillage, Field(alias="register")]
    facts: Annotated[tuple[GivenServing, ...], Field(max_length=0)] = ()


class GridRow(TableRow):
    """A row of a table of grids."""

    register_: Annotated[GivenGrid, Field(alias="register")]
    facts: Annotated[tuple[GivenServing, ...], Field(max_length=0)] = ()


class WorkerRow(TableRow):
    """A row of a table of workers, and the grid that the worker serves."""

    register_: Annotated[GivenWorker, Field(alias="register")]
    facts: Annotated[tuple[GivenServing, ...], Field(max_length=1)] = ()


class RowProblem(BaseModel):
    """Why a row was rejected, without a word of its content."""

    type: str
    title: str
    detail: str
    field: str | None


class RowResult(BaseModel):
    """What became of a row."""

    row: int | None
    outcome: Literal["registered", "extended", "known", "rejected"]
    id: str | None
    """Of the village, grid or worker."""
    problem: RowProblem | None


class TableAnswer(BaseModel):
    """How many rows of each kind, and each row's own result in the order of the request."""

    registered: int
    extended: int
    known: int
    rejected: int
    results: list[RowResult]
