"""Shares of counts whose total stands nowhere, or behind them: one total has to give them all.

来信126件(占35%),来访98件(占27%): of each count and its share follows between which numbers the
total lies. No number that lies in all of these means that a share is wrong; it is that one
without which the others agree, if there is only one such.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from claims.rules.agreement import Agreement, agreement
from claims.rules.figure import Bound, Figure, Sort, stated_span
from claims.rules.finding import Finding, Kind, Verdict
from claims.rules.printing import like
from claims.rules.reading import Spoken
from claims.rules.saying_parts import Role
from claims.rules.span import Span
from claims.rules.ties.lists import introduces, is_outcome
from claims.rules.ties.quotient import Asked
from claims.rules.units import alike

LIKE_TOTAL = frozenset(["", "总量", "总数", "总量的", "总数的", "全部", "总体", "总件数", "总"])
_OF_ALL = re.compile(r"[\s,，(]*占?(?:总|全部|总体)?(?:量|数|件数|案件)?(?:的|比)*\s*")
_FEWEST = 3
_MOST = 24

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shared:
    """A count and its share; `at` is the place of the share."""

    count: Figure
    share: Figure
    at: int

    @property
    def totals(self) -> Range:
        """The first and last whole number of which the count has this share, rounded or cut off."""
        span = stated_span(self.share)
        low, high = span.low or Fraction(0), self.share.value + self.share.step
        return ceil(self.count.value / high), floor(self.count.value / low)


def common_totals(spoken: Spoken) -> Iterator[tuple[int, Finding]]:
    """The place of each share of a run, and what its neighbours say of it."""
    for run in _runs(spoken):
        if not _FEWEST <= len(run) <= _MOST:
            continue
        common = _common(run)
        if common is not None:
            yield from ((each.at, _fits(spoken, run, each, common)) for each in run)
        elif (odd := _odd_one(run)) is not None:
            rest = _common([each for each in run if each is not odd]) or (0, 0)
            yield odd.at, _fails(spoken, odd, rest)
            yield from (
                (each.at, _fits(spoken, run, each, rest)) for each in run if each is not odd
            )


def _runs(spoken: Spoken) -> Iterator[list[Shared]]:
    run: list[Shared] = []
    for at in range(1, len(spoken.figures)):
        if (found := _shared(spoken, at)) is None:
            continue
        if run and not _goes_on(run[-1], found):
            yield run
            run = []
        run.append(found)
    yield run


def _shared(spoken: Spoken, at: int) -> Shared | None:
    """A whole count and, right behind, its exact share of a total that nothing narrows."""
    count, share, saying = spoken.figures[at - 1], spoken.figures[at], spoken.sayings[at]
    plain = saying.role is Role.SHARE and saying.base in LIKE_TOTAL and share.turns == 0
    exact = share.sort is Sort.PERCENT and share.bound is Bound.EXACT and 0 < share.value <= 1
    if not (plain and exact and share.value > share.step / 2):
        return None
    kind = count.is_whole and not is_outcome(count) and not spoken.is_aim(at)
    return Shared(count, share, at) if kind and _OF_ALL.fullmatch(share.gap) else None


def _goes_on(last: Shared, found: Shared) -> bool:
    """Whether nothing between begins a list of its own, so that both are beside each other."""
    gap = found.count.gap
    beside = found.at == last.at + 2 and alike(found.count.unit, last.count.unit)
    return beside and introduces(gap) is None and found.count.depth == last.count.depth


def _common(run: list[Shared]) -> Range | None:
    first = max(each.totals[0] for each in run)
    last = min(each.totals[1] for each in run)
    return (first, last) if first <= last else None


def _odd_one(run: list[Shared]) -> Shared | None:
    """The only one without which the others have a total in common."""
    odd = [each for each in run if _common([other for other in run if other is not each])]
    return odd[0] if len(odd) == 1 else None


def _fits(spoken: Spoken, run: list[Shared], each: Shared, common: Range) -> Finding:
    """It follows where the counts themselves add up to such a total; else none is stated."""
    added = sum((other.count.value for other in run), Fraction(0))
    asked = Asked(spoken, each.share, Kind.SHARE)
    values = {"part": each.count.text, "total": _shown(each, common)}
    exact = Span(each.count.value / added, each.count.value / added)
    if agreement(each.share, exact) is not Agreement.AGREES:
        return asked.found(Verdict.CANNOT_CHECK, asked.because("common-unstated", **values))
    uses = tuple(other.count.text for other in run)
    computed = like(each.share, each.count.value / added)
    why = asked.because("common-follows", parts=uses, computed=computed, **values)
    return asked.found(Verdict.FOLLOWS, why, computed=computed, uses=uses)


def _fails(spoken: Spoken, each: Shared, common: Range) -> Finding:
    asked = Asked(spoken, each.share, Kind.SHARE)
    computed = like(each.share, each.count.value / Fraction(sum(common), 2))
    values = {"part": each.count.text, "total": _shown(each, common), "computed": computed}
    why = asked.because("common-differs", **values)
    return asked.found(Verdict.DOES_NOT_FOLLOW, why, computed=computed, uses=[each.count.text])


def _shown(each: Shared, common: Range) -> str:
    first, last = (f"{number}{each.count.unit}" for number in common)
    return first if first == last else f"{first}–{last}"
