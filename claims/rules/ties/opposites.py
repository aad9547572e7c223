"""What was done and what was not: 成功49件,未成功4件 of 53件, or of what came in and was left over."""

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from claims.rules.figure import Figure
from claims.rules.finding import Finding, Kind, Verdict
from claims.rules.printing import like
from claims.rules.reading import Reading, Spoken
from claims.rules.ties.lists import is_outcome
from claims.rules.ties.quotient import Asked
from claims.rules.ties.stock import is_carried_over, stock
from claims.rules.units import alike
from claims.rules.vocabulary import OUTCOMES

_DENIED = re.compile(r"(?P<no>未能|未|没有|正在|仍在|尚在|还在)(?P<what>.*)")
_GOING_ON = frozenset(["正在", "仍在", "尚在", "还在"])
_ALSO_OPEN = re.compile(r"正在|在办|办理中|调解中|进行中|pending|under way|ongoing")
_ELSEWHERE = re.compile(r"另|往年|历年|上年|去年|积案|遗留|结转|旧存")
_CLOSED = ("结案", "办结", "审结", "执结")


def opposite(reading: Reading, spoken: Spoken, at: int) -> Finding | None:
    """Together all that was taken up: exactly where nothing is under way, at most where some is."""
    undone = spoken.figures[at]
    words = _denied(undone)
    if not words or not undone.is_whole or at == 0:
        return None
    earlier = earlier_counts(spoken, at)
    if both := stock(earlier, undone.unit):
        return _of_stock(spoken, undone, both, _done_of(earlier, words, undone))
    place = _done_before(spoken, at, words)
    return None if place is None else _of_total(reading, spoken, at, place)


def _of_stock(
    spoken: Spoken, undone: Figure, both: tuple[Figure, Figure], done: list[Figure]
) -> Finding | None:
    """新收300件,旧存20件,结案310件,未结10件."""
    if len(done) != 1 or done[0] in both:
        return None
    whole = replace(both[0], value=added(both), text="+".join(each.text for each in both))
    fits = whole.value == done[0].value + undone.value
    asked = Asked(spoken, undone, Kind.REMAINDER)
    return subtracted(asked, whole, done, Verdict.FOLLOWS if fits else Verdict.DOES_NOT_FOLLOW)


def _of_total(reading: Reading, spoken: Spoken, at: int, place: int) -> Finding | None:
    undone, done = spoken.figures[at], spoken.figures[place]
    asked = Asked(spoken, undone, Kind.REMAINDER)
    here = [each for each in earlier_counts(spoken, place) if each.value >= done.value]
    near = [each for each in reading.near(spoken) if each.is_whole and alike(each.unit, done.unit)]
    for whole in (*reversed(here), *near):
        if whole.value == done.value + undone.value:
            return subtracted(asked, whole, [done], Verdict.FOLLOWS)
    if len(here) != 1 or is_outcome(here[0]) or _ELSEWHERE.search(undone.lead + done.lead):
        return None
    if any(is_carried_over(each) for each in earlier_counts(spoken, at)):
        return None
    more = done.value + undone.value > here[0].value
    sure = more or not _ALSO_OPEN.search(spoken.sentence.text)
    return subtracted(asked, here[0], [done], Verdict.DOES_NOT_FOLLOW) if sure else None


def _done_before(spoken: Spoken, at: int, words: tuple[str, ...]) -> int | None:
    """The count of what was done right before what was not; its rate may stand between."""
    for place in range(at - 1, max(at - 3, -1), -1):
        if spoken.figures[place].is_count:
            return place if _done_of([spoken.figures[place]], words, spoken.figures[at]) else None
    return None


def _done_of(counts: Sequence[Figure], words: tuple[str, ...], undone: Figure) -> list[Figure]:
    return [
        each
        for each in counts
        if any(word in each.words for word in words)
        and each.is_whole
        and alike(each.unit, undone.unit)
        and not _DENIED.search(each.lead)
    ]


def _denied(figure: Figure) -> tuple[str, ...]:
    """The words for what has not been done; empty where none is denied."""
    found = _DENIED.search(figure.lead)
    if found is None:
        return ()
    named = next((word for word in OUTCOMES if word in found["what"]), None)
    if found["what"].startswith("结"):
        return _CLOSED
    if found["no"] in _GOING_ON and named is None:
        # what is being handled is what has not been closed
        return (*_CLOSED, "化解", "解决") if re.match("办|处|调", found["what"]) else ()
    return () if named is None else (named,)


def earlier_counts(spoken: Spoken, at: int) -> list[Figure]:
    """Whole counts of its unit in front of it, in order."""
    figure = spoken.figures[at]
    found = [spoken.figures[each] for each in spoken.counts_about(at) if each < at]
    return [each for each in found if alike(each.unit, figure.unit) and each.is_whole]


def added(parts: Sequence[Figure]) -> Fraction:
    """Their sum."""
    return sum((each.value for each in parts), Fraction(0))


def subtracted(asked: Asked, whole: Figure, parts: Sequence[Figure], verdict: Verdict) -> Finding:
    """The whole less the parts, beside what is stated to be left."""
    computed = like(asked.figure, whole.value - added(parts))
    used = tuple(each.text for each in parts)
    key = "remainder-follows" if verdict is Verdict.FOLLOWS else "remainder-differs"
    why = asked.because(key, whole=whole.text, parts=used, computed=computed)
    return asked.found(verdict, why, computed=computed, uses=(whole.text, *used))
