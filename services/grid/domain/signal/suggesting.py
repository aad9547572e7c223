"""With which records a signal may count: reasons that a person weighs, never a decision.

Places, topics, days and words are compared. Nobody's name or telephone number is: that one person
calls twice says nothing of the matter.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from shared.contracts.event import Code
from shared.contracts.signal_codes import LinkedTo

NEAR = timedelta(days=90)
"""How far in time, before or after, records are looked for."""
MOST_LOOKED_AT, MOST_CASES, MOST_SHOWN = 200, 50, 20
_SAME_WORDS = 50
"""Percent from which words count as the same; our choice, which no rule states."""


class SuggestionReason(Code):
    """Why a record is suggested; all of them are of the same township and category."""

    SAME_GRID = "same-grid", "同一网格"
    SAME_VILLAGE = "same-village", "同一村(社区)"
    SAME_TOPIC = "same-topic", "同一小类"
    SAME_WORDS = "same-words", "内容相近"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What is compared of a record."""

    kind: LinkedTo
    id: str
    matter_id: str
    on: date
    village_code: str | None = None
    grid_code: str | None = None
    topic: str | None = None
    goes_on: bool | None = None
    """Of a case, whether it is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A record and what speaks for it."""

    other: Compared
    reasons: tuple[SuggestionReason, ...]
    days_apart: int
    words_alike: int | None
    """In percent; None where the words were not compared."""


def suggestion(signal: Compared, other: Compared, words_alike: int | None) -> Suggestion | None:
    """None where nothing but the category speaks for it, or both have one matter already."""
    if signal.matter_id == other.matter_id:
        return None
    reasons = tuple(_reasons(signal, other, words_alike))
    if not reasons:
        return None
    return Suggestion(
        other=other,
        reasons=reasons,
        days_apart=abs((signal.on - other.on).days),
        words_alike=words_alike,
    )


def _reasons(
    signal: Compared, other: Compared, words_alike: int | None
) -> Iterator[SuggestionReason]:
    if signal.grid_code and signal.grid_code == other.grid_code:
        yield SuggestionReason.SAME_GRID
    if signal.village_code and signal.village_code == other.village_code:
        yield SuggestionReason.SAME_VILLAGE
    if signal.topic and signal.topic == other.topic:
        yield SuggestionReason.SAME_TOPIC
    if words_alike is not None and words_alike >= _SAME_WORDS:
        yield SuggestionReason.SAME_WORDS


def in_order(found: Iterable[Suggestion]) -> list[Suggestion]:
    """What most speaks for first, the nearest in time of those."""
    ordered = sorted(found, key=lambda each: (-len(each.reasons), each.days_apart, each.other.id))
    return ordered[:MOST_SHOWN]
