"""Finds the figures of a folded text: numbers that count, rates, points and multiples."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from claims.rules.bounds import bound_of
from claims.rules.figure import Bound, Figure, Sort
from claims.rules.left_alone import left_alone
from claims.rules.numerals import (
    EN_NUMERALS,
    SCALES,
    ZH_NUMERAL,
    chinese_decimal,
    chinese_number,
    digits_decimal,
)
from claims.rules.units import ZH_DURATIONS, ZH_ONE, ZH_SPELLED, ZH_UNITS

_UNITS = "|".join(sorted({*ZH_UNITS, *ZH_DURATIONS}, key=len, reverse=True))
_DIGITS = r"(?<![\d.])(?:\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?|\d++(?:\.\d++)?)"
_EN_WORDS = "|".join(sorted(EN_NUMERALS, key=len, reverse=True))
_FIGURE = re.compile(
    rf"""
    (?P<base>[百千])分之\s?(?P<per>[{ZH_NUMERAL}点]{{1,12}}|{_DIGITS})
    | (?P<below>(?<![{ZH_NUMERAL}])[{ZH_NUMERAL}]{{1,4}})分之(?P<above>[{ZH_NUMERAL}]{{1,4}})
    | (?P<tenths>[一二三四五六七八九]|(?<![\d.])[1-9])成(?P<half>半|[一二三四五六七八九])?
        (?![立功为员本果年效长绩熟交品都体因分人份])
    | (?P<sign>(?<![\d%])[+-]\s?)?(?P<digits>{_DIGITS})\s?(?:
        (?P<rate>%|‰|per\ cent\b|percent\b)(?:\s?(?P<pp>points?|pp)\b)?
        | (?P<points>个?百分点|percentage\ points?\b|pp\b|p\.p\.)
        | (?P<scale>[百千]?[万亿]|thousand\b|million\b|billion\b)?\s?(?P<more>余|多)?
          (?P<scale2>(?<=[余多])[万亿])?\s?(?P<unit>倍|{_UNITS})?
      )
    | (?P<spelled>(?<![{ZH_NUMERAL}])[{ZH_NUMERAL}]{{1,12}})(?P<many>余|多)?(?P<after>倍|{_UNITS})
    | \b(?P<word>(?i:{_EN_WORDS}))(?:-(?P<ones>(?i:{_EN_WORDS})))?\b(?![-‐])
    """,
    re.VERBOSE,
)
_LONGEST = 18
_HAN = re.compile(r"[\u4e00-\u9fff]")
_PER_CENT = {"%": 100, "‰": 1000}


class _Read(NamedTuple):
    """A number and what it is, before the words around it are looked at."""

    value: Fraction
    step: Fraction
    sort: Sort
    unit: str = ""
    scale: int = 1
    more: bool = False


def figures_in(text: str) -> Iterator[Figure]:
    """In order, without those that are left alone; the words around them are still to come."""
    stretches = iter([*left_alone(text), (len(text) + 1, len(text) + 1)])
    first, last = next(stretches)
    for found in _FIGURE.finditer(text):
        while last <= found.start():
            first, last = next(stretches)
        if found.end() > first and found.start() < last:
            continue
        if read := _read(found, text):
            yield _figure(found, read, text)


def _figure(found: re.Match[str], read: _Read, text: str) -> Figure:
    start, end = found.span()
    end = start + len(found.group().rstrip())
    bound = Bound.AT_LEAST if read.more else bound_of(text, start, end)
    return Figure(
        text=text[start:end],
        value=read.value,
        step=read.step,
        sort=read.sort,
        start=start,
        end=end,
        unit=read.unit,
        scale=read.scale,
        bound=bound,
    )


def _read(found: re.Match[str], text: str) -> _Read | None:
    if len(found.group()) > _LONGEST + 12:
        return None
    if found["digits"]:
        return _digits(found, text)
    if found["spelled"]:
        return _spelled(found, text)
    if found["word"]:
        return _word(found)
    return _part(found)


def _part(found: re.Match[str]) -> _Read | None:
    """百分之九十八, 三分之二, 九成."""
    if found["base"]:
        return _of_hundred(found["per"], 100 if found["base"] == "百" else 1000)
    if found["tenths"]:
        tenths = _tenths(found["tenths"]) * 10 + _tenths(found["half"] or "零")
        step = Fraction(1, 100 if found["half"] else 10)
        return _Read(Fraction(tenths, 100), step, Sort.PERCENT, "成", 100)
    below, above = chinese_number(found["below"]), chinese_number(found["above"])
    if not below or above is None:
        return None
    return _Read(Fraction(above, below), Fraction(1, 10), Sort.PERCENT, "分之", 100)


def _tenths(written: str) -> int:
    if written == "半":
        return 5
    return int(written) if written.isdigit() else chinese_number(written) or 0


def _of_hundred(written: str, scale: int) -> _Read | None:
    read = digits_decimal(written) if written[0].isdigit() else chinese_decimal(written)
    if read is None:
        return None
    return _Read(read[0] / scale, read[1] / scale, Sort.PERCENT, "%", scale)


def _digits(found: re.Match[str], text: str) -> _Read | None:
    if len(found["digits"]) > _LONGEST:
        return None
    value, step = digits_decimal(found["digits"])
    if (found["sign"] or "").startswith("-"):
        value = -value
    if found["points"] or found["pp"]:
        return _Read(value / 100, step / 100, Sort.POINTS, "百分点", 100)
    if found["rate"]:
        scale = _PER_CENT.get(found["rate"], 100)
        return _Read(value / scale, step / scale, Sort.PERCENT, "%", scale)
    return _count(found, text, value, step)


def _count(found: re.Match[str], text: str, value: Fraction, step: Fraction) -> _Read | None:
    unit = found["unit"] or ""
    if unit == "倍":
        return _Read(value, step, Sort.FOLD, unit)
    factor = _scale(found["scale"] or "") * _scale(found["scale2"] or "")
    if unit in {"万元", "亿元"}:
        factor, unit = factor * SCALES[unit[0]], "元"
    if unit in ZH_DURATIONS or (not unit and _runs_on(text, found.end())):
        return None
    more = found["more"] is not None
    if factor != 1:
        value, step = value * factor, step * factor
    return _Read(value, step, Sort.COUNT, unit, factor, more)


def _scale(written: str) -> int:
    if written in SCALES:
        return SCALES[written]
    return SCALES[written[0]] * SCALES[written[1]]


def _runs_on(text: str, end: int) -> bool:
    """Whether a bare number is part of a Chinese word, or glued to letters."""
    after = text[end : end + 1]
    return bool(_HAN.match(after)) and after not in "和与及或的中均占为，、。"


def _spelled(found: re.Match[str], text: str) -> _Read | None:
    written, unit = found["spelled"], found["after"]
    number = chinese_number(written)
    # 千家万户 has no digit, 一起 is "together", 一件件 is "one by one"
    bare = not set(written) & set("一二两三四五六七八九十")
    if (
        number is None
        or bare
        or unit not in ZH_SPELLED
        or _is_idiom(number, unit, text, found.end())
    ):
        return None
    return _Read(Fraction(number), Fraction(1), Sort.COUNT, unit, more=found["many"] is not None)


def _is_idiom(number: int, unit: str, text: str, end: int) -> bool:
    return number <= 1 and (unit not in ZH_ONE or text[end : end + 1] in {unit, "事"})


def _word(found: re.Match[str]) -> _Read | None:
    number = EN_NUMERALS[found["word"].lower()]
    if ones := found["ones"]:
        number += EN_NUMERALS[ones.lower()]
    if number < 2:
        return None
    return _Read(Fraction(number), Fraction(1), Sort.COUNT)
