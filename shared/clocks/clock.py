"""A statutory clock as its policy defines it: what it measures, from which fact, for how long."""

from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, PlainValidator, StringConstraints
from pydantic.dataclasses import dataclass

from shared.contracts.event import Code

_EXACTLY = ConfigDict(extra="forbid", hide_input_in_errors=True)

ClockId = Annotated[str, StringConstraints(pattern=r"^C[0-9]{1,2}(-[a-z]+)?$")]
FactName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True)]

PER_CASE: Literal["per-case"] = "per-case"
AT_ONCE: Literal["at-once"] = "at-once"
LONGEST = 3660


def _length(written: object) -> object:
    if written in (PER_CASE, AT_ONCE) or (type(written) is int and 0 <= written <= LONGEST):
        return written
    raise ValueError(f'a length is a whole number from 0 to {LONGEST}, "per-case" or "at-once"')


Length = Annotated[int | Literal["per-case", "at-once"], PlainValidator(_length)]


class Unit(Code):
    """What a length counts."""

    CALENDAR_DAYS = "calendar-days", "日"
    WORKING_DAYS = "working-days", "个工作日"
    HOURS = "hours", "小时"


class Approver(Code):
    """Who may extend a clock."""

    UNIT_HEAD = "unit-head", "本机关、单位负责人"
    COURT_PRESIDENT = "court-president", "本院院长"
    BOTH_PARTIES = "both-parties", "双方当事人"


class Doubt(Code):
    """Which part of a clock no source confirms: it ships as a placeholder."""

    LENGTH = "length", "期限"
    SOURCE = "source", "依据"
    TIMES = "times", "延期次数"
    APPROVER = "approver", "延期批准人"
    SCOPE = "scope", "适用范围"
    PAUSES = "pauses", "不计入期限的事由"
    HOURS = "hours", "小时数"
    COUNTING = "counting", "期间计算"
    EFFECTIVE_FROM = "effective-from", "施行日期"


OF_EXTENSIONS = frozenset({Doubt.TIMES, Doubt.APPROVER})


@dataclass(frozen=True, slots=True, kw_only=True, config=_EXACTLY)
class Name:
    """A name in both languages."""

    zh: Words
    en: Words


@dataclass(frozen=True, slots=True, kw_only=True, config=_EXACTLY)
class Extension:
    """How a clock may be extended; an extension counts from the end of the term before it.

    `days` limits the sum of all extensions, `times` their number; None where the law sets no
    limit.
    """

    approver: Approver
    source: Annotated[tuple[str, ...], Field(min_length=1)]
    days: Annotated[int, Field(strict=True, ge=1, le=3660)] | None = None
    times: Annotated[int, Field(strict=True, ge=1, le=100)] | None = None
    unit: Literal[Unit.CALENDAR_DAYS, Unit.WORKING_DAYS] = Unit.CALENDAR_DAYS


@dataclass(frozen=True, slots=True, kw_only=True, config=_EXACTLY)
class Clock:
    """One clock of one policy, as its table in the policy file defines it."""

    id: ClockId
    name: Name
    unit: Unit
    length: Length
    starts: FactName
    stops: Annotated[tuple[FactName, ...], Field(min_length=1)]
    source: Annotated[tuple[str, ...], Field(min_length=1)]
    unless: tuple[FactName, ...] = ()
    """The clock does not start if one of these facts is recorded."""
    pauses: tuple[FactName, ...] = ()
    """The duration of these is not counted."""
    start_day_counts: bool = False
    extension: Extension | None = None
    extends: ClockId | None = None
    """The clock that this one extends; the length is taken from that clock's extension."""
    marks: tuple[Annotated[int, Field(strict=True, ge=1, le=365)], ...] = (7, 3, 1)
    """Days before the office's last day on which the office is reminded."""
    unverified: tuple[Doubt, ...] = ()
    note: Name | None = None
    effective_from: date | None = None
    """None: the policy's first day."""
    effective_to: date | None = None
    """The last day, included; None while it is in force."""
