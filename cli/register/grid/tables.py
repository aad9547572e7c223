"""The tables of a mapping whose rows are villages, grids or grid workers."""

from typing import Annotated, Any

from pydantic import model_validator

from cli.register.fields import Field, Part, SinceField, codes_of
from cli.register.mapping import DivisionField
from shared.contracts.grid_codes import Employment, GridDuty, GridKind, VillageKind


class Village(Part):
    """A village or community: its code of 12 digits, its name, since when it is valid."""

    valid_from: SinceField
    code: Field
    name: Field
    kind: Annotated[Field, codes_of(VillageKind)] | None = None
    number: Field | None = None
    division: DivisionField | None = None
    village: None = None
    """The row is one itself."""


class Grid(Part):
    """A grid: its code of 15 digits, its name, its kind, since when it is valid."""

    valid_from: SinceField
    code: Field
    name: Field
    kind: Annotated[Field, codes_of(GridKind)]
    within: Field | None = None
    boundary: Field | None = None
    """A GeoJSON geometry, as text."""
    number: Field | None = None
    division: DivisionField | None = None
    village: None = None
    """The grid's code begins with it."""


class Worker(Part):
    """A grid worker: the office's own number, the person, the employment, since when."""

    @model_validator(mode="before")
    @classmethod
    def _has_a_number(cls, given: Any) -> Any:
        if isinstance(given, dict) and "number" not in given:
            raise ValueError(
                "number is missing: name the column of the office's own number of a worker, "
                "since a name is no identity"
            )
        return given

    valid_from: SinceField
    number: Field
    name: Field
    phone: Field | None = None
    id_number: Field | None = None
    address: Field | None = None
    employment: Annotated[Field, codes_of(Employment)] | None = None
    post: Field | None = None
    division: DivisionField | None = None
    village: None = None


class Serving(Part):
    """Which grid the worker serves, and since when; the next row may name another grid."""

    grid: Field
    at: SinceField | None = None
    """The day on which the worker came, unless it is stated."""
    duty: Annotated[Field, codes_of(GridDuty)] | None = None
    until: SinceField | None = None
