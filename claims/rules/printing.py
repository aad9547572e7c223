"""Exact values as the document would print them."""

from fractions import Fraction

from claims.rules.agreement import decimal
from claims.rules.figure import Figure, Sort

_SIGNS = {100: "%", 1000: "‰"}
_SCALES = {10**4: "万", 10**8: "亿", 10**6: " million", 10**9: " billion"}
_FINEST = Fraction(1, 1000)


def like(figure: Figure, value: Fraction) -> str:
    """In the unit and at the precision of a stated figure; 成 and 三分之二 as a percentage."""
    if figure.sort is Sort.PERCENT:
        return percentage(value, figure.step if figure.unit == "%" else _FINEST, figure.scale)
    if figure.sort is Sort.POINTS:
        unit = "个百分点" if "百分点" in figure.text else " points"
        return decimal(value * 100, figure.step * 100) + unit
    if figure.sort is Sort.FOLD:
        return decimal(value, figure.step) + figure.unit
    return _count(figure, value)


def _count(figure: Figure, value: Fraction) -> str:
    if figure.scale > 1:
        step = figure.step / figure.scale
        if (value / figure.scale) % step:
            step = min(step, Fraction(1, 10))
        scale = _SCALES.get(figure.scale)
        if scale:
            return decimal(value / figure.scale, step) + scale + figure.unit
    step = figure.step if value.denominator == 1 else Fraction(1, 100)
    return decimal(value, min(step, Fraction(1))) + figure.unit


def percentage(value: Fraction, step: Fraction = _FINEST, scale: int = 100) -> str:
    """A part of one, at least one decimal finer than whole percent only where asked."""
    return decimal(value * scale, step * scale) + _SIGNS.get(scale, "%")
