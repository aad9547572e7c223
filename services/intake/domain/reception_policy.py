"""By when a scheduled reception is on record, and how often leaders receive: policy data of intake."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from services.intake.domain.registry_entries import Post
from shared.divisions import COUNTY
from shared.times import start_of

_A_DAY = timedelta(days=1)


class Rhythm(StrEnum):
    """How often a leader receives petitioners."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceptionPolicy:
    """How long after its day a reception may be recorded; a change is a new version."""

    version: str
    days_to_record: int
    of_county: Rhythm
    of_township: Rhythm

    def rhythm(self, division: str) -> Rhythm:
        """How often each leader of the division receives."""
        return self.of_county if len(division) == COUNTY else self.of_township

    def missed_at(self, on: date) -> datetime:
        """The first moment at which a reception of that day is missed unless it is on record."""
        return start_of(on + timedelta(days=1 + self.days_to_record))


RECEPTIONS = ReceptionPolicy(
    version="reception.1-placeholder",
    days_to_record=1,
    of_county=Rhythm.MONTHLY,
    of_township=Rhythm.WEEKLY,
)
"""A placeholder [unverified]: article 18 has leaders receive petitioners and states no days. A
reception is recorded on its day or on the next; a county's leader receives once a month, a
township's once a week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedReception:
    """A period in which a leader's post receives, and how often it did."""

    leader_post: str
    first: date
    last: date
    held: int
    missed: bool
    """Whether the days to record it have passed and none is on record."""


def owed(
    leaders: Iterable[Post],
    held: Mapping[str, Iterable[date]],
    *,
    division: str,
    month: str,
    now: datetime,
) -> list[OwedReception]:
    """The periods that begin in the month, for each post that was there in all of the period.

    By post and then by day, in no order of more or fewer.
    """
    periods = list(periods_of(month, RECEPTIONS.rhythm(division)))
    return [
        _owed(leader, first, last, held.get(leader.code, ()), now)
        for leader in sorted(leaders, key=lambda post: post.code)
        for first, last in periods
        if leader.is_valid(first) and leader.is_valid(last)
    ]


def _owed(
    leader: Post, first: date, last: date, held: Iterable[date], now: datetime
) -> OwedReception:
    count = sum(first <= day <= last for day in held)
    return OwedReception(
        leader_post=leader.code,
        first=first,
        last=last,
        held=count,
        missed=not count and now >= RECEPTIONS.missed_at(last),
    )


def periods_of(month: str, rhythm: Rhythm) -> Iterator[tuple[date, date]]:
    """The month, or the weeks whose Monday lies in it; first and last day."""
    first = date.fromisoformat(f"{month}-01")
    following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    if rhythm is Rhythm.MONTHLY:
        yield first, following - _A_DAY
        return
    monday = first + timedelta(days=-first.weekday() % 7)
    while monday < following:
        yield monday, monday + timedelta(days=6)
        monday += timedelta(days=7)
