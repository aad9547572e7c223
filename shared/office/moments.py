"""When a fact happened: now, or earlier where a backfill is being made; days as people state them."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated

from pydantic import AwareDatetime, Field

from shared.http import Body
from shared.identity import Actor, Role
from shared.refusals import Refusal
from shared.times import AsWritten, DayAsWritten

_CLOCKS_MAY_DIFFER = timedelta(minutes=5)

Moment = Annotated[
    AwareDatetime,
    Field(ge=datetime(1949, 10, 1, tzinfo=UTC), lt=datetime(2200, 1, 1, tzinfo=UTC)),
    AsWritten,
]
"""An RFC 3339 time with an offset."""

Day = Annotated[date, Field(ge=date(1949, 10, 1), le=date(2199, 12, 31)), DayAsWritten]
"""A day of the office's calendar, written as 2025-03-04."""


class Dated(Body):
    """A command, and for backfills when the fact happened."""

    occurred_at: Moment | None = None


class BackfillOnly(Refusal):
    """Only a backfill may say when a fact happened; others state it as it happens."""

    status = 403
    title = "occurred_at is for backfills"


class NotYetHappened(Refusal):
    """The fact is dated into the future."""

    status = 422
    title = "That has not happened yet"


def moment_of(actor: Actor, stated: datetime | None, *, now: datetime) -> datetime:
    """The moment that a command is about."""
    if stated is None:
        return now
    if actor.role is not Role.BACKFILL:
        raise BackfillOnly(field="occurred_at")
    return not_in_the_future(stated, field="occurred_at", now=now)


def not_in_the_future(stated: datetime, *, field: str, now: datetime) -> datetime:
    """The moment itself, give or take what clocks may differ."""
    if stated > now + _CLOCKS_MAY_DIFFER:
        raise NotYetHappened(field=field)
    return stated
