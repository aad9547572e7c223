"""The declarations of tables of villages, of grids and of grid workers."""

import json
from collections.abc import Iterator
from typing import Any, ClassVar

from cli.register.facts import Fact, Said, Undated
from cli.register.fields import Field, Part, TimeField
from cli.register.grid.tables import Grid, Serving, Village, Worker
from cli.register.mapping import Mapping, Target
from cli.register.refusals import RowUnreadable
from cli.register.values import Reader
from shared.contracts.grid_codes import Employment, GridDuty, GridKind, VillageKind
from shared.divisions import GRID, VILLAGE, check_division
from shared.times import china_day


def _target(
    subject: str, plural: str, path: str, *, code: str = "code", order: tuple[str, ...] = ()
) -> Target:
    return Target(
        subject=subject,
        plural=plural,
        opening="registration",
        opening_key="register",
        order=order,
        service="grid",
        path=path,
        outcomes=("registered", "extended", "known"),
        renamed={"at": "valid_from", "village_code": code, "grid_code": code},
        of_divisions=True,
        counted=False,
    )


class _GridTable(Mapping):
    """What the three tables have in common: a row says nothing more than its opening."""

    def facts(self, _: Reader) -> Iterator[Fact | Undated]:
        """A row says nothing more."""
        yield from ()


class VillageMapping(_GridTable):
    """A mapping whose rows are villages."""

    target: ClassVar[Target] = _target("village", "villages", "/villages/import")

    village: Village

    @property
    def subject(self) -> Village:
        """The village."""
        return self.village

    @property
    def opened_at(self) -> TimeField:
        """Since when it is valid."""
        return self.village.valid_from

    def opening(self, reader: Reader) -> Said:
        """What a row says of the village."""
        return {
            "village_code": _code(reader, self.village.code, VILLAGE),
            "name": _needed(reader, self.village.name),
            "kind": reader.code(self.village.kind, VillageKind) or VillageKind.NOT_STATED,
        }

    def table_of(self, _: str) -> Part | None:
        """There is one table."""
        return self.village


class GridMapping(_GridTable):
    """A mapping whose rows are grids."""

    target: ClassVar[Target] = _target("grid", "grids", "/grids/import")

    grid: Grid

    @property
    def subject(self) -> Grid:
        """The grid."""
        return self.grid

    @property
    def opened_at(self) -> TimeField:
        """Since when it is valid."""
        return self.grid.valid_from

    def opening(self, reader: Reader) -> Said:
        """What a row says of the grid."""
        grid = self.grid
        kind = reader.code(grid.kind, GridKind)
        if kind is None:
            raise RowUnreadable(grid.kind.label, "empty")
        within = None
        if grid.within is not None and reader.text(grid.within):
            within = _code(reader, grid.within, GRID)
        return {
            "grid_code": _code(reader, grid.code, GRID),
            "name": _needed(reader, grid.name),
            "kind": kind,
            "within": within,
            "boundary": _boundary(reader, grid.boundary),
        }

    def table_of(self, _: str) -> Part | None:
        """There is one table."""
        return self.grid


class WorkerMapping(Mapping):
    """A mapping whose rows are grid workers, each with a grid that they serve."""

    target: ClassVar[Target] = _target(
        "worker", "grid workers", "/grid-workers/import", code="grid", order=("serve",)
    )

    worker: Worker
    serving: Serving | None = None

    @property
    def subject(self) -> Worker:
        """The worker."""
        return self.worker

    @property
    def opened_at(self) -> TimeField:
        """Since when somebody is one."""
        return self.worker.valid_from

    def opening(self, reader: Reader) -> Said:
        """What a row says of the worker."""
        worker = self.worker
        person = {
            "name": _needed(reader, worker.name),
            "phone": reader.text(worker.phone),
            "id_number": reader.text(worker.id_number),
            "address": reader.text(worker.address),
        }
        return {
            "person": {name: said for name, said in person.items() if said is not None},
            "employment": reader.code(worker.employment, Employment) or Employment.NOT_STATED,
            "post": reader.text(worker.post),
        }

    def facts(self, reader: Reader) -> Iterator[Fact | Undated]:
        """Which grid the worker serves, where the row says one."""
        part = self.serving
        if part is None or not reader.text(part.grid):
            return
        at = part.at or self.worker.valid_from
        when = reader.moment(at)
        if when is None:
            yield Undated("which grid is served")
            return
        until = reader.moment(part.until)
        said = {
            "grid_code": _code(reader, part.grid, GRID),
            "duty": reader.code(part.duty, GridDuty) or GridDuty.RESPONSIBLE,
            "last_day": until and china_day(until.at).isoformat(),
        }
        yield Fact("serve", when, at.label, said)

    def table_of(self, fact: str) -> Part | None:
        """The serving, else the worker."""
        return self.serving if fact == "serve" else self.worker


def _code(reader: Reader, field: Field, length: int) -> str:
    said = _needed(reader, field)
    try:
        return check_division(said, length)
    except ValueError:
        raise RowUnreadable(field.label, f"no code of {length} digits") from None


def _needed(reader: Reader, field: Field) -> str:
    said = reader.text(field)
    if said is None:
        raise RowUnreadable(field.label, "empty")
    return said


def _boundary(reader: Reader, field: Field | None) -> Any:
    said = reader.text(field)
    if field is None or said is None:
        return None
    try:
        found = json.loads(said)
    except ValueError:
        raise RowUnreadable(field.label, "no GeoJSON geometry") from None
    if not isinstance(found, dict):
        raise RowUnreadable(field.label, "no GeoJSON geometry")
    return found
