"""All measures by id."""

from collections.abc import Sequence

from services.stats.domain.measures.case_counts import CASE_COUNTS
from services.stats.domain.measures.case_rates import CASE_RATES
from services.stats.domain.measures.definition import Measure
from services.stats.domain.measures.mediations import MEDIATION_MEASURES
from services.stats.domain.measures.mediators import MEDIATOR_MEASURES
from shared.refusals import Refusal


class UnknownMeasure(Refusal):
    """No figure is defined under this id."""

    status = 404
    title = "There is no such figure"


MEASURES = {
    measure.id: measure
    for measure in (*CASE_COUNTS, *CASE_RATES, *MEDIATION_MEASURES, *MEDIATOR_MEASURES)
}


def measures_of(ids: Sequence[str] | None) -> list[Measure]:
    """The measures by these ids, in their order; all of them where none are named."""
    if ids is None:
        return list(MEASURES.values())
    unknown = next((name for name in ids if name not in MEASURES), None)
    if unknown is not None:
        raise UnknownMeasure
    return [MEASURES[name] for name in dict.fromkeys(ids)]
