"""Moments in the wire format (UTC, microseconds) and days in China."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BeforeValidator, PlainSerializer

CHINA = ZoneInfo("Asia/Shanghai")
CLOCKS_MAY_DIFFER = timedelta(minutes=5)
"""How far two right clocks may be apart: what a process, the database and a caller take for now."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_DAY_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}")


def to_wire(moment: datetime) -> str:
    """`YYYY-MM-DDTHH:MM:SS.ffffffZ`; raises ValueError for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    in_utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return in_utc.isoformat(timespec="microseconds")[:-6] + "Z"


def from_wire(text: str) -> datetime:
    """Parse the output of `to_wire`."""
    if not text.endswith("Z"):
        raise ValueError("a moment on the wire is in UTC and ends with Z")
    return datetime.fromisoformat(text)


def epoch_microseconds(moment: datetime) -> int:
    """Whole microseconds since 1970, computed without floats."""
    return (moment - _EPOCH) // _MICROSECOND


def china_day(moment: datetime) -> date:
    """The date in China at that moment."""
    return moment.astimezone(CHINA).date()


def start_of(day: date) -> datetime:
    """The first moment of a day in China."""
    return datetime.combine(day, time.min, CHINA)


def end_of(day: date) -> datetime:
    """The last second of a day in China: the latest moment of an event of that day."""
    return start_of(day + timedelta(days=1)) - timedelta(seconds=1)


def may_be_today(day: date, *, now: datetime) -> bool:
    """Whether it has begun by some clock that is right: `now` may be that of a slower one."""
    return day <= china_day(now + CLOCKS_MAY_DIFFER)


def is_later_day(day: date, moment: datetime) -> bool:
    """Whether a day is later than that of a moment, and not only because two clocks differ.

    The last second of a day stands for a day that was stated, and no clock told it.
    """
    own = china_day(moment)
    return day > own and (moment == end_of(own) or not may_be_today(day, now=moment))


def is_day_before(moment: datetime, other: datetime) -> bool:
    """Whether a moment lies on an earlier day, and not only because two clocks differ."""
    return china_day(moment) < china_day(other) and moment < other - CLOCKS_MAY_DIFFER


WireTime = Annotated[AwareDatetime, PlainSerializer(to_wire, when_used="json")]
"""A moment in an event's data: parsed from RFC 3339 text with an offset, written in UTC."""


def _strict_time(stated: object) -> object:
    if isinstance(stated, datetime) or (isinstance(stated, str) and _WRITTEN.match(stated)):
        return stated
    raise ValueError("A time is written with its offset, such as 2025-03-04T10:00:00+08:00")


def _strict_day(stated: object) -> object:
    if isinstance(stated, date) or (isinstance(stated, str) and _DAY_WRITTEN.fullmatch(stated)):
        return stated
    raise ValueError("A day is written as 2025-03-04")


StrictTime = BeforeValidator(_strict_time)
"""Refuses numbers for a time, which pydantic would read as seconds since 1970."""

StrictDay = BeforeValidator(_strict_day)
"""Refuses numbers and times for a day, which pydantic would accept."""
