"""Explains a due date as data: every day that was skipped, and the articles applied."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared.clocks.calendar import Calendar
from shared.clocks.calendar_year import Festival
from shared.clocks.citation import Citation
from shared.clocks.clock import OF_EXTENSIONS, Doubt, Unit
from shared.clocks.clock_run import Term
from shared.clocks.due import Due
from shared.clocks.pause import Pause, day_spans
from shared.contracts.event import Code
from shared.times import start_of

_DAY = timedelta(days=1)


class Why(Code):
    """Why a day is listed."""

    FESTIVAL = "festival", "节假日"
    WEEKEND = "weekend", "周末"
    PAUSED = "paused", "不计入期限"
    MADE_UP = "made-up", "调休上班"


@dataclass(frozen=True, slots=True)
class DayNote:
    """A day that was not counted, was rolled over, or was worked although on a weekend."""

    day: date
    why: Why
    festival: Festival | None = None


@dataclass(frozen=True, slots=True)
class DayRange:
    """Consecutive days that are listed for the same reason."""

    first: date
    last: date
    why: Why
    festival: Festival | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """How both dates follow from the start."""

    due: Due
    terms: tuple[Term, ...]
    """Empty for a clock of hours."""
    skipped: tuple[DayNote, ...]
    """Days of rest, where working days are counted, and paused days."""
    worked: tuple[DayNote, ...]
    """Weekend days that were counted or not rolled over because they are worked."""
    rolled: tuple[DayNote, ...]
    """Days of rest that the petitioner's date rolled past."""
    pauses_without_effect: tuple[Pause, ...]
    """Pauses before the start or after the end."""
    articles: tuple[Citation, ...]
    start_articles: tuple[Citation, ...]
    roll_articles: tuple[Citation, ...]
    in_force: bool
    """False if the policy, or this version of the clock, was not in force on the start day."""
    doubts: tuple[Doubt, ...]
    """Parts of the applied rules that no source confirms."""
    unsettled: date | None
    """The first relevant day that a future notice may change; None if there is none."""


def explain(due: Due) -> Explanation:
    """Explain a due date; loops over the days, so call it only on request."""
    terms = () if due.clock.unit is Unit.HOURS else tuple(due.run.terms())
    noted = tuple(note for term in terms for note in _notes(term, due))
    rolled = tuple(
        _rest(day, due.run.calendar) for day in _days(due.due_on, due.due_on_for_petitioner)
    )
    counting, policy = due.run.policy.counting, due.run.policy
    extended = due.clock.extension.source if due.run.extensions and due.clock.extension else ()
    is_hours = due.clock.unit is Unit.HOURS
    return Explanation(
        due=due,
        terms=terms,
        skipped=tuple(note for note in noted if note.why is not Why.MADE_UP),
        worked=tuple(_made_up(noted, due)),
        rolled=rolled,
        pauses_without_effect=tuple(_idle(due)),
        articles=policy.citations(due.clock.source, extended),
        start_articles=policy.citations(counting.hours if is_hours else counting.start_day),
        roll_articles=policy.citations(counting.last_day) if rolled else (),
        in_force=policy.in_force(due.clock, due.run.start_day),
        doubts=tuple(_doubts(due)),
        unsettled=_unsettled(due, terms),
    )


def _doubts(due: Due) -> Iterator[Doubt]:
    """Doubts about extensions and pauses only where there are some."""
    for doubt in due.clock.unverified:
        of_extensions, of_pauses = doubt in OF_EXTENSIONS, doubt is Doubt.PAUSES
        if of_extensions and not due.run.extensions:
            continue
        if of_pauses and not due.run.pauses:
            continue
        yield doubt


def day_ranges(notes: Iterable[DayNote]) -> list[DayRange]:
    """Join consecutive days with the same reason."""
    found: list[DayRange] = []
    for note in notes:
        last = found[-1] if found else None
        if last and (last.last + _DAY, last.why, last.festival) == (
            note.day,
            note.why,
            note.festival,
        ):
            found[-1] = DayRange(last.first, note.day, note.why, note.festival)
        else:
            found.append(DayRange(note.day, note.day, note.why, note.festival))
    return found


def _notes(term: Term, due: Due) -> Iterator[DayNote]:
    paused = day_spans(due.run.pauses)
    if term.unit is Unit.CALENDAR_DAYS and not paused:
        return
    for day in _days(term.after + _DAY, term.last + _DAY):
        if any(first <= day.toordinal() < end for first, end in paused):
            yield DayNote(day, Why.PAUSED)
        elif term.unit is Unit.WORKING_DAYS:
            yield from _against_the_week(day, due.run.calendar)


def _against_the_week(day: date, calendar: Calendar) -> Iterator[DayNote]:
    kind = calendar.kind(day)
    if not kind.worked:
        yield _rest(day, calendar)
    elif kind.festival:
        yield DayNote(day, Why.MADE_UP, kind.festival)


def _rest(day: date, calendar: Calendar) -> DayNote:
    festival = calendar.kind(day).festival
    return DayNote(day, Why.FESTIVAL if festival else Why.WEEKEND, festival)


def _made_up(noted: Iterable[DayNote], due: Due) -> Iterator[DayNote]:
    """A last day that is worked although on a weekend is listed for calendar days as well."""
    seen = [note for note in noted if note.why is Why.MADE_UP]
    yield from seen
    last = due.due_on_for_petitioner
    kind = due.run.calendar.kind(last)
    if kind.worked and kind.festival and last not in {note.day for note in seen}:
        yield DayNote(last, Why.MADE_UP, kind.festival)


def _idle(due: Due) -> Iterator[Pause]:
    """A clock of days starts to count when its first counted day begins."""
    counts_from = due.run.start
    if not isinstance(counts_from, datetime) or due.clock.unit is not Unit.HOURS:
        first = due.run.start_day if due.clock.start_day_counts else due.run.start_day + _DAY
        counts_from = start_of(first)
    for pause in due.run.pauses:
        if pause.ends <= counts_from or pause.begins >= due.due_at:
            yield pause


def _unsettled(due: Due, terms: tuple[Term, ...]) -> date | None:
    if not due.provisional:
        return None
    calendar, _rolled = due.run.calendar, due.due_on_for_petitioner.toordinal()
    first = min(term.affected_from(due.due_on.toordinal()) for term in terms)
    if first < calendar.settled_from:
        return date.fromordinal(first)
    return date.fromordinal(max(first, calendar.settled_to + 1))


def _days(first: date, end: date) -> Iterator[date]:
    """From the first up to, and without, the end."""
    for offset in range((end - first).days):
        yield first + offset * _DAY
