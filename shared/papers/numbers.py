"""Numbers and days as papers print them (GB/T 9704-2012)."""

import re
from datetime import date

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLAIN_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")
_MARK = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbfA-Za-z0-9]{1,40}")
_TOO_MUCH = 10**14


def document_number(mark: str, *, year: int, serial: int) -> str:
    """The printed number of a paper, such as 青云镇人调〔2026〕12号.

    `mark` names the issuer and the kind of paper; `serial` counts from 1 within mark and year,
    without leading zeros. Raises ValueError if these do not make a valid number.
    """
    if not _MARK.fullmatch(mark):
        raise ValueError(
            "the mark before the year is 1 to 40 characters, without brackets or spaces"
        )
    if not 1949 <= year <= 9999:
        raise ValueError("the year has four digits and is not before 1949")
    if serial < 1:
        raise ValueError("the serial counts from 1")
    return f"{mark}〔{year}〕{serial}号"


def printed_day(day: date) -> str:
    """A date in Arabic numerals without leading zeros: 2026年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def ordinal(number: int) -> str:
    """The number of a heading, 1 to 99: 一, 十, 十二, 二十."""
    if not 1 <= number <= 99:
        raise ValueError("headings are numbered from 1 to 99")
    tens, ones = divmod(number, 10)
    written = "" if not tens else "十" if tens == 1 else f"{PLAIN_DIGITS[tens]}十"
    return written + (PLAIN_DIGITS[ones] if ones else "")


def in_capitals(cents: int) -> str:
    """An amount in capital numerals, as on a cheque: 350050 is 叁仟伍佰元伍角整.

    Raises ValueError for negative amounts and for those of 10^12 yuan and more.
    """
    if not 0 <= cents < _TOO_MUCH:
        raise ValueError("the amount is below zero or too large to be written")
    yuan, rest = divmod(cents, 100)
    jiao, fen = divmod(rest, 10)
    if not rest:
        return f"{_whole(yuan)}元整"
    written = f"{_whole(yuan)}元" if yuan else ""
    written += f"{DIGITS[jiao]}角" if jiao else "零" if yuan else ""
    return written + (f"{DIGITS[fen]}分" if fen else "整")


def _whole(number: int) -> str:
    if not number:
        return DIGITS[0]
    written, gap = "", False
    for power in range(len(_GROUPS) - 1, -1, -1):
        group = number // 10_000**power % 10_000
        if group:
            gap = gap or bool(written and group < 1_000)
            written += (DIGITS[0] if gap and written else "") + _group(group) + _GROUPS[power]
            gap = False
        else:
            gap = bool(written)
    return written


def _group(group: int) -> str:
    written, gap = "", False
    for power in range(3, -1, -1):
        digit = group // 10**power % 10
        if digit:
            written += (DIGITS[0] if gap and written else "") + DIGITS[digit] + _PLACES[power]
            gap = False
        else:
            gap = True
    return written
