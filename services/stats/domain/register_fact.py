"""The fact of an entry in grid's register: a village, a grid or a worker, and when it was on it.

An entry begins on the day that its event states, or that a correction states instead, and ends on the
day after the stated last one, whenever that was recorded. As what it is listed (a kind of grid, an employment) may change while it
goes on: then one stay ends on the day on which the next begins.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from shared.cloudevents import RecordedEvent
from shared.folding.occurrence import Occurrence
from shared.folding.step import Step, step_of
from shared.times import china_day, start_of

_DAY, _INSTANT = timedelta(days=1), timedelta(microseconds=1)


class Listed(NamedTuple):
    """What the beginning of an entry states; of a correction what it states anew."""

    village_code: str | None
    listed_as: str | None


class Stay(NamedTuple):
    """A time on the register; it has not ended while `ended` is None."""

    listed_as: str
    begun: Occurrence
    ended: Occurrence | None = None


class Turn(NamedTuple):
    """A stay begins or ends."""

    listed_as: str
    occurrence: Occurrence


class RegisterFact(NamedTuple):
    """An entry and its times on the register, none of which overlap."""

    division: str
    entry_id: str
    village_code: str | None
    stays: tuple[Stay, ...] = ()

    @property
    def beginnings(self) -> tuple[Turn, ...]:
        """Every time that a stay began."""
        return tuple(Turn(stay.listed_as, stay.begun) for stay in self.stays)

    @property
    def endings(self) -> tuple[Turn, ...]:
        """Every time that one ended."""
        return tuple(Turn(stay.listed_as, stay.ended) for stay in self.stays if stay.ended)


def step_on(
    event: RecordedEvent, entry_id: str, day: date | None, listed: Listed | None = None
) -> Step:
    """The step of an event that states the first or the last day of a stay.

    The step is due when that day is over, by which it is found again. A correction may state none.
    """
    return step_of(event, entry_id, stated=listed, due_at=start_of(day + _DAY) if day else None)


Evolve = Callable[[RegisterFact | None, Step], RegisterFact | None]


def evolving(*, begins: str, ends: str, corrects: str | None = None) -> Evolve:
    """The fold of entries that begin, end and are corrected with events of these kinds."""

    def evolve(fact: RegisterFact | None, step: Step) -> RegisterFact | None:
        if step.kind == begins:
            entry = fact or RegisterFact(step.division, step.entity_id, step.stated.village_code)
            return _begun(entry, step)
        if step.kind == ends and fact:
            return fact._replace(stays=tuple(_ended(fact.stays, step)))
        if step.kind == corrects and fact and fact.stays:
            return fact._replace(stays=_corrected(fact.stays, step))
        return fact

    return evolve


def _begun(fact: RegisterFact, step: Step) -> RegisterFact:
    """Who is listed so already stays so; nothing begins before the stay before it was over."""
    listed_as, last = step.stated.listed_as, fact.stays[-1] if fact.stays else None
    if last and last.ended is None and last.listed_as == listed_as:
        return fact
    first_day = start_of(china_day(_over(step) - _INSTANT))
    begun = Occurrence.of(max(first_day, _latest(last)) if last else first_day, step.seq)
    before = fact.stays
    if last and last.ended is None:
        before = (*before[:-1], last._replace(ended=begun))
    return fact._replace(stays=(*before, Stay(listed_as, begun)))


def _corrected(stays: tuple[Stay, ...], step: Step) -> tuple[Stay, ...]:
    """The last stay as it was in truth; none that would be over before it began."""
    *before, last = stays
    listed_as = (step.stated and step.stated.listed_as) or last.listed_as
    begun = last.begun
    if step.due_at is not None:
        first_day = start_of(china_day(_over(step) - _INSTANT))
        begun = Occurrence.of(max([first_day, *map(_latest, before[-1:])]), step.seq)
    if last.ended is not None and last.ended.at <= begun.at:
        return tuple(before)
    return (*before, Stay(listed_as, begun, last.ended))


def _ended(stays: tuple[Stay, ...], step: Step) -> Iterator[Stay]:
    """What goes on is listed on no day after the last one; what had ended before stays as it was."""
    if not stays or stays[-1].ended is not None:
        yield from stays
        return
    ended = Occurrence.of(_over(step), step.seq)
    for stay in stays:
        if stay.begun.at < ended.at:
            is_over = stay.ended is not None and stay.ended.at <= ended.at
            yield stay if is_over else stay._replace(ended=ended)


def _latest(stay: Stay) -> datetime:
    return stay.begun.at if stay.ended is None else stay.ended.at


def _over(step: Step) -> datetime:
    """When the stated day is over."""
    if step.due_at is None:
        raise AssertionError(f"{step.kind} states a day")
    return step.due_at
