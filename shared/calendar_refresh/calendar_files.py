"""Writes calendar files that people can read and compare."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from shared.calendar_refresh.difference import Difference
from shared.clocks.calendar_year import CalendarYear, Holiday


def write_years(
    folder: Path,
    stored: Sequence[CalendarYear],
    found: Sequence[CalendarYear],
    differing: Collection[Difference],
) -> Iterator[Path]:
    """Write each year that differs, as the next edition if there was one; yields the files."""
    before = {year.year: year for year in stored}
    concerned = {difference.year for difference in differing}
    for year in found:
        if year.year in concerned or year.year not in before:
            file = folder / f"{year.year}.toml"
            file.write_text(as_toml(_following(before.get(year.year), year)), encoding="utf-8")
            yield file


def as_toml(year: CalendarYear) -> str:
    """The text of a year's file."""
    notices = "".join(f'  "{notice}",\n' for notice in year.notices)
    head = (
        f"year = {year.year}\nedition = {year.edition}\nnotices = [\n{notices}]\n"
        f'taken_from = "{year.taken_from}"\n'
    )
    return head + "".join(f"\n{_holiday(holiday)}" for holiday in year.holiday)


def _holiday(holiday: Holiday) -> str:
    worked = f"worked = [{', '.join(map(str, holiday.worked))}]\n" if holiday.worked else ""
    return (
        f'[[holiday]]\nfestival = "{holiday.festival}"\n'
        f"first = {holiday.first}\nlast = {holiday.last}\n{worked}"
    )


def _following(stored: CalendarYear | None, found: CalendarYear) -> CalendarYear:
    """The next edition; it keeps the notices, and a person adds the new one."""
    if stored is None:
        return found
    return found.model_copy(update={"edition": stored.edition + 1, "notices": stored.notices})
