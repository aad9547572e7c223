"""What is left: 12件,化解11件,剩余1件."""

import re
from collections.abc import Iterator
from itertools import combinations

from claims.rules.figure import Figure
from claims.rules.finding import Finding, Kind, Verdict
from claims.rules.reading import Reading, Spoken
from claims.rules.ties.opposites import (
    added,
    earlier_counts,
    opposite,
    subtracted,
)
from claims.rules.ties.quotient import Asked

_REST = re.compile(
    r"剩余|其余|余下|剩下|尚余|\b(?:remaining|leaving|the rest|the others?|still outstanding)\b",
    re.IGNORECASE,
)
_MOST_DONE = 5


def remainders(reading: Reading) -> Iterator[Finding]:
    """One finding for each remainder that has a total before it in its sentence."""
    for spoken in reading.spoken:
        for at in spoken.counts:
            figure = spoken.figures[at]
            if _is_rest(spoken, figure):
                found = _rest(spoken, at)
            else:
                found = opposite(reading, spoken, at)
            if found is not None:
                yield found


def _is_rest(spoken: Spoken, figure: Figure) -> bool:
    said = figure.lead if spoken.sentence.chinese else figure.words
    return _REST.search(said) is not None and figure.is_whole


def _rest(spoken: Spoken, at: int) -> Finding | None:
    rest = spoken.figures[at]
    earlier = earlier_counts(spoken, at)
    asked = Asked(spoken, rest, Kind.REMAINDER)
    for place in range(len(earlier) - 1, -1, -1):
        whole, done = earlier[place], earlier[place + 1 :][-_MOST_DONE:]
        for size in range(len(done), 0, -1):
            for parts in combinations(done, size):
                if whole.value == rest.value + added(parts):
                    return subtracted(asked, whole, parts, Verdict.FOLLOWS)
    if len(earlier) == 2 and earlier[0].value >= earlier[1].value:
        return subtracted(asked, earlier[0], (earlier[1],), Verdict.DOES_NOT_FOLLOW)
    return None
