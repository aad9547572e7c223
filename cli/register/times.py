"""Times as offices write them; a day without a time stays one."""

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from cli.register.cells import Cell, CellUnreadable, cell_text
from shared.times import start_of

_DAY_CHINESE = r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日?"
_DAY_PLAIN = r"(?P<year>\d{4})(?P<by>[-/.])(?P<month>\d{1,2})(?P=by)(?P<day>\d{1,2})"
_DAY_DIGITS = r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)"
_TIME = (
    r"(?P<half>上午|下午|中午|凌晨|晚上|[aApP]\.?[mM]\.?)?\s*"
    r"(?P<hour>\d{1,2})[:时点](?P<minute>\d{1,2})"
    r"(?:[:分](?P<second>\d{1,2})(?:\.(?P<fraction>\d{1,9}))?秒?|分)?"
    r"\s*(?P<half_after>[aApP]\.?[mM]\.?)?"
    r"\s*(?P<zone>[zZ]|[+-]\d{2}:?\d{2})?"
)
_TIME_DIGITS = r"(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)"
_USUAL = tuple(
    re.compile(spelling)
    for spelling in (
        rf"{_DAY_PLAIN}(?:(?:\s+|\s*[tT]\s*){_TIME})?",
        rf"{_DAY_CHINESE}(?:\s*{_TIME})?",
        rf"{_DAY_DIGITS}(?:{_TIME_DIGITS})?",
    )
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_SERIAL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets count days without a zone
_SERIALS_END = 100_000
_TIME_DIRECTIVE = re.compile(r"%[HIcXTRMSp]")
_YEARS = range(1901, 2200)


class NoTimeOfTheUsual(CellUnreadable):
    """The cell is not a time in any of the requested formats."""

    def __init__(self) -> None:
        super().__init__("no time that can be read; name its spelling by `formats` in the mapping")


class NoSuchTime(CellUnreadable):
    """It is written like a time, and no calendar or clock shows it."""

    def __init__(self) -> None:
        super().__init__("a time that no calendar or clock shows")


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happened; with `day_only`, the first moment of that day in China."""

    at: datetime
    day_only: bool


def read_moment(cell: Cell, *, zone: tzinfo, formats: Sequence[str] = ()) -> Moment | None:
    """The moment a cell states, None where it is empty; CellUnreadable for anything else."""
    match cell:
        case datetime():
            return _moment(cell, zone)
        case date():
            return _day(cell)
        case bool():
            raise NoTimeOfTheUsual
        case float() | int() if cell < _SERIALS_END or not float(cell).is_integer():
            return _from_serial(float(cell), zone)
        case _:
            text = unicodedata.normalize("NFKC", cell_text(cell))
            return _from_text(text, zone, formats) if text else None


def _from_text(text: str, zone: tzinfo, formats: Sequence[str]) -> Moment:
    for spelling in formats:
        try:
            read = datetime.strptime(text, spelling)  # noqa: DTZ007 - the zone follows below
        except ValueError:
            continue
        timed = _TIME_DIRECTIVE.search(spelling)
        return _moment(read, zone) if timed else _day(read.date())
    if _SERIAL.fullmatch(text):
        return _from_serial(float(text), zone)
    for usual in _USUAL:
        if matched := usual.fullmatch(text):
            return _from_parts(matched.groupdict(), zone)
    raise NoTimeOfTheUsual


def _from_parts(parts: dict[str, str | None], zone: tzinfo) -> Moment:
    try:
        day = date(*(int(parts[name] or 0) for name in ("year", "month", "day")))
        if parts.get("hour") is None:
            return _day(day)
        moment = datetime.combine(day, _time_of(parts), _offset(parts.get("zone")))
    except ValueError as impossible:
        raise NoSuchTime from impossible
    return _moment(moment, zone)


def _time_of(parts: dict[str, str | None]) -> time:
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    half = (parts.get("half") or parts.get("half_after") or "").lower()[:2]
    microsecond = int((parts.get("fraction") or "0").ljust(6, "0")[:6])
    return time(_hour_of_24(hour, half), minute, second, microsecond)


def _hour_of_24(hour: int, half: str) -> int:
    """下午3点 is 15, 12 AM is 0, 下午15点 stays 15."""
    if half in {"上午", "凌晨", "am", "a."}:
        return 0 if hour == 12 and half != "上午" else hour
    if half in {"下午", "晚上", "pm", "p."} and hour < 12:
        return hour + 12
    return hour + 12 if half == "中午" and hour < 3 else hour


def _offset(written: str | None) -> tzinfo | None:
    if written is None:
        return None
    if written in {"Z", "z"}:
        return UTC
    return datetime.strptime(written.replace(":", ""), "%z").tzinfo


def _from_serial(serial: float, zone: tzinfo) -> Moment:
    if not 1 <= serial < _SERIALS_END:
        raise NoTimeOfTheUsual
    days, part = divmod(serial, 1)
    day = _SERIAL_EPOCH + timedelta(days=days)
    if math.isclose(part, 0, abs_tol=1e-9):
        return _day(day.date())
    return _moment(day + timedelta(seconds=round(part * 86_400)), zone)


def _moment(read: datetime, zone: tzinfo) -> Moment:
    _refuse_other_centuries(read.date())
    return Moment(read if read.tzinfo else read.replace(tzinfo=zone), day_only=False)


def _day(day: date) -> Moment:
    _refuse_other_centuries(day)
    return Moment(start_of(day), day_only=True)


def _refuse_other_centuries(day: date) -> None:
    if day.year not in _YEARS:
        raise NoSuchTime
