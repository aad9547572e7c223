"""Which figures a question with filters can be about."""

from collections.abc import Sequence

from services.stats.asking.question import Question
from services.stats.domain.measures import Measure, dimensions_of
from shared.refusals import Refusal


class FigureNotKeptBy(Refusal):
    """What the figure counts has no such property: a mediator has no category."""

    status = 422
    title = "The figure cannot be narrowed so"


def applicable(measures: Sequence[Measure], question: Question, *, named: bool) -> list[Measure]:
    """Those that can be filtered as asked; FigureNotKeptBy if one that was named cannot be."""
    wanted = set(question.chosen.filters_by())
    fitting = [each for each in measures if wanted <= dimensions_of(each)]
    if named and len(fitting) < len(measures):
        unfit = next(each for each in measures if each not in fitting)
        raise FigureNotKeptBy(figure=unfit.id)
    return fitting
