"""The measure registry: every figure's definition in one place, versioned.

`definition` is what a definition consists of, `case_counts`, `case_resolutions`, `case_timeliness`
and `case_durations` define what is measured of cases, `mediations` and `mediators` of those, `reports` of grid reports, `registers` of
villages, grids and grid workers, `warnings` of early warnings and watched matters, `registry` finds a measure by its id, `figure` computes its value from
counts.
"""

from services.stats.domain.measures.definition import (
    Change,
    Count,
    Measure,
    Quantile,
    Rate,
    Stock,
)
from services.stats.domain.measures.figure import Figure, figure_of
from services.stats.domain.measures.measured_subject import (
    dimensions_of,
    service_of,
    subjects_of,
)
from services.stats.domain.measures.registry import (
    MEASURES,
    VERSIONS,
    UnknownMeasure,
    UnknownVersion,
    every_version,
    measures_of,
)
from services.stats.domain.measures.terms import Part, Term, part_of, terms_of

__all__ = [
    "MEASURES",
    "VERSIONS",
    "Change",
    "Count",
    "Figure",
    "Measure",
    "Part",
    "Quantile",
    "Rate",
    "Stock",
    "Term",
    "UnknownMeasure",
    "UnknownVersion",
    "dimensions_of",
    "every_version",
    "figure_of",
    "measures_of",
    "part_of",
    "service_of",
    "subjects_of",
    "terms_of",
]
