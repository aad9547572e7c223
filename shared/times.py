"""Moments on the wire (UTC, microseconds) and days as the office counts them (China time)."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BeforeValidator, PlainSerializer

CHINA = ZoneInfo("Asia/Shanghai")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_DAY_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}")


def to_wire(moment: datetime) -> str:
    """`YYYY-MM-DDTHH:MM:SS.ffffffZ`; ValueError for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def from_wire(text: str) -> datetime:
    """The moment that `to_wire` wrote."""
    if not text.endswith("Z"):
        raise ValueError("a moment on the wire is in UTC and ends with Z")
    return datetime.fromisoformat(text)


def epoch_microseconds(moment: datetime) -> int:
    """Whole microseconds since 1970, without passing through a float."""
    return (moment - _EPOCH) // _MICROSECOND


def china_day(moment: datetime) -> date:
    """The date that a calendar on the office's wall shows at that moment."""
    return moment.astimezone(CHINA).date()


def start_of(day: date) -> datetime:
    """The first moment of a day in China."""
    return datetime.combine(day, time.min, CHINA)


def end_of(day: date) -> datetime:
    """The last second of a day in China, by which all had happened that did on that day."""
    return start_of(day + timedelta(days=1)) - timedelta(seconds=1)


WireTime = Annotated[AwareDatetime, PlainSerializer(to_wire, when_used="json")]
"""A moment inside an event's data: read from any RFC 3339 text with an offset, written in UTC."""


def _as_written(stated: object) -> object:
    if isinstance(stated, datetime) or (isinstance(stated, str) and _WRITTEN.match(stated)):
        return stated
    raise ValueError("A time is written with its offset, such as 2025-03-04T10:00:00+08:00")


def _day_as_written(stated: object) -> object:
    if isinstance(stated, date) or (isinstance(stated, str) and _DAY_WRITTEN.fullmatch(stated)):
        return stated
    raise ValueError("A day is written as 2025-03-04")


AsWritten = BeforeValidator(_as_written)
"""Refuses numbers where a time belongs: they would be taken for seconds since 1970."""

DayAsWritten = BeforeValidator(_day_as_written)
"""The same for days, which numbers and times of midnight would pass for."""
