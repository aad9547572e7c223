"""Recalculates a running clock with a newly published calendar: old dates, new dates, reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from shared.clocks.calendar import Calendar, DayKind
from shared.clocks.clock import PER_CASE
from shared.clocks.due import Due, due_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedDay:
    """A day that is different in the new calendar."""

    day: date
    old: DayKind
    new: DayKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalculation:
    """The due dates by the old and by the new calendar."""

    old: Due
    new: Due
    because: tuple[ChangedDay, ...]
    """Days between start and end that are worked in only one of the calendars."""

    @property
    def moved(self) -> bool:
        """Whether either date changed."""
        return self._dates(self.old) != self._dates(self.new)

    @property
    def settled(self) -> bool:
        """Whether the dates were provisional and are final now."""
        return self.old.provisional and not self.new.provisional

    def sentence_en(self) -> str:
        """One sentence in English."""
        verb = "moves" if self.moved else "stays"
        return (
            f"{self.old.clock.id} {verb} (calendar {self._calendars()}): office"
            f" {self._office(' to ')}, petitioner {self._petitioner(' to ')}; {self._why_en()}."
        )

    def sentence_zh(self) -> str:
        """One sentence in Chinese."""
        verb = "重新计算" if self.moved else "期限不变"
        return (
            f"{self.old.clock.id}{verb}（日历 {self._calendars()}）：办理机关"
            f"{self._office('改为')}，信访人{self._petitioner('改为')}；{self._why_zh()}。"
        )

    def _calendars(self) -> str:
        return f"{self.old.run.calendar.version} → {self.new.run.calendar.version}"

    def _office(self, to: str) -> str:
        return _change(self.old.due_on, self.new.due_on, to)

    def _petitioner(self, to: str) -> str:
        return _change(self.old.due_on_for_petitioner, self.new.due_on_for_petitioner, to)

    def _why_en(self) -> str:
        said = {True: "is now worked", False: "is now a rest day"}
        days = [f"{each.day} {said[each.new.worked]}" for each in self.because]
        return ", ".join(days) or "no day in between changed"

    def _why_zh(self) -> str:
        said = {True: "改为上班", False: "改为休息"}
        days = [f"{each.day}{said[each.new.worked]}" for each in self.because]
        return "、".join(days) or "其间日期没有变化"

    def _dates(self, due: Due) -> tuple[date, date]:
        return due.due_on, due.due_on_for_petitioner


def recalculate(old: Due, calendar: Calendar) -> Recalculation:
    """The same clock, start, pauses and extensions by another calendar."""
    length = old.run.length if old.clock.length == PER_CASE else None
    new = due_of(
        old.clock.id,
        old.run.start,
        policy=old.run.policy,
        calendar=calendar,
        pauses=old.run.pauses,
        extensions=old.run.extensions,
        length=length,
    )
    return Recalculation(old=old, new=new, because=tuple(_changed(old, new)))


def _changed(old: Due, new: Due) -> Iterator[ChangedDay]:
    end = max(old.due_on_for_petitioner, new.due_on_for_petitioner)
    for ordinal in range(old.run.start_day.toordinal(), end.toordinal() + 1):
        day = date.fromordinal(ordinal)
        before, after = old.run.calendar.kind(day), new.run.calendar.kind(day)
        if before.worked != after.worked:
            yield ChangedDay(day=day, old=before, new=after)


def _change(old: date, new: date, to: str) -> str:
    return str(old) if old == new else f"{old}{to}{new}"
