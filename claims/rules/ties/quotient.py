"""A stated share judged against every pair of figures that it may be taken of."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from claims.rules.agreement import Agreement, agreement, some_whole_part
from claims.rules.figure import Bound, Figure, stated_span
from claims.rules.finding import Finding, Kind, Verdict
from claims.rules.printing import like
from claims.rules.reading import Spoken
from claims.rules.reasons import because
from claims.rules.span import Span, total
from claims.rules.units import alike

_ONE = Fraction(1)
_NEARBY = 3


@dataclass(frozen=True, slots=True)
class Pairing:
    """Parts of wholes (each summed); `certain` where the grammar leaves no other reading."""

    parts: tuple[Figure, ...]
    wholes: tuple[Figure, ...]
    certain: bool = False
    left_out: Figure | None = None  # taken off the whole
    due: bool = False  # taken of those of the whole that were due

    @property
    def quotient(self) -> Span | None:
        """Every value that the share may have."""
        whole = total([figure.span for figure in self.wholes])
        if self.left_out is not None:
            whole = whole.minus(self.left_out.span)
        return total([figure.span for figure in self.parts]).over(whole)

    @property
    def exact(self) -> Fraction:
        """The share of the printed numbers."""
        whole = sum((figure.value for figure in self.wholes), Fraction(0))
        return sum((figure.value for figure in self.parts), Fraction(0)) / whole

    @property
    def units_meet(self) -> bool:
        """Whether parts and wholes count the same sort of thing."""
        return all(alike(a.unit, b.unit) for a in self.parts for b in self.wholes)

    def names(self) -> dict[str, str]:
        """Parts and wholes as they are printed."""
        return {"part": _plus(self.parts), "whole": _plus(self.wholes)}

    def used(self) -> list[str]:
        """Every figure that is computed with."""
        left_out = () if self.left_out is None else (self.left_out,)
        return [figure.text for figure in (*self.parts, *self.wholes, *left_out)]


def _plus(figures: Sequence[Figure]) -> str:
    return "+".join(figure.text for figure in figures)


@dataclass(frozen=True, slots=True)
class Asked:
    """The figure that is judged, where it stands, and by what kind of tie."""

    spoken: Spoken
    figure: Figure
    kind: Kind

    def found(
        self, verdict: Verdict, why: str, *, computed: str | None = None, uses: Sequence[str] = ()
    ) -> Finding:
        """A finding of it."""
        return Finding(
            kind=self.kind,
            verdict=verdict,
            sentence=self.spoken.sentence,
            figure=self.figure,
            computed=computed,
            uses=tuple(uses),
            why=why,
        )

    def because(self, key: str, **values: object) -> str:
        """A reason in its language, with the figure as `stated`."""
        return because(
            key, chinese=self.spoken.sentence.chinese, stated=self.figure.text, **values
        )


def judged(asked: Asked, pairings: Sequence[Pairing]) -> Finding | None:
    """Follows if any pairing gives it, fails only by one that is certain; None if neither."""
    certain: list[tuple[Pairing, Agreement]] = []
    # nearly anything is about, above or below something
    closely = asked.figure.bound is Bound.EXACT
    for pairing in sorted(pairings, key=lambda each: not each.certain):
        span = pairing.quotient
        if span is None:
            continue
        agrees = agreement(asked.figure, span)
        if agrees is Agreement.AGREES and (closely or pairing.certain):
            return _follows(asked, pairing)
        if pairing.certain:
            certain.append((pairing, agrees))
    for pairing, agrees in certain:
        if agrees is Agreement.CUT_OFF:
            return _said(asked, pairing, Verdict.NOTE, "cut-off")
    return _differs(asked, certain[0][0]) if certain else None


def _follows(asked: Asked, pairing: Pairing) -> Finding:
    if not pairing.units_meet:
        return _said(asked, pairing, Verdict.NOTE, "units")
    if pairing.left_out is not None:
        return _less_withdrawn(asked, pairing)
    key = "quotient-follows" if asked.figure.bound is Bound.EXACT else "quotient-bound"
    if asked.figure.value == 1 and pairing.exact != 1 and asked.figure.bound is Bound.EXACT:
        key = "quotient-rounded"
    return _said(asked, pairing, Verdict.FOLLOWS, key)


def _less_withdrawn(asked: Asked, pairing: Pairing) -> Finding:
    left_out = pairing.left_out.text if pairing.left_out else ""
    return _said(asked, pairing, Verdict.NOTE, "less-withdrawn", left_out=left_out)


def _differs(asked: Asked, pairing: Pairing) -> Finding:
    if not pairing.units_meet:
        return _said(asked, pairing, Verdict.NOTE, "units")
    if pairing.due and (needed := _needed_total(asked.figure, pairing)):
        why = asked.because("due-base", other=needed)
        return asked.found(Verdict.NOTE, why, computed=like(asked.figure, pairing.exact))
    more = _impossible(asked, pairing) + _other_total(asked, pairing)
    return _said(asked, pairing, Verdict.DOES_NOT_FOLLOW, "quotient-differs", more=more)


def _needed_total(figure: Figure, pairing: Pairing) -> int | None:
    """The whole number between part and whole of which the part is the stated share."""
    span = stated_span(figure)
    part = sum((each.value for each in pairing.parts), Fraction(0))
    whole = sum((each.value for each in pairing.wholes), Fraction(0))
    if span.low is None or span.high is None or span.low <= 0:
        return None
    needed = ceil(part / span.high)
    if span.half_open and part == needed * span.high:
        needed += 1
    return needed if part <= needed <= min(floor(part / span.low), int(whole)) else None


def _said(asked: Asked, pairing: Pairing, verdict: Verdict, key: str, **values: object) -> Finding:
    computed = like(asked.figure, pairing.exact)
    why = asked.because(key, computed=computed, **pairing.names(), **values)
    return asked.found(verdict, why, computed=computed, uses=pairing.used())


def _impossible(asked: Asked, pairing: Pairing) -> str:
    """That no whole number of the total would give it either, where that can be said."""
    whole = pairing.wholes[0]
    if len(pairing.wholes) > 1 or not whole.is_whole or asked.figure.bound is not Bound.EXACT:
        return ""
    if asked.figure.value > 1 or some_whole_part(asked.figure, int(whole.value)):
        return ""
    return asked.because("no-part", whole=whole.text)


def _other_total(asked: Asked, pairing: Pairing) -> str:
    """A total near the stated one of which the same part is the stated share."""
    part, whole = pairing.parts[0], pairing.wholes[0]
    if len(pairing.parts) > 1 or len(pairing.wholes) > 1 or not (part.is_whole and whole.is_whole):
        return ""
    near = int(whole.value)
    for other in sorted(range(near - _NEARBY, near + _NEARBY + 1), key=lambda n: abs(n - near)):
        fits = other > 0 and other != near and other >= part.value
        if fits and stated_span(asked.figure).meets(Span(part.value / other, part.value / other)):
            return asked.because("other-total", other=f"{other}{whole.unit}")
    return ""
