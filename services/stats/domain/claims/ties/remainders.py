"""What is left: 12件,化解11件,剩余1件; and what a word and its opposite share out."""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from services.stats.domain.claims.figure import Figure
from services.stats.domain.claims.finding import Finding, Kind, Verdict
from services.stats.domain.claims.printing import like
from services.stats.domain.claims.reading import Reading, Spoken
from services.stats.domain.claims.ties.lists import is_outcome
from services.stats.domain.claims.ties.quotient import Asked
from services.stats.domain.claims.units import alike
from services.stats.domain.claims.vocabulary import OUTCOMES

_REST = re.compile(
    r"剩余|其余|余下|剩下|尚余|\b(?:remaining|leaving|the rest|the others?|still outstanding)\b",
    re.IGNORECASE,
)
_ALSO_OPEN = re.compile(r"正在|在办|办理中|调解中|进行中|pending|under way|ongoing")
_MOST_DONE = 5


def remainders(reading: Reading) -> Iterator[Finding]:
    """One finding for each remainder that has a total before it in its sentence."""
    for spoken in reading.spoken:
        for at in spoken.counts:
            figure = spoken.figures[at]
            if _is_rest(spoken, figure):
                found = _rest(spoken, at)
            else:
                found = _opposite(reading, spoken, at)
            if found is not None:
                yield found


def _is_rest(spoken: Spoken, figure: Figure) -> bool:
    said = figure.lead if spoken.sentence.chinese else figure.words
    return _REST.search(said) is not None and figure.is_whole


def _earlier(spoken: Spoken, at: int) -> list[Figure]:
    """Whole counts of its unit in front of it, in order."""
    figure = spoken.figures[at]
    found = [spoken.figures[each] for each in spoken.counts_about(at) if each < at]
    return [each for each in found if alike(each.unit, figure.unit) and each.is_whole]


def _rest(spoken: Spoken, at: int) -> Finding | None:
    rest = spoken.figures[at]
    earlier = _earlier(spoken, at)
    asked = Asked(spoken, rest, Kind.REMAINDER)
    for place in range(len(earlier) - 1, -1, -1):
        whole, done = earlier[place], earlier[place + 1 :][-_MOST_DONE:]
        for size in range(len(done), 0, -1):
            for parts in combinations(done, size):
                if whole.value == rest.value + _added(parts):
                    return _said(asked, whole, parts, Verdict.FOLLOWS)
    if len(earlier) == 2 and earlier[0].value >= earlier[1].value:
        return _said(asked, earlier[0], (earlier[1],), Verdict.DOES_NOT_FOLLOW)
    return None


def _added(parts: tuple[Figure, ...]) -> Fraction:
    return sum((each.value for each in parts), Fraction(0))


def _said(asked: Asked, whole: Figure, parts: tuple[Figure, ...], verdict: Verdict) -> Finding:
    computed = like(asked.figure, whole.value - _added(parts))
    used = tuple(each.text for each in parts)
    key = "remainder-follows" if verdict is Verdict.FOLLOWS else "remainder-differs"
    why = asked.because(key, whole=whole.text, parts=used, computed=computed)
    return asked.found(verdict, why, computed=computed, uses=(whole.text, *used))


def _opposite(reading: Reading, spoken: Spoken, at: int) -> Finding | None:
    """调解成功49件,未成功4件: together all that was mediated."""
    figure = spoken.figures[at]
    core = _denied(figure)
    if core is None or not figure.is_whole or at == 0:
        return None
    done = spoken.figures[at - 1]
    if core not in done.words or not (done.is_whole and alike(done.unit, figure.unit)):
        return None
    asked = Asked(spoken, figure, Kind.REMAINDER)
    here = [each for each in _earlier(spoken, at - 1) if each.value >= done.value]
    near = [each for each in reading.near(spoken) if each.is_whole and alike(each.unit, done.unit)]
    for whole in (*reversed(here), *near):
        if whole.value == done.value + figure.value:
            return _said(asked, whole, (done,), Verdict.FOLLOWS)
    if len(here) == 1 and not is_outcome(here[0]) and not _ALSO_OPEN.search(spoken.sentence.text):
        return _said(asked, here[0], (done,), Verdict.DOES_NOT_FOLLOW)
    return None


def _denied(figure: Figure) -> str | None:
    for no in ("未能", "未", "没有", "尚未"):
        at = figure.lead.find(no)
        if at >= 0:
            said = figure.lead[at + len(no) :]
            return next((word for word in OUTCOMES if word in said), None)
    return None
