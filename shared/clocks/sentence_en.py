"""An explanation as one English sentence."""

from collections.abc import Iterable, Iterator
from datetime import date

from shared.clocks.citation import Citation
from shared.clocks.clock import AT_ONCE, Unit
from shared.clocks.clock_run import Term
from shared.clocks.due import Due
from shared.clocks.due_display import format_end, format_start
from shared.clocks.explanation import DayNote, DayRange, Explanation, Why, day_ranges

_UNITS = {
    Unit.CALENDAR_DAYS: ("calendar day", "calendar days"),
    Unit.WORKING_DAYS: ("working day", "working days"),
    Unit.HOURS: ("hour", "hours"),
}


def sentence_en(explained: Explanation) -> str:
    """What was counted, from when to when, and by which articles."""
    said = "; ".join(
        [_count(explained), *_days(explained), _ends(explained), *_cautions(explained)]
    )
    return f"{said}."


def _count(explained: Explanation) -> str:
    due = explained.due
    began = f"{due.clock.id} ({due.clock.name.en}) starts {_at(format_start(due))}"
    if due.clock.length == AT_ONCE:
        return f"{began} and is due at once ({_cited(explained.articles)})"
    if due.clock.unit is Unit.HOURS:
        cited = _cited((*explained.start_articles, *explained.articles))
        return f"{began} and runs {_long(due.run.length, Unit.HOURS)} from that moment ({cited})"
    counted = "is counted"
    if not due.clock.start_day_counts:
        counted = f"is not counted ({_cited(explained.start_articles)})"
    ran = f"{_terms(explained.terms)} ({_cited(explained.articles)})"
    return f"{began}, a day that {counted}, and runs {ran}"


def _at(shown: str) -> str:
    return f"at {shown}" if ":" in shown else f"on {shown}"


def _terms(terms: Iterable[Term]) -> str:
    first, *extensions = terms
    said = [f"{_long(first.length, first.unit)} to {first.last}"]
    said += [f"extended by {_long(each.length, each.unit)} to {each.last}" for each in extensions]
    return ", ".join(said)


def _long(length: int, unit: Unit) -> str:
    one, many = _UNITS[unit]
    return f"{length} {one if length == 1 else many}"


def _days(explained: Explanation) -> Iterator[str]:
    if explained.skipped:
        yield f"not counted: {_listed(explained.skipped)}"
    if explained.worked:
        yield f"worked though on a weekend: {_listed(explained.worked)}"


def _ends(explained: Explanation) -> str:
    due = explained.due
    if due.clock.unit is Unit.HOURS:
        return f"the end is {format_end(due)} in China and is not moved by rest days"
    if not explained.rolled:
        return f"the last day is {due.due_on}, until 24:00 in China, for office and petitioner"
    return (
        f"the office's last day is {due.due_on}, the petitioner's {due.due_on_for_petitioner}, "
        f"past {_listed(explained.rolled)} ({_cited(explained.roll_articles)}), until 24:00 in China"
    )


def _cautions(explained: Explanation) -> Iterator[str]:
    due = explained.due
    if explained.pauses_without_effect:
        yield "pauses before the start or after the end change nothing"
    if explained.unsettled:
        yield f"provisional, since {_why_unsettled(due, explained.unsettled)}"
    if explained.doubts:
        yield f"no source confirms: {', '.join(explained.doubts)}"
    if not explained.in_force:
        yield f"{due.run.policy.version} was not in force for it on {due.run.start_day}"


def _why_unsettled(due: Due, day: date) -> str:
    years = due.run.calendar.years
    if years and day.toordinal() < due.run.calendar.settled_from:
        return (
            f"no working days before {years[0].year} are held, and only weekends are taken to rest"
        )
    if not years:
        return "no calendar is held, and only weekends are taken to rest"
    return f"the notice for {years[-1].year + 1}, not published yet, may change days from {day} on"


def _listed(notes: Iterable[DayNote]) -> str:
    return ", ".join(f"{_span(run)} ({_because(run)})" for run in day_ranges(notes))


def _span(run: DayRange) -> str:
    return str(run.first) if run.first == run.last else f"{run.first} to {run.last}"


def _because(run: DayRange) -> str:
    if run.why is Why.MADE_UP and run.festival:
        return f"for {run.festival.english}"
    return run.festival.english if run.festival else run.why.value


def _cited(citations: Iterable[Citation]) -> str:
    return "; ".join(citation.en for citation in citations)
