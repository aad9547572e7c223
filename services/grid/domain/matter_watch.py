"""A watched matter (重点关注清单): by a unit, with a plan and a day until which it is watched.

  (none) ─ MatterWatched ─► watched ─ WatchReviewed ─► watched ─ WatchEnded ─► ended
                               └─────── WatchFoundUnjustified ────────────────────┴─► unjustified

The list is of matters. Who is concerned in them is in no entry, and the plan is in the vault.
"""

from dataclasses import dataclass, replace
from datetime import date

from shared.contracts.early_warning_codes import FalseWarningReason, WatchEnd
from shared.contracts.early_warnings import (
    MatterWatched,
    WatchEnded,
    WatchFoundUnjustified,
    WatchReviewed,
)
from shared.contracts.event import Code, Event
from shared.decider import Decider, EventOfAnotherAggregate, Mark
from shared.refusals import Refusal
from shared.times import china_day


class WatchState(Code):
    """The states of an entry of the list."""

    NOT_WATCHED = "not-watched", "未列入"
    WATCHED = "watched", "关注中"
    ENDED = "ended", "已移出"
    UNJUSTIFIED = "unjustified", "误列"


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchMatter:
    """Who watches it, until when, and when the plan is looked at again."""

    watch_id: str
    matter_id: str
    owner_unit: str
    plan_digest: str
    review_by: date
    expires_on: date
    warning_id: str | None = None
    recorded_afterwards: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewWatch:
    """The plan was looked at; when it is looked at next."""

    review_by: date
    words_digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndWatch:
    """The matter is watched no more."""

    why: WatchEnd
    words_digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindWatchUnjustified:
    """The matter did not belong on the list."""

    reason: FalseWarningReason
    words_digest: str | None = None


WatchCommand = WatchMatter | ReviewWatch | EndWatch | FindWatchUnjustified


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterWatch:
    """What the events come to; facts are kept as they were published."""

    version: int = 0
    mark: Mark | None = None
    watched: MatterWatched | None = None
    reviewed: WatchReviewed | None = None
    """The last review."""
    ended: WatchEnded | None = None
    unjustified: WatchFoundUnjustified | None = None

    @property
    def state(self) -> WatchState:
        """Whether the matter is still watched, and belonged on the list."""
        if self.watched is None:
            return WatchState.NOT_WATCHED
        if self.unjustified is not None:
            return WatchState.UNJUSTIFIED
        return WatchState.ENDED if self.ended else WatchState.WATCHED

    @property
    def review_by(self) -> date | None:
        """The day by which the plan is looked at again."""
        last = self.reviewed or self.watched
        return last.review_by if last else None


class WatchNotFound(Refusal):
    """There is no such entry, or none that this token may see."""

    status = 404
    title = "No such watched matter"


class WatchIsOver(Refusal):
    """The matter is watched no more; put it on the list anew."""

    title = "The matter is watched no more"


class WatchedOtherwise(Refusal):
    """The entry is on record already, with another content."""

    title = "The matter is watched otherwise"


class ReviewOutsideTheWatch(Refusal):
    """The plan is looked at after the entry, and before the watch expires."""

    status = 422
    title = "The review lies outside the watch"


def decide(command: WatchCommand, watch: MatterWatch) -> list[Event]:
    """The events that follow; none where the record says so already. May raise a refusal."""
    match command:
        case WatchMatter():
            return _watch(command, watch)
        case ReviewWatch():
            return _review(command, watch)
        case EndWatch():
            return _end(command, watch)
        case FindWatchUnjustified():
            return _find_unjustified(command, watch)


def evolve(watch: MatterWatch, event: Event) -> MatterWatch:
    """The entry after an event; EventOfAnotherAggregate for one of another record."""
    match event:
        case MatterWatched():
            after = replace(watch, watched=event)
        case WatchReviewed():
            after = replace(watch, reviewed=event)
        case WatchEnded():
            after = replace(watch, ended=event)
        case WatchFoundUnjustified():
            after = replace(watch, unjustified=event)
        case _:
            raise EventOfAnotherAggregate(f"{event.kind} is no event of a watched matter")
    return replace(after, version=watch.version + 1)


MATTER_WATCH = Decider(
    initial=MatterWatch(),
    decide=decide,
    evolve=evolve,
    marked=lambda watch, mark: replace(watch, mark=mark),
)


def _watch(command: WatchMatter, watch: MatterWatch) -> list[Event]:
    watched = MatterWatched(
        watch_id=command.watch_id,
        matter_id=command.matter_id,
        owner_unit=command.owner_unit,
        plan_digest=command.plan_digest,
        review_by=command.review_by,
        expires_on=command.expires_on,
        warning_id=command.warning_id,
        recorded_afterwards=command.recorded_afterwards,
    )
    if watch.watched is not None:
        if watch.watched != watched:
            raise WatchedOtherwise
        return []
    _check_days(command.review_by, command.expires_on, watch)
    return [watched]


def _review(command: ReviewWatch, watch: MatterWatch) -> list[Event]:
    watched = _going_on(watch)
    reviewed = WatchReviewed(
        watch_id=watched.watch_id,
        matter_id=watched.matter_id,
        review_by=command.review_by,
        words_digest=command.words_digest,
    )
    if watch.reviewed == reviewed:
        return []
    _check_days(command.review_by, watched.expires_on, watch)
    return [reviewed]


def _end(command: EndWatch, watch: MatterWatch) -> list[Event]:
    if watch.watched is None:
        raise WatchNotFound
    watched = watch.watched
    ended = WatchEnded(
        watch_id=watched.watch_id,
        matter_id=watched.matter_id,
        why=command.why,
        words_digest=command.words_digest,
    )
    if watch.state is not WatchState.WATCHED:
        # the day on which it expires may come after somebody has ended it
        if watch.ended == ended or command.why is WatchEnd.EXPIRED:
            return []
        raise WatchIsOver
    return [ended]


def _find_unjustified(command: FindWatchUnjustified, watch: MatterWatch) -> list[Event]:
    """Also of an entry that has ended: history may show it."""
    if watch.watched is None:
        raise WatchNotFound
    found = WatchFoundUnjustified(
        watch_id=watch.watched.watch_id,
        matter_id=watch.watched.matter_id,
        reason=command.reason,
        words_digest=command.words_digest,
    )
    if watch.unjustified is not None:
        if watch.unjustified == found:
            return []
        raise WatchIsOver
    return [found]


def _going_on(watch: MatterWatch) -> MatterWatched:
    if watch.watched is None:
        raise WatchNotFound
    if watch.state is not WatchState.WATCHED:
        raise WatchIsOver
    return watch.watched


def _check_days(review_by: date, expires_on: date, watch: MatterWatch) -> None:
    today = china_day(watch.mark.occurred_at) if watch.mark else None
    if review_by > expires_on or (today is not None and review_by < today):
        raise ReviewOutsideTheWatch(field="review_by")
