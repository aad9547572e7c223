"""What the routes answer, for the OpenAPI document; `answers` makes it."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel

from services.stats.api.dimension_query import NarrowedAnswer


class TwoNames(BaseModel):
    """In Chinese and in English."""

    zh: str
    en: str


class Group(BaseModel):
    """How many of one kind there are."""

    code: str
    value: str


class ShownFigure(BaseModel):
    """A figure with all that it was computed from; a plain count has no denominator."""

    id: str
    version: int
    name: TwoNames
    value: str | None
    unit: str
    numerator: int | None
    denominator: int | None
    cohort: str
    excluded: dict[str, int]
    beside: dict[str, int]
    groups: list[Group] | None = None
    note: str | None
    basis: str
    evidence: str


class About(NarrowedAnswer):
    """What was asked, and the positions that the answer stands at."""

    division: str
    period: str
    by: str
    as_of: dict[str, int]
    horizon: date
    parked: dict[str, int]


class FiguresAnswer(About):
    """Figures of a division and a period."""

    figures: list[ShownFigure]


class CountingEvent(BaseModel):
    """An event by which a matter counts."""

    position: str
    event_id: str
    kind: str
    occurred_at: datetime
    recorded_at: datetime


class CountedMatter(BaseModel):
    """What was counted, by the id of its kind, and what made it count."""

    case_id: str | None = None
    mediation_id: str | None = None
    mediator_id: str | None = None
    report_id: str | None = None
    village_id: str | None = None
    grid_id: str | None = None
    worker_id: str | None = None
    covered_grid_id: str | None = None
    """A grid, by days on which a patrol was due."""
    patrol_month_id: str | None = None
    """A grid's month, by days on which it was patrolled."""
    warning_id: str | None = None
    watch_id: str | None = None
    duty_id: str | None = None
    """A reception, a visit that it received, or a conference."""
    events: list[CountingEvent]


class EvidenceAnswer(About):
    """A page of the matters that a figure counts."""

    id: str
    version: int
    part: str
    withheld: int
    """How many more count up to the end of this page, which are about the unit of whoever asks or accusations."""
    items: list[CountedMatter]
    next: str | None


class MeasuresAnswer(BaseModel):
    """What every figure means."""

    measures: list[dict[str, Any]]
