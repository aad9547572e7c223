"""Which counts a share may be taken of, those that are nearest first."""

import re
from collections.abc import Iterator, Sequence

from claims.rules.figure import Figure
from claims.rules.reading import Reading, Spoken
from claims.rules.units import alike

_LONGEST_RUN = 6
_BREAK = re.compile(r"[;。\n]")


def before(spoken: Spoken, at: int) -> list[Figure]:
    """The counts of the sentence in front of a figure, the nearest first."""
    return [spoken.figures[each] for each in reversed(spoken.counts_about(at)) if each < at]


def behind(spoken: Spoken, at: int) -> list[Figure]:
    """The counts right behind a figure, as long as no new sentence part begins."""
    found: list[Figure] = []
    for each in spoken.counts_about(at):
        if each > at:
            if ";" in spoken.since(at, each) or "\n" in spoken.since(at, each):
                break
            found.append(spoken.figures[each])
    return found


def of_clause(spoken: Spoken, at: int, unit: str) -> Iterator[Figure]:
    """The counts of a unit in front of a figure, the nearest first, back to a semicolon."""
    for each in range(at - 1, -1, -1):
        if _BREAK.search(spoken.figures[each + 1].gap):
            return
        if each in spoken.counts and alike(spoken.figures[each].unit, unit):
            yield spoken.figures[each]


def wholes_for(part: Figure, pool: Sequence[Figure]) -> list[Figure]:
    """Those of the pool that `part` may be a part of."""
    return [
        figure
        for figure in pool
        if figure is not part and figure.value > 0 and alike(figure.unit, part.unit)
    ]


def runs_before(spoken: Spoken, part: Figure) -> Iterator[tuple[Figure, ...]]:
    """Two or more counts of its unit in a row right before it: their sum may be its whole."""
    run: list[Figure] = []
    own = next((at for at in spoken.counts if spoken.figures[at] is part), 0)
    for at in reversed(spoken.counts):
        figure = spoken.figures[at]
        if at >= own:
            continue
        if not alike(figure.unit, part.unit) or len(run) == _LONGEST_RUN:
            break
        run.insert(0, figure)
        if len(run) > 1:
            yield tuple(run)


def around(reading: Reading, spoken: Spoken, at: int) -> list[Figure]:
    """Counts before it in its sentence, then those of the sentences before."""
    return before(spoken, at) + reading.near(spoken)
