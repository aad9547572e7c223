"""Numerals written out: Chinese to the hundred millions, English to ninety-nine."""

from fractions import Fraction

ZH_DIGITS = "零〇一二两三四五六七八九"
ZH_NUMERAL = f"{ZH_DIGITS}十百千万亿"
_VALUES = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_VALUES |= {"七": 7, "八": 8, "九": 9}
_PLACES = {"十": 10, "百": 100, "千": 1000}
SCALES = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "": 1}
SCALES |= {"thousand": 1000, "million": 10**6, "billion": 10**9}
_LONGEST = 16
_ONE = Fraction(1)

_EN_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_EN_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
EN_NUMERALS = {word: value for value, word in enumerate(_EN_ONES)}
EN_NUMERALS |= {word: (2 + at) * 10 for at, word in enumerate(_EN_TENS)}


def chinese_number(written: str) -> int | None:
    """`一百零五` is 105, `二〇二五` 2025; None for what is no number."""
    if not 0 < len(written) <= _LONGEST:
        return None
    if all(sign in _VALUES for sign in written):
        return int("".join(str(_VALUES[sign]) for sign in written))
    return _by_places(written)


def _by_places(written: str) -> int | None:
    total = section = digit = 0
    for sign in written:
        if sign in _VALUES:
            digit = _VALUES[sign]
        elif sign in _PLACES:
            section += (digit or (1 if sign == "十" and not section else 0)) * _PLACES[sign]
            digit = 0
        elif sign in {"万", "亿"}:
            total = (total + section + digit) * SCALES[sign]
            section = digit = 0
        else:
            return None
    return total + section + digit


def chinese_decimal(written: str) -> tuple[Fraction, Fraction] | None:
    """`九十八点四` is 98.4 in steps of a tenth."""
    whole, _, after = written.partition("点")
    number = chinese_number(whole)
    if number is None or any(sign not in _VALUES for sign in after):
        return None
    step = Fraction(1, 10 ** len(after))
    digits = "".join(str(_VALUES[sign]) for sign in after)
    return number + int(digits or 0) * step, step


def digits_decimal(written: str) -> tuple[Fraction, Fraction]:
    """`1,234.50` is 1234.5 in steps of a hundredth."""
    whole, _, after = written.replace(",", "").partition(".")
    # Fraction parses text by a regular expression, which takes most of the time of a document
    if not after:
        return Fraction(int(whole)), _ONE
    scale = 10 ** len(after)
    return Fraction(int(whole + after), scale), Fraction(1, scale)
