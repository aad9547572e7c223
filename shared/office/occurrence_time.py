"""When a fact happened: now, on a stated day, or at the time that a backfill states."""

from datetime import UTC, date, datetime
from typing import Annotated, ClassVar, Self

from pydantic import AwareDatetime, Field, TypeAdapter, model_validator

from shared.http import Body
from shared.identity import Actor, Role
from shared.refusals import Refusal
from shared.times import (
    CLOCKS_MAY_DIFFER,
    StrictDay,
    StrictTime,
    china_day,
    end_of,
    may_be_today,
    start_of,
)

Moment = Annotated[
    AwareDatetime,
    Field(ge=datetime(1949, 10, 1, tzinfo=UTC), lt=datetime(2200, 1, 1, tzinfo=UTC)),
    StrictTime,
]
"""An RFC 3339 time with an offset."""

Day = Annotated[date, Field(ge=date(1949, 10, 1), le=date(2199, 12, 31)), StrictDay]
"""A day of the office's calendar, written as 2025-03-04."""
_DAY: TypeAdapter[date] = TypeAdapter(Day)


class BackfillOnly(Refusal):
    """Only a backfill may say when a fact happened; others state it as it happens."""

    status = 403
    title = "Only a backfill states this"


class NotYetHappened(Refusal):
    """The fact is dated into the future."""

    status = 422
    title = "That has not happened yet"


def parse_day(text: str) -> date:
    """Parse a day within the bounds of `Day`; raises ValueError."""
    return _DAY.validate_python(text)


def not_in_the_future(stated: datetime, *, field: str, now: datetime) -> datetime:
    """The stated moment; raises NotYetHappened if it is ahead by more than clocks may differ."""
    if stated > now + CLOCKS_MAY_DIFFER:
        raise NotYetHappened(field=field)
    return stated


def moment_of_day(day: date, *, field: str, now: datetime) -> datetime:
    """The moment of a fact of that day: now, or the end of an earlier day.

    A day that has begun only by a faster clock than this one gives its first moment.
    """
    if not may_be_today(day, now=now):
        raise NotYetHappened(field=field)
    today = china_day(now)
    if day > today:
        return start_of(day)
    return now if day == today else end_of(day)


class Dated(Body):
    """Body of a command; backfills also state when the fact happened."""

    occurred_at: Moment | None = None
    only_a_backfill: ClassVar[str | None] = None
    """A more specific detail of BackfillOnly, for bodies that accept a day."""

    def moment(self, actor: Actor, *, now: datetime) -> datetime:
        """The moment that the command is about; raises BackfillOnly and NotYetHappened."""
        if self.occurred_at is None:
            return now
        if actor.role is not Role.BACKFILL:
            raise BackfillOnly(self.only_a_backfill, field="occurred_at")
        return not_in_the_future(self.occurred_at, field="occurred_at", now=now)


class ReportedLater(Dated):
    """Body of a command about a fact that may be reported on a later day.

    `happened_on` is the day in China on which it happened. A fact of an earlier day is dated to
    that day's last second.
    """

    happened_on: Day | None = None
    only_a_backfill = (
        "Only a backfill states the moment; happened_on takes the day of what happened."
    )

    @model_validator(mode="after")
    def _dated_once(self) -> Self:
        if self.occurred_at and self.happened_on:
            raise ValueError("Either occurred_at or happened_on is given")
        return self

    def moment(self, actor: Actor, *, now: datetime) -> datetime:
        """The moment that the command is about; raises BackfillOnly and NotYetHappened."""
        if self.happened_on is None:
            return super().moment(actor, now=now)
        return moment_of_day(self.happened_on, field="happened_on", now=now)
