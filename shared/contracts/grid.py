"""Events of the grid service about villages, grids and their workers, on `concord.grid`.

They are about no matter, so they name none. A worker is a reference into grid's vault, never a
name; what a village or a grid is called stays in a table.
"""

from datetime import date

from shared.contracts.event import Event
from shared.contracts.grid_codes import Employment, EndedHow, GridDuty, GridKind, VillageKind
from shared.contracts.mediation_codes import VoidReason
from shared.contracts.words import Digest
from shared.divisions import GridCode, Identifier, VillageCode


class VillageEvent(Event):
    """What all events about a village have in common."""

    village_id: Identifier
    village_code: VillageCode


class VillageRegistered(VillageEvent):
    """A village or a community is on the register from a day on."""

    village_kind: VillageKind
    valid_from: date


class VillageDissolved(VillageEvent):
    """A village came to its end; the successors take its place from the day after."""

    last_day: date
    how: EndedHow
    successors: tuple[VillageCode, ...]


class VillageCorrected(VillageEvent):
    """更正: the register had it wrong, from the first day on; what is left out stays as it was."""

    village_kind: VillageKind | None = None
    valid_from: date | None = None
    title_digest: Digest | None = None
    """Of the name from now on, which a table has; salted, since no event says a name."""


class GridEvent(Event):
    """What all events about a grid have in common; its village's code begins its own."""

    grid_id: Identifier
    grid_code: GridCode


class GridDefined(GridEvent):
    """划定: a grid is drawn and valid from a day on."""

    grid_kind: GridKind
    valid_from: date
    within: GridCode | None = None
    """The basic grid in which a micro grid lies."""
    boundary_digest: Digest | None = None
    """SHA-256 of the boundary as GeoJSON, which a table has; not salted, since it is public."""


class GridCorrected(GridEvent):
    """更正: the register had it wrong, from the first day on; what is left out stays as it was."""

    grid_kind: GridKind | None = None
    valid_from: date | None = None
    title_digest: Digest | None = None
    """Of the name from now on, which a table has; salted, since no event says a name."""
    was_valid_from: date | None = None
    """The first day on record before: since then patrols were counted as the register had it."""


class GridBoundaryDrawn(GridEvent):
    """The boundary of a grid was drawn anew, or for the first time."""

    boundary_digest: Digest


class GridDissolved(GridEvent):
    """A grid came to its end; the successors take its place, and its open tasks, from the day after."""

    last_day: date
    how: EndedHow
    successors: tuple[GridCode, ...]


class GridWorkerAssigned(GridEvent):
    """A worker serves a grid from a day on, a substitute until a stated day.

    One worker may serve several grids: one person in counts, and once in each grid.
    """

    assignment_id: Identifier
    worker_id: Identifier
    duty: GridDuty
    first_day: date
    last_day: date | None = None
    takes_over_from: Identifier | None = None
    """The assignment that this one follows: its open tasks are the successor's."""


class GridWorkerAssignmentEnded(GridEvent):
    """A worker serves the grid until this day and no longer."""

    assignment_id: Identifier
    worker_id: Identifier
    last_day: date


class GridWorkerAssignmentVoided(GridEvent):
    """An assignment had been recorded that was none: the worker served the grid on no day of it."""

    assignment_id: Identifier
    worker_id: Identifier
    reason: VoidReason


class GridWorkerEvent(Event):
    """What all events about a grid worker have in common."""

    worker_id: Identifier


class GridWorkerEnrolled(GridWorkerEvent):
    """聘任: somebody is a grid worker from a day on, or is so in another employment."""

    employment: Employment
    person_ref: Identifier
    from_day: date


class GridWorkerLeft(GridWorkerEvent):
    """Somebody is a grid worker until this day; why is nobody else's business."""

    last_day: date
