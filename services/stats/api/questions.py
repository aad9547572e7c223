"""Parses a question about figures from the query and checks it against the token's scope."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import Depends, Query
from pydantic import AfterValidator, AwareDatetime, TypeAdapter, ValidationError

from services.stats.api.dimension_query import Narrowed
from services.stats.asking.question import Question
from services.stats.domain.ledgers import LedgerName, Vector
from services.stats.domain.period import Period
from services.stats.domain.subjects import SUBJECTS
from services.stats.domain.time_basis import TimeBasis
from shared.divisions import (
    COUNTY,
    TOWNSHIP,
    VILLAGE,
    check_division,
    division_of,
    in_scope,
    township_of,
)
from shared.http import AtLeast, Position, parse_positions
from shared.http.refusals import LedgerNotFollowed
from shared.identity import Actor
from shared.identity.refusals import DivisionOutOfScope
from shared.refusals import invalid
from shared.times import CLOCKS_MAY_DIFFER, StrictDay, StrictTime, may_be_today

FOLLOWS = frozenset({subject.service for subject in SUBJECTS})
"""The services whose ledgers are folded here."""

AskedDivision = Annotated[
    str, AfterValidator(lambda code: check_division(code, COUNTY, TOWNSHIP, VILLAGE))
]

_MOMENT: TypeAdapter[datetime] = TypeAdapter(Annotated[AwareDatetime, StrictTime])


@dataclass(frozen=True, slots=True)
class Place:
    """A county or township, or a village of it."""

    division: str
    village_code: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the positions to wait for, and the moment as the caller wrote it."""

    question: Question
    wait_for: tuple[Position, ...]
    as_of: str | None

    def within_scope_of(self, actor: Actor) -> Question:
        """The question, if it lies within the actor's scope; else raises a refusal."""
        if not in_scope(actor.scope, self.question.division):
            raise DivisionOutOfScope
        if any(not in_scope(actor.scope, position.division) for position in self.wait_for):
            raise LedgerNotFollowed
        return self.question


_AskedPeriod = Annotated[
    str,
    Query(
        description="`2025`, `2025-Q3`, `2025-03`, `2025-W07`, `2025-03-04`,"
        " `2025-03-04..2025-05-01` or `all`, in China time"
    ),
]
_AskedMoment = Annotated[
    str | None,
    Query(
        max_length=20_000,
        description="Positions `intake/519900101@42,…` of every ledger of the division, or an"
        " RFC 3339 time of recording",
    ),
]
_AskedBy = Annotated[
    TimeBasis,
    Query(
        description="Whose days the period has: those on which things `occurred`, or those on"
        " which they were `recorded`. A term counts on its last day, by recording not before the"
        " day on which what began it was recorded; terms and durations are always those of what"
        " occurred"
    ),
]
_AskedHorizon = Annotated[
    date | None,
    StrictDay,
    Query(
        description="The day in China by which terms and running periods are judged: today, or with"
        " a time as `as_of` that day, unless stated; never a later one"
    ),
]


async def asked(
    *,
    division: Annotated[AskedDivision, Query(description="County, township or village")],
    period: _AskedPeriod,
    at_least: AtLeast,
    as_of: _AskedMoment = None,
    by: _AskedBy = TimeBasis.OCCURRED,
    narrowed: Narrowed,
    horizon: _AskedHorizon = None,
) -> Asked:
    """The question that the query asks."""
    moment = None if as_of is None else _as_of(as_of)
    place = _place(division, narrowed.village_code)
    _refuse_elsewhere(narrowed.committee_id, place.division)
    question = Question(
        division=place.division,
        period=Period.parse(period),
        by=by,
        chosen=replace(narrowed, village_code=place.village_code),
        as_of=moment[0] if isinstance(moment, tuple) else moment,
        horizon=_not_to_come(horizon),
    )
    stated = moment[1] if isinstance(moment, tuple) else ()
    return Asked(question, (*at_least, *_within(stated, place.division)), as_of)


AskedQuestion = Annotated[Asked, Depends(asked)]

Part = Annotated[
    str, Query(max_length=64, description="`numerator`, `denominator` or a count listed beside")
]
Ids = Annotated[
    str | None,
    Query(
        max_length=4000,
        description="Ids of measures, separated by commas; `resolution_rate@1` is that version",
    ),
]
Version = Annotated[
    int | None,
    Query(
        ge=1,
        le=9999,
        description="The version of the definition, the newest unless stated; without `ids` only"
        " the measures that have it are given",
    ),
]


def _not_to_come(horizon: date | None) -> date | None:
    if horizon is not None and not may_be_today(horizon, now=datetime.now(UTC)):
        raise invalid("horizon", "the day is still to come")
    return horizon


def _place(division: str, village: str | None) -> Place:
    """A village's ledger is its township's, so a village is a township narrowed down."""
    if len(division) == VILLAGE and village in {None, division}:
        return Place(township_of(division), division)
    if village is not None and not in_scope(division, village):
        raise invalid("village", "the village lies in another division")
    return Place(division, village)


def _refuse_elsewhere(committee: str | None, division: str) -> None:
    if committee is not None and not in_scope(division, division_of(committee)):
        raise invalid("committee", "the committee is of another division")


def _as_of(text: str) -> datetime | tuple[Vector, tuple[Position, ...]]:
    if "@" in text:
        try:
            positions = parse_positions(text)
        except ValueError as fault:
            raise invalid("as_of", str(fault)) from None
        vector = {LedgerName(each.service, each.division): each.sequence for each in positions}
        return vector, positions
    try:
        moment = _MOMENT.validate_python(text)
    except ValidationError:
        raise invalid("as_of", "positions, or an RFC 3339 time with its offset") from None
    if moment > datetime.now(UTC) + CLOCKS_MAY_DIFFER:
        raise invalid("as_of", "the time is still to come")
    return moment


def _within(positions: tuple[Position, ...], division: str) -> tuple[Position, ...]:
    """Of a county's positions those that a township's figure needs."""
    return tuple(each for each in positions if in_scope(division, each.division))
