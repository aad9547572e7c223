"""A grid: drawn within a village, served by workers, dissolved into what takes its place.

  (none) ─ GridDefined ─► valid ─ GridBoundaryDrawn | GridCorrected ─────────┐
                            ▲└─── GridWorkerAssigned | …AssignmentEnded | …Voided ─► valid
                            └──── GridDissolved ─► dissolved

Who serves a grid is told by the grid: a worker who serves two grids is in the record of each, and
one person in counts. A grid without a worker is the office's gap, not a worker's. What is open in
a grid belongs to whoever serves it on the day, so that a successor takes it over by serving.
`grid_file` has the state; `defining`, `serving` and `dissolving` are the steps.
"""

from datetime import date

from services.grid.domain.grid.decide import GridCommand, decide
from services.grid.domain.grid.evolve import evolve
from services.grid.domain.grid.grid_file import Assignment, Grid, GridNotFound
from shared.decider import Decider

GRID = Decider(
    initial=Grid(),
    decide=decide,
    evolve=evolve,
    # each fact states its own day, which the rules compare
    first_day=lambda _: date.min,
)

__all__ = ["GRID", "Assignment", "Grid", "GridCommand", "GridNotFound"]
