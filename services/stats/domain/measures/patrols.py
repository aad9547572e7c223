"""The measure of patrols: done ÷ due, by grid and day and never by worker."""

from services.stats.domain.measures.definition import (
    Listed,
    Measure,
    Name,
    PatrolTreatment,
    Rate,
    Unit,
)
from services.stats.domain.measures.grid_words import GRID_STANDARD
from services.stats.domain.patrol_policy import VERSION

PATROL_MEASURES = (
    Measure(
        id="patrol_coverage_rate",
        name=Name("网格巡查覆盖率", "patrol coverage rate"),
        formula=Rate("patrols_done", "patrols_due"),
        unit=Unit.PERCENT,
        cohort="days of the period on which a patrol was due in a grid, one for each grid and day,"
        f" by the policy {VERSION}: every basic grid, every day from its first to its last; in"
        " the numerator those on which anybody patrolled it",
        treatment=PatrolTreatment(
            several="two who patrol a grid on one day make one day patrolled",
            voided="counts as if it had never been recorded",
            late="counts on its own day, whenever it was recorded",
            without_worker="a day on which nobody served the grid is due all the same, and listed:"
            " the office's gap and no worker's",
            not_yet_due="left out until the day is over, judged by the horizon",
        ),
        excluded=(
            Listed(
                "kind_not_stated",
                "patrolled_kind_not_stated",
                Name("网格类别未注明", "patrolled, the grid's kind not stated"),
            ),
        ),
        beside=(
            Listed(
                "without_worker",
                "days_without_worker",
                Name("无网格员的应巡日", "due, and nobody served the grid"),
            ),
        ),
        basis=GRID_STANDARD,
        without_base="no patrol was due in the period",
    ),
)
