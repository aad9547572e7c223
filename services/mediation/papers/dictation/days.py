"""Days as they are spoken, and which day of the calendar is meant."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from services.mediation.papers.dictation.numerals import read_number
from services.mediation.papers.dictation.taken import Taken

_IN_FULL = "年月日都说了"
_BEGINS = re.compile("(?<!一)起|开始|[日号底末](?:之|以|前)?后")
_N = "[0-9]{1,2}|[一二两三四五六七八九十]{1,3}"
_YEAR = "(?<![0-9])[0-9]{4}|(?<![一二三四五六七八九零〇])[一二三四五六七八九零〇]{4}"
_FIRST_YEAR, _LAST_YEAR = 1949, 2199
"""As the API takes days: any other is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class SaidDay:
    """What was said, the day that it means if that is certain enough, and how it was read."""

    said: str
    on: date | None
    reading: str
    start: int
    in_full: bool = False
    """The words name the day themselves, whenever they were said."""


def days_in(text: str, said_on: date) -> list[SaidDay]:
    """The days in their order. `said_on` is the day of the dictation, from which others count."""
    taken = Taken(text)
    found = [
        SaidDay(match[0], *rule.read(match, said_on), match.start(), rule.in_full)
        for rule in _RULES
        for match in rule.words.finditer(text)
        if taken.take(*match.span())
    ]
    return sorted(found, key=lambda day: day.start)


def full_day(text: str) -> date | None:
    """The one day that a text names with its year, and by which something is done.

    The last of a month or year counts as named ("2026年底前"). None where the text names none or
    several, or where something only begins on it ("…起", "…以后").
    """
    days = days_in(text, date.min)
    if len(days) != 1 or not days[0].in_full or _BEGINS.search(text):
        return None
    return days[0].on


@dataclass(frozen=True, slots=True)
class _Rule:
    words: re.Pattern[str]
    read: Callable[[re.Match[str], date], tuple[date | None, str]]
    in_full: bool = False


def _number(said: str) -> int:
    return int(read_number(said) or 0)


def _in_year(match: re.Match[str], said_on: date) -> tuple[date | None, str]:
    return _day(_number(match["year"]), _number(match["month"]), match["day"]), _IN_FULL


def _in_month(match: re.Match[str], said_on: date) -> tuple[date | None, str]:
    """Without a year: the next such day, unless 明年 or 去年 was said."""
    month, day = _number(match["month"]), match["day"]
    if not day:
        return None, "只说到月，没有说日"
    shift = {"今年": 0, "明年": 1, "后年": 2, "去年": -1, "前年": -2}.get(match["which"] or "")
    if shift is not None:
        year = said_on.year + shift
        return _day(year, month, day), f"{match['which']}按{year}年"
    on = _day(said_on.year, month, day)
    if on is not None and on < said_on:
        on = _day(said_on.year + 1, month, day)
    return on, f"没有说年份，按{on.year}年" if on else "没有这一天"


def _day(year: int, month: int, day: str | None) -> date | None:
    """The last of the month for 底 and 末; None for a day that there is not."""
    if not (1 <= month <= 12 and _FIRST_YEAR <= year <= _LAST_YEAR):
        return None
    last = monthrange(year, month)[1]
    if day in {"底", "末"}:
        return date(year, month, last)
    number = _number((day or "").rstrip("日号"))
    return date(year, month, number) if 1 <= number <= last else None


