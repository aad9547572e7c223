"""Whether the parts' numbers of the period before add up to the total's."""

from collections.abc import Iterator

from claims.rules.agreement import wholes_before
from claims.rules.figure import Bound, Figure, Sort
from claims.rules.finding import Finding, Kind, Verdict
from claims.rules.reading import Reading, Spoken
from claims.rules.saying_parts import Role
from claims.rules.ties.lists import lists_in
from claims.rules.ties.quotient import Asked

Range = tuple[int, int]
_FEWEST_CHANGES = 3  # of the total and of two parts


def last_years(reading: Reading) -> Iterator[Finding]:
    """One finding for a list whose parts make up the total and all state their change."""
    for spoken in reading.spoken:
        if sum(saying.role is Role.CHANGE for saying in spoken.sayings) < _FEWEST_CHANGES:
            continue
        for listed in lists_in(spoken):
            if sum(item.value for item in listed.items) != listed.total.value:
                continue
            ranges = [_range(spoken, item) for item in listed.items]
            whole = _range(spoken, listed.total)
            if whole is not None and len(ranges) > 1:
                known = [each for each in ranges if each is not None]
                if len(known) == len(ranges):
                    yield _judged(spoken, listed.total, whole, known)


def _range(spoken: Spoken, figure: Figure) -> Range | None:
    """The whole numbers before, by the change that is stated right behind a count."""
    at = next(at for at, each in enumerate(spoken.figures) if each is figure) + 1
    if at >= len(spoken.figures) or not figure.is_whole:
        return None
    change, saying = spoken.figures[at], spoken.sayings[at]
    plain = change.sort is Sort.PERCENT and change.bound is Bound.EXACT
    if saying.role is not Role.CHANGE or not plain or ";" in change.gap or change.value <= 0:
        return None
    return wholes_before(change, figure.value, saying.direction)


def _judged(spoken: Spoken, total: Figure, whole: Range, parts: list[Range]) -> Finding:
    asked = Asked(spoken, total, Kind.LAST_YEAR)
    added = (sum(first for first, _ in parts), sum(last for _, last in parts))
    values = {"parts": _shown(added), "whole": _shown(whole)}
    if added[0] <= whole[1] and whole[0] <= added[1]:
        why = asked.because("parts-before-follow", **values)
        return asked.found(Verdict.FOLLOWS, why, computed=_shown(added), uses=[total.text])
    why = asked.because("parts-before-differ", **values)
    return asked.found(Verdict.DOES_NOT_FOLLOW, why, computed=_shown(added), uses=[total.text])


def _shown(span: Range) -> str:
    return str(span[0]) if span[0] == span[1] else f"{span[0]}–{span[1]}"
