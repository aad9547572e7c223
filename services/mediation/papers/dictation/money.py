"""Amounts of money as they are spoken."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from services.mediation.papers.dictation.cues import PAYING
from services.mediation.papers.dictation.numerals import NUMERAL, SPOKEN, read_number
from services.mediation.papers.dictation.taken import Taken

_ROUGHLY = r"(?P<before>大概|大约|差不多|估计|将近|不到|好?几)?"
_AROUND = r"(?P<after>左右|上下)?"
_SMALL_MONEY = rf"(?:(?P<jiao>[{SPOKEN}0-9])[毛角])?(?:(?P<fen>[{SPOKEN}0-9])分(?:钱)?)?"
_WITH_UNIT = re.compile(
    rf"{_ROUGHLY}(?P<number>{NUMERAL})(?P<odd>[来多几])?(?P<unit>元|块钱|块|圆)"
    rf"(?!地|石|田|板){_SMALL_MONEY}(?:钱|整)?{_AROUND}"
)
_MEASURES = f"个米平亩斤人户天日月年次期笔回号分公里岁间棵只头%％第{SPOKEN}0-9.,"
_BARE = rf"{_ROUGHLY}(?P<number>{NUMERAL})(?P<odd>[来多几])?(?P<unit>){_AROUND}(?![{_MEASURES}])"
_AFTER_PAYING = re.compile(
    rf"(?:{PAYING})(?:[老小]\w)?[给了他她它我你人家对方甲乙丙＊]{{0,4}}{_BARE}"
)
_ANYWHERE = re.compile(_BARE)
_LITTLE = 100 * 100
_LOOSE_CHANGE = re.compile("[一二两三四五六七八九0-9]")
"""三块五 is 3.50, 三块五天内给 is not: a mediator has to say which."""
_LARGE_UNIT = re.compile("[百千万佰仟]")


@dataclass(frozen=True, slots=True)
class SaidAmount:
    """What was said, and what it is in cents; None where it is rough or reads two ways."""

    said: str
    cents: int | None
    start: int
    end: int

    @property
    def doubt(self) -> str | None:
        """Why the mediator has to say it anew."""
        return None if self.cents is not None else f"金额“{self.said}”说得不确切，请写明数额"


def amounts_in(text: str, *, bare: bool = False) -> list[SaidAmount]:
    """The amounts in their order: with 元 or 块, or without after a word of paying.

    `bare` takes 一千 for money anywhere, as among instalments.
    """
    taken = Taken(text)
    found = [
        amount
        for pattern in (_WITH_UNIT, _AFTER_PAYING, *((_ANYWHERE,) if bare else ()))
        for match in pattern.finditer(text)
        if (amount := _amount(match)) and taken.take(amount.start, amount.end)
    ]
    return sorted(found, key=lambda amount: amount.start)


def _amount(match: re.Match[str]) -> SaidAmount | None:
    number = match["number"]
    if not number or not (match["unit"] or _LARGE_UNIT.search(number) or _is_plain(number)):
        return None
    start = match.start("before") if match["before"] else match.start("number")
    rough = match["before"] or match["odd"] or match["after"]
    value = None if rough else read_number(number)
    cents = None if value is None else value * 100 + sum(_coins(match))
    whole = cents is not None and cents.denominator == 1
    said = match.string[start : match.end()]
    if cents is not None and cents < _LITTLE and _LOOSE_CHANGE.match(match.string, match.end()):
        cents = None
    return SaidAmount(said, int(cents) if whole and cents else None, start, match.end())


def _is_plain(number: str) -> bool:
    return number.isascii() and len(number) >= 3


def _coins(match: re.Match[str]) -> Iterator[Fraction]:
    for name, worth in (("jiao", 10), ("fen", 1)):
        said = match.groupdict().get(name)
        yield (read_number(said) or Fraction(0)) * worth if said else Fraction(0)
