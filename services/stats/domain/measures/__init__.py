"""The measure registry: every figure's definition in one place, versioned.

`definition` is what a definition consists of, `case_counts` and `case_rates` define what is measured
of cases, `mediations` and `mediators` of those, `registry` finds a measure by its id, `figure` computes its value from counts.
"""

from services.stats.domain.measures.definition import Change, Count, Measure, Rate, Stock
from services.stats.domain.measures.figure import Figure, figure_of
from services.stats.domain.measures.measured_subject import subject_of
from services.stats.domain.measures.registry import MEASURES, UnknownMeasure, measures_of
from services.stats.domain.measures.terms import Part, Term, part_of, terms_of

__all__ = [
    "MEASURES",
    "Change",
    "Count",
    "Figure",
    "Measure",
    "Part",
    "Rate",
    "Stock",
    "Term",
    "UnknownMeasure",
    "figure_of",
    "measures_of",
    "part_of",
    "subject_of",
    "terms_of",
]
