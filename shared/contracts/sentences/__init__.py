"""A sentence for each kind of event, in Chinese and English: what was done, as people read it.

A sentence is a predicate of the post that stated the event. `{field}` is the field's value: a code
by its label, a time by its day in China; `{field:unit}` and `{field:post}` are shown by their
titles where the reader has them, `{field:是|否}` chooses by yes or no. What stands in `[...]` is
left out where its field says nothing. No event holds personal data, and no sentence adds any.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from shared.contracts.event import Code, Event
from shared.contracts.sentences.of_cases import OF_CASES
from shared.contracts.sentences.of_mediations import OF_MEDIATIONS
from shared.contracts.sentences.of_reports import OF_REPORTS
from shared.contracts.sentences.of_residents import OF_RESIDENTS, PETITIONER, RESIDENT
from shared.contracts.sentences.template import Sentence
from shared.times import china_day

__all__ = ["PETITIONER", "RESIDENT", "SENTENCES", "Said", "Sentence", "Titles", "said"]

SENTENCES: Mapping[str, Sentence] = {**OF_CASES, **OF_MEDIATIONS, **OF_REPORTS}
"""By the kind of the event."""

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_FIELD = re.compile(r"\{([a-z_]+)(?::([^{}]*))?\}")


class Titles(Protocol):
    """How units and posts are called, by their codes."""

    def unit(self, code: str, division: str | None = None) -> str:
        """The unit's title, or its code where it has none."""
        ...

    def post(self, code: str) -> str:
        """The post's title, or its code where it has none."""
        ...


@dataclass(frozen=True, slots=True)
class Said:
    """A predicate in both languages."""

    zh: str
    en: str


def said(event: Event, titles: Titles, *, by: str | None = None) -> Said:
    """What the event says of `by`, who stated it; KeyError for a kind without a sentence."""
    own = OF_RESIDENTS.get(event.kind) if by == RESIDENT else None
    sentence = own or SENTENCES[event.kind]
    return Said(
        _Reader(event, titles, in_english=False).read(sentence.zh),
        _Reader(event, titles, in_english=True).read(sentence.en),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """The values of one event, in one language."""

    event: Event
    titles: Titles
    in_english: bool

    def read(self, template: str) -> str:
        whole = _OPTIONAL.sub(lambda part: self._optional(part[1]), template)
        return _FIELD.sub(self._value, whole)

    def _optional(self, part: str) -> str:
        names = [name for name, _ in _FIELD.findall(part)]
        values = [getattr(self.event, name) for name in names]
        return part if all(value not in {None, ()} for value in values) else ""

    def _value(self, field: re.Match[str]) -> str:
        value, how = getattr(self.event, field[1]), field[2] or ""
        if "|" in how:
            return how.split("|")[0 if value else 1]
        if isinstance(value, str) and how == "unit":
            return self.titles.unit(value, getattr(self.event, "to_division", None))
        if isinstance(value, str) and how == "post":
            return self.titles.post(value)
        return self._written(value)

    def _written(self, value: object) -> str:
        match value:
            case Code():
                return value.value.replace("-", " ") if self.in_english else value.label
            case datetime():
                return self._day(china_day(value))
            case date():
                return self._day(value)
            case tuple() | list():
                return (", " if self.in_english else "、").join(self._all(value))
            case None:
                return "not stated" if self.in_english else "未注明"
            case _:
                return str(value)

    def _all(self, values: Sequence[object]) -> list[str]:
        return [self._written(each) for each in values]

    def _day(self, day: date) -> str:
        return day.isoformat() if self.in_english else f"{day.year}年{day.month}月{day.day}日"
