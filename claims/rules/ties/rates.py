"""Named rates: 受理187件,化解184件,化解率98.4%.

The part is a count of what the rate's name says was done; the whole is what came in, or what the
name calls for (满意率 is of those who rated). A rate that is narrowed (按期, 初次) needs a part
that is narrowed as well. Without a part there is only the question whether any whole number fits.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from claims.rules.agreement import some_whole_part
from claims.rules.figure import Bound, Figure, Sort
from claims.rules.finding import Finding, Kind, Verdict
from claims.rules.label import (
    RateName,
    is_base,
    is_numerator,
    is_plain,
    is_undone,
    rate_name,
    taken_up,
)
from claims.rules.reading import Reading, Spoken
from claims.rules.saying_parts import Role
from claims.rules.ties import pools
from claims.rules.ties.in_a_row import in_a_row, opened
from claims.rules.ties.pairs import paired_with, pairs_in
from claims.rules.ties.quotient import Asked, Pairing, judged
from claims.rules.ties.stock import stock as stock_of
from claims.rules.units import akin, alike
from claims.rules.vocabulary import MANNER, OUTCOMES, OWED, WITHDRAWN

_GRADE = re.compile(r"(?:^|[^不])满意(?:的|者|为)?(?: |$)")
_NEARBY = 3
_MOST_PARTS = 4
_MOST_WHOLES = 8


def rates(reading: Reading) -> Iterator[Finding]:
    """One finding for each rate, and for each percentage of nothing that is named."""
    for spoken in reading.spoken:
        pairs = [*pairs_in(spoken)]
        for at, (figure, saying) in enumerate(zip(spoken.figures, spoken.sayings, strict=True)):
            if figure.sort is Sort.PERCENT and saying.role in {Role.RATE, Role.BARE}:
                yield _rate(reading, spoken, at, paired_with(spoken, at, pairs))


def _rate(reading: Reading, spoken: Spoken, at: int, pair: Pairing | None) -> Finding:
    figure, saying = spoken.figures[at], spoken.sayings[at]
    asked = Asked(spoken, figure, Kind.RATIO)
    if spoken.is_aim(at):
        return asked.found(Verdict.CANNOT_CHECK, asked.because("aim"))
    if pair is not None and (found := judged(asked, [pair])):
        return found
    if not saying.stem:
        return asked.found(Verdict.CANNOT_CHECK, asked.because("no-total"))
    name = rate_name(saying.stem, chinese=spoken.sentence.chinese)
    pairings = [*opened(spoken, at, name), *_pairings(reading, spoken, at, name)]
    return judged(asked, pairings) or _unpaired(reading, asked, at, name)


def _pairings(reading: Reading, spoken: Spoken, at: int, name: RateName) -> Iterator[Pairing]:
    here = pools.before(spoken, at) + pools.behind(spoken, at)
    near = reading.near(spoken)
    pool = here + near
    parts = [part for part in pool if is_numerator(part, name)][:_MOST_PARTS]
    plain = len(parts) == 1 and not (name.rest or name.narrowed or here)
    graded = len(_satisfied(here)) > 1
    for part in parts:
        sure_part = not graded and (plain or any(part is each for each in here))
        yield from _with_part(spoken, at, name, (part, pool, sure_part))
        if stock := stock_of(here, part.unit):
            unnarrowed = not (name.rest or name.narrowed)
            yield Pairing((part,), stock, certain=unnarrowed and part not in stock)
        yield from _unlike(part, here, name)
    yield from _summed_parts(here, pool, name)
    yield from in_a_row(spoken, at, name)


def _unlike(part: Figure, here: list[Figure], name: RateName) -> Iterator[Pairing]:
    """184次 of 187件: to be remarked if it fits, 184件 of 187件次 always, and never called wrong."""
    wholes = pools.wholes_for(part, here)
    for whole in here:
        if not wholes and whole is not part and whole.unit and is_base(whole, name):
            sure = akin(part.unit, whole.unit) and _is_sure(whole, part, name)
            yield Pairing((part,), (whole,), certain=sure)


def _with_part(
    spoken: Spoken, at: int, name: RateName, found: tuple[Figure, list[Figure], bool]
) -> Iterator[Pairing]:
    part, pool, is_here = found
    wholes = pools.wholes_for(part, pool)[:_MOST_WHOLES]
    sure = _sure(spoken, part, wholes, name) if is_here else []
    for whole in wholes:
        if whole.value < part.value and name.core != "完成" and whole not in sure:
            continue
        certain = whole in sure and (len(sure) == 1 or whole is _nearest(sure, part))
        due = name.is_due and not any(word in whole.words for word in OWED)
        yield Pairing((part,), (whole,), certain=certain, due=due)
    wholes_stated = any(whole.value > part.value for whole in wholes)
    yield from _less_withdrawn(part, wholes)
    for run in pools.runs_before(spoken, part):
        yield Pairing((part,), run)
    for undone in pool:
        if is_undone(undone, name) and alike(undone.unit, part.unit):
            beside = is_here and not wholes_stated and _next_to(spoken, part, undone)
            yield Pairing((part,), (part, undone), certain=beside and not name.rest)


def _sure(spoken: Spoken, part: Figure, wholes: list[Figure], name: RateName) -> list[Figure]:
    sure = [whole for whole in wholes if _is_sure(whole, part, name)]
    if len(wholes) > 1:
        # of several totals in other sentences none is surely meant
        sure = [whole for whole in sure if any(whole is each for each in spoken.figures)]
    return sure


def _next_to(spoken: Spoken, part: Figure, other: Figure) -> bool:
    """成功112起,未成功8起: together all that was ended, where no other total is stated."""
    return any(one is part and following is other for one, following in pairwise(spoken.figures))


def _less_withdrawn(part: Figure, wholes: list[Figure]) -> Iterator[Pairing]:
    for left_out in filter(_is_withdrawn, wholes):
        for whole in wholes:
            if left_out.value < whole.value:
                yield Pairing((part,), (whole,), left_out=left_out)


def _nearest(sure: list[Figure], part: Figure) -> Figure:
    """The pool has the nearest first; what stands before the part comes before what follows it."""
    earlier = [whole for whole in sure if whole.start < part.start]
    return (earlier or sure)[0]


def _is_sure(whole: Figure, part: Figure, name: RateName) -> bool:
    said = part.words + whole.words
    return (
        is_base(whole, name)
        and is_plain(part, whole, name)
        and (not is_numerator(whole, name) or taken_up(whole, part, name))
        and (whole.value >= part.value or name.core == "完成")
        and all(word in said for word in name.rest.split())
    )


def _is_withdrawn(figure: Figure) -> bool:
    return any(word in figure.words for word in WITHDRAWN)


def _summed_parts(here: list[Figure], pool: list[Figure], name: RateName) -> Iterator[Pairing]:
    """Every grade of 满意 together, or several counts of what was done."""
    if not name.core:
        return
    done = [each for each in here if name.core in each.words]
    parts = _satisfied(here) if name.core == "满意" else done
    if 1 < len(parts) <= _MOST_PARTS:
        for whole in pools.wholes_for(parts[0], pool):
            if whole not in parts:
                yield Pairing(tuple(parts), (whole,))


def _satisfied(here: list[Figure]) -> list[Figure]:
    """非常满意, 满意, 基本满意: a rate may be of one of them or of several together."""
    return [each for each in here if _GRADE.search(each.words)]


def _unpaired(reading: Reading, asked: Asked, at: int, name: RateName) -> Finding:
    """No part is given, or none that is sure: what can be said of the total alone."""
    bases = [
        figure
        for figure in pools.before(asked.spoken, at)
        if figure.is_whole and is_base(figure, name) and not is_numerator(figure, name)
    ]
    if len(bases) != 1 or name.rest or name.core not in OUTCOMES:
        key = "other-base" if pools.around(reading, asked.spoken, at) else "no-total"
        return asked.found(Verdict.CANNOT_CHECK, asked.because(key))
    return _of_base(asked, bases[0], name, at)


def _of_base(asked: Asked, base: Figure, name: RateName, at: int) -> Finding:
    whole = int(base.value)
    exact = asked.figure.bound is Bound.EXACT and asked.figure.unit == "%" and whole > 0
    if not exact or asked.figure.value > 1 or some_whole_part(asked.figure, whole):
        why = asked.because("no-part-given", whole=base.text)
        return asked.found(Verdict.CANNOT_CHECK, why, uses=[base.text])
    alone = pools.wholes_for(base, pools.before(asked.spoken, at))
    if not MANNER.issuperset(name.narrowed) or alone:
        why = asked.because("infeasible-maybe", whole=base.text)
        return asked.found(Verdict.NOTE, why, uses=[base.text])
    found = Asked(asked.spoken, asked.figure, Kind.FEASIBILITY)
    why = asked.because("infeasible", whole=base.text, more=_other_total(asked, base))
    return found.found(Verdict.DOES_NOT_FOLLOW, why, uses=[base.text])


def _other_total(asked: Asked, base: Figure) -> str:
    """A total near the stated one that has a whole number for the rate, the nearest if several."""
    near = range(1, _NEARBY + 1)
    whole = int(base.value)
    for other in (each for by in near for each in (whole - by, whole + by)):
        if other > 0 and some_whole_part(asked.figure, other):
            return asked.because("other-whole", other=f"{other}{base.unit}")
    return ""