def _near_month(match: re.Match[str], said_on: date) -> tuple[date | None, str]:
    ahead = match["which"].count("下")
    month = said_on.month - 1 + ahead
    on = _day(said_on.year + month // 12, month % 12 + 1, match["day"])
    return on, f"从{said_on.year}年{said_on.month}月算"


def _year_end(match: re.Match[str], said_on: date) -> tuple[date | None, str]:
    year = said_on.year + (1 if "明" in match[0] else 0)
    return date(year, 12, 31), f"年底按公历{year}年12月31日，如指农历请改"


def _named_year_end(match: re.Match[str], said_on: date) -> tuple[date | None, str]:
    year = _number(match["year"])
    return _day(year, 12, "底"), f"年底按公历{year}年12月31日，如指农历请改"


def _span(match: re.Match[str], said_on: date) -> tuple[date | None, str]:
    unit, half = match["unit"], match["number"] == "半"
    number = 0 if half else _number(match["number"])
    if half and unit in {"天", "日", "周", "星期", "礼拜"}:
        return None, "没有说哪一天"
    if unit in {"天", "日", "周", "星期", "礼拜"}:
        ahead = number * (1 if unit in {"天", "日"} else 7)
        return said_on + timedelta(days=ahead), "从口述当日起算，次日为第一天"
    if unit == "月" and half:
        return said_on + timedelta(days=15), "半个月按15天，从口述当日起算"
    months = 6 if half else number * (1 if unit == "月" else 12)
    return _months_on(said_on, months), "从口述当日起算"


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))


def _today(match: re.Match[str], said_on: date) -> tuple[date | None, str]:
    ahead = {"明天": 1, "后天": 2, "大后天": 3}.get(match[0], 0)
    return said_on + timedelta(days=ahead), "从口述当日算"


def _unclear(match: re.Match[str], said_on: date) -> tuple[date | None, str]:
    return None, "不是公历日期，请写明哪年哪月哪日"


def _each(match: re.Match[str], said_on: date) -> tuple[date | None, str]:
    return None, "按月履行，请写明从哪月起、共几期"


def _signing(match: re.Match[str], said_on: date) -> tuple[date | None, str]:
    return None, "以签字那天为准，签字时请写明日期"


_RULES = (
    _Rule(
        re.compile("(?:签字|签协议|签约|签名)(?:的|那)?(?:当天|当日|那天|时候|时|以后|后)"),
        _signing,
    ),
    _Rule(re.compile(rf"(?:农历|阴历|古历)[^\s，。；、]{{0,8}}?(?:{_N})(?:日|号)?"), _unclear),
    _Rule(
        re.compile(
            rf"(?:腊月|正月|冬月)(?:初|二十|廿|三十)?(?:{_N})?|过年(?:之?[前后])?|年前|春节|中秋|端午|元宵|清明|麦收|秋收|收[了完]?[麦稻秋]子?"
        ),
        _unclear,
    ),
    _Rule(
        re.compile(rf"(?P<year>{_YEAR})年(?P<month>{_N})月份?(?P<day>(?:{_N})[日号]|底|末)"),
        _in_year,
        in_full=True,
    ),
    _Rule(re.compile(rf"每(?:个)?月(?:(?:{_N})[日号]|底|末|初)?"), _each),
    _Rule(
        re.compile(
            rf"(?P<which>今年|明年|后年|去年|前年)?(?P<month>{_N})月份?(?P<day>(?:{_N})[日号]|底|末)?(?!内|之内|以内)"
        ),
        _in_month,
    ),
    _Rule(
        re.compile(rf"(?P<which>这个月|本月|下下个?月|下个?月)(?P<day>(?:{_N})[日号]|底|末)"),
        _near_month,
    ),
    _Rule(re.compile(rf"(?P<year>{_YEAR})年年?[底末]"), _named_year_end, in_full=True),
    _Rule(re.compile("(?:今年|明年)?年底|(?:今年|明年)底"), _year_end),
    _Rule(
        re.compile(
            rf"(?<![个零一二两三四五六七八九十0-9])(?P<number>{_N}|[0-9]{{3}}|半)(?:个)?(?P<unit>天|日|周|星期|礼拜|月|年)(?:之内|以内|内|之后|以后|后)"
        ),
        _span,
    ),
    _Rule(
        re.compile(
            "大后天|明天|后天|(?:今天|今日)(?!说|商量|讲|谈|达成|调解|来|把)|当天|当日|当场|现场"
        ),
        _today,
    ),
)
