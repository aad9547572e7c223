"""Numbers as they are spoken: 三千五, 一万二, 两百零五, 1.5万, 3千."""

import re
from fractions import Fraction

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    char: value for value, char in enumerate("〇壹贰叁肆伍陆柒捌玖")
}
_DIGITS["两"] = 2
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_ZEROS = "零〇"

SPOKEN = "零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟点"
LONGEST = 30
"""Characters of a number that somebody says; what is longer is none."""
_PLAIN = rf"[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,{LONGEST}}}|[0-9]{{1,{LONGEST + 1}}}"
NUMERAL = rf"(?>(?:{_PLAIN})?(?:\.[0-9]{{1,{LONGEST}}})?[{SPOKEN}0-9]{{0,{LONGEST + 1}}})"
"""A regular expression for what may be a number; it may match nothing.

It gives nothing back and looks no further than it has to: 20,000 digits would cost hours.
"""

_TOKEN = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?|.")


def read_number(said: str) -> Fraction | None:
    """The number, or None where it is none or could be read in two ways (三五千)."""
    if len(said) > LONGEST:
        return None
    if "点" in said:
        return _with_decimals(said)
    if said and all(char in _DIGITS for char in said) and len(said) > 1:
        return Fraction(int("".join(str(_DIGITS[char]) for char in said)))
    return _Reading().of(said)


def _with_decimals(said: str) -> Fraction | None:
    """一点五万: the decimals are read digit by digit, a unit after them counts for all."""
    whole, _, rest = said.partition("点")
    unit = _LARGE.get(rest[-1:], 1)
    decimals = rest if unit == 1 else rest[:-1]
    before = read_number(whole)
    if before is None or not decimals or any(char not in _DIGITS for char in decimals):
        return None
    after = "".join(str(_DIGITS[char]) for char in decimals)
    return (before + Fraction(int(after), 10 ** len(after))) * unit


class _Reading:
    """Reads token by token; `rank` is the last unit, below which the next has to stay."""

    def __init__(self) -> None:
        self._total = Fraction(0)
        self._section = Fraction(0)
        self._digit: Fraction | None = None
        self._rank = 0
        self._ceiling = 10**9
        self._after_zero = False

    def of(self, said: str) -> Fraction | None:
        if not said or not all(map(self._take, _TOKEN.findall(said))):
            return None
        return self._end()

    def _take(self, token: str) -> bool:
        if token in _ZEROS and self._rank:
            self._after_zero = True
            return self._digit is None
        if token in _SMALL:
            return self._small(_SMALL[token])
        if token in _LARGE:
            return self._large(_LARGE[token])
        return self._number(token)

    def _number(self, token: str) -> bool:
        if self._digit is not None:
            return False
        if token in _DIGITS:
            self._digit = Fraction(_DIGITS[token])
        elif token[0].isascii() and token[0].isdigit():
            self._digit = Fraction(token.replace(",", ""))
        return self._digit is not None

    def _small(self, unit: int) -> bool:
        in_order = not 0 < self._rank < 10_000 or unit < self._rank
        if (self._digit is None and unit != 10) or not in_order:
            return False
        self._section += (Fraction(1) if self._digit is None else self._digit) * unit
        self._digit, self._rank, self._after_zero = None, unit, False
        return True

    def _large(self, unit: int) -> bool:
        section = self._section + (self._digit or 0)
        if not section or unit >= self._ceiling:
            return False
        self._total += section * unit
        self._section, self._digit, self._after_zero = Fraction(0), None, False
        self._rank = self._ceiling = unit
        return True

    def _end(self) -> Fraction:
        last = self._digit or Fraction(0)
        # 三千五 is 3,500 and 三千零五 is 3,005
        if self._rank >= 100 and not self._after_zero and 0 < last < 10:
            last *= self._rank // 10
        return self._total + self._section + last
