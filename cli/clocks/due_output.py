"""Prints a due date as text or JSON."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from rich.table import Table

from cli.output_format import OutputFormat
from cli.progress import wide_console
from shared.clocks.citation import Citation
from shared.clocks.clock import Unit
from shared.clocks.due import Due
from shared.clocks.due_display import format_end, format_start
from shared.clocks.explanation import DayNote, Explanation, explain
from shared.clocks.reminder_marks import marks_of
from shared.clocks.sentence_en import sentence_en
from shared.clocks.sentence_zh import sentence_zh
from shared.times import CHINA

_UNITS = {Unit.CALENDAR_DAYS: "calendar days", Unit.WORKING_DAYS: "working days"}


def due_as_json(due: Due) -> dict[str, Any]:
    """Both dates with versions, and the explanation as data and as sentences.

    `…_on` are last days, `…_at` the first moments after them, in China time.
    """
    run, clock = due.run, due.clock
    return {
        "clock": clock.id,
        "name": {"zh": clock.name.zh, "en": clock.name.en},
        "policy_version": run.policy.version,
        "calendar_version": run.calendar.version,
        "start": run.start.isoformat(),
        "due_on": str(due.due_on),
        "due_on_for_petitioner": str(due.due_on_for_petitioner),
        "due_at": due.due_at.astimezone(CHINA).isoformat(),
        "due_at_for_petitioner": due.due_at_for_petitioner.astimezone(CHINA).isoformat(),
        "provisional": due.provisional,
        "provisional_for_office": due.provisional_for_office,
        "marks": [{"days_before": mark.days_before, "on": str(mark.on)} for mark in marks_of(due)],
        "explanation": _explanation(explain(due)),
    }


def _explanation(explained: Explanation) -> dict[str, Any]:
    return {
        "terms": [
            {
                "after": str(term.after),
                "length": term.length,
                "unit": term.unit,
                "last": str(term.last),
            }
            for term in explained.terms
        ],
        "skipped": _days(explained.skipped),
        "worked": _days(explained.worked),
        "rolled": _days(explained.rolled),
        "pauses_without_effect": len(explained.pauses_without_effect),
        "articles": _cited(explained.articles),
        "counting_articles": _cited((*explained.start_articles, *explained.roll_articles)),
        "in_force": explained.in_force,
        "not_verified": list(explained.doubts),
        "unsettled_from": explained.unsettled and str(explained.unsettled),
        "zh": sentence_zh(explained),
        "en": sentence_en(explained),
    }


def _days(notes: Iterable[DayNote]) -> list[dict[str, Any]]:
    return [{"day": str(note.day), "why": note.why, "festival": note.festival} for note in notes]


def _cited(citations: Iterable[Citation]) -> list[dict[str, str]]:
    return [{"zh": citation.zh, "en": citation.en} for citation in citations]


def show_due(due: Due, form: OutputFormat) -> None:
    """Print the due date on standard output."""
    if form is OutputFormat.JSON:
        print(json.dumps(due_as_json(due), ensure_ascii=False, indent=2))
    else:
        print_due(due)


def print_due(due: Due) -> None:
    """Print the dates as a table, then both sentences."""
    explained = explain(due)
    print(f"{due.clock.id}  {due.clock.name.zh}  {due.clock.name.en}")
    table = Table(box=None, pad_edge=False, show_header=False)
    for line in _lines(due, explained):
        table.add_row(*line)
    wide_console().print(table)
    print(f"\n{sentence_zh(explained)}\n{sentence_en(explained)}")


def _lines(due: Due, explained: Explanation) -> Iterator[tuple[str, str, str]]:
    yield "start", "起算", format_start(due)
    for term in explained.terms:
        yield "term", "期限", f"{term.length} {_UNITS[term.unit]}, to {term.last}"
    yield "due for the office", "办理机关截止", _last_day(due, due.due_on)
    yield "due for the petitioner", "信访人截止", _last_day(due, due.due_on_for_petitioner)
    yield "provisional", "暂定", "yes" if due.provisional else "no"
    if marks := marks_of(due):
        yield "warnings", "提醒", ", ".join(f"T-{mark.days_before} {mark.on}" for mark in marks)
    yield "policy, calendar", "依据版本", f"{due.policy_version}, {due.run.calendar.version}"


def _last_day(due: Due, last: date) -> str:
    return format_end(due) if due.clock.unit is Unit.HOURS else f"{last} {last:%a}, 24:00"
