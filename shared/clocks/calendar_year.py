"""A year's working days as the State Council publishes them, each autumn for the year to come.

The year is that of the notice: the notice for 2024 makes 30 December 2023 a day off.
"""

import itertools
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Annotated, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from shared.clocks.mistakes import TomlFile, open_files, raise_mistakes
from shared.contracts.event import Code

_DAY = timedelta(days=1)
_LONGEST = 15
_SATURDAY = 5


class Festival(Code):
    """Festivals for which offices are closed."""

    NEW_YEARS_DAY = "new-years-day", "元旦"
    SPRING_FESTIVAL = "spring-festival", "春节"
    TOMB_SWEEPING_DAY = "tomb-sweeping-day", "清明节"
    LABOUR_DAY = "labour-day", "劳动节"
    DRAGON_BOAT_FESTIVAL = "dragon-boat-festival", "端午节"
    MID_AUTUMN_FESTIVAL = "mid-autumn-festival", "中秋节"
    NATIONAL_DAY = "national-day", "国庆节"
    VICTORY_DAY = "victory-day", "抗战胜利纪念日"

    @property
    def english(self) -> str:
        """The English name, for sentences."""
        return _ENGLISH.get(self.value) or self.value.replace("-", " ").title()


_ENGLISH = {
    "new-years-day": "New Year's Day",
    "tomb-sweeping-day": "Tomb-Sweeping Day",
    "mid-autumn-festival": "Mid-Autumn Festival",
}


class Holiday(BaseModel):
    """Consecutive days off, and the weekend days that are worked in exchange."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    festival: Festival
    first: date
    last: date
    worked: tuple[date, ...] = ()

    def days(self) -> Iterator[date]:
        """Every day off, weekend days among them."""
        for offset in range((self.last - self.first).days + 1):
            yield self.first + offset * _DAY

    def all_days(self) -> list[date]:
        """The days off, then those that are worked for them."""
        return [*self.days(), *self.worked]

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if not 0 <= (self.last - self.first).days < _LONGEST:
            raise ValueError(
                f"last is before first, or the holiday is longer than {_LONGEST} days"
            )
        if not all(day.weekday() >= _SATURDAY for day in self.worked):
            raise ValueError("worked days are Saturdays and Sundays")
        return self


class CalendarYear(BaseModel):
    """All that is published for one year."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    year: Annotated[int, Field(strict=True, ge=1950, le=2200)]
    edition: Annotated[int, Field(strict=True, ge=1)]
    """1 for the first notice, one more for every later one that changed it."""
    notices: Annotated[
        tuple[Annotated[str, StringConstraints(min_length=1)], ...], Field(min_length=1)
    ]
    taken_from: Annotated[str, StringConstraints(min_length=1)]
    holiday: tuple[Holiday, ...]


def read_calendar_years(texts: Mapping[str, str]) -> list[CalendarYear]:
    """The years of files given by name and text, in order and without a gap.

    Raises DataMistaken with file, line and reason of every mistake.
    """
    files = open_files(texts)
    read = [(file, year) for file in files for year in _year(file)]
    for file, year in read:
        _check_days(file, year)
    read.sort(key=lambda each: each[1].year)
    for (_, earlier), (file, later) in itertools.pairwise(read):
        _check_succession(file, earlier, later)
    raise_mistakes(files)
    return [year for _, year in read]


def _year(file: TomlFile) -> Iterator[CalendarYear]:
    if file.mistakes:
        return
    try:
        yield CalendarYear.model_validate(file.tables)
    except ValidationError as invalid:
        file.misfit((), invalid)


def _check_days(file: TomlFile, year: CalendarYear) -> None:
    seen: set[date] = set()
    for place, holiday in enumerate(year.holiday):
        days = holiday.all_days()
        for day in days:
            if day in seen or days.count(day) > 1:
                file.mistake(("holiday", place), f"{day} stands twice")
            if not _may_publish(year.year, day):
                file.mistake(("holiday", place), f"{day} is no day that {year.year} publishes")
        seen.update(days)


def _check_succession(file: TomlFile, earlier: CalendarYear, later: CalendarYear) -> None:
    if later.year != earlier.year + 1:
        file.mistake(("year",), f"{later.year} follows {earlier.year}; every year stands once")
        return
    before = {day for holiday in earlier.holiday for day in holiday.all_days()}
    for place, holiday in enumerate(later.holiday):
        for day in before.intersection(holiday.all_days()):
            file.mistake(("holiday", place), f"{day} stands in {earlier.year} too")


def _may_publish(year: int, day: date) -> bool:
    """A notice may change days of its year and of the December before."""
    return day.year == year or (day.year, day.month) == (year - 1, 12)
