"""Checks of a policy beyond its types: facts, sources and periods of validity of its clocks."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import combinations

from shared.clocks.citation import NoCitation, cite
from shared.clocks.clock import Clock, Unit
from shared.clocks.mistakes import TomlFile
from shared.clocks.policy_draft import CLOCKS, Draft
from shared.clocks.toml_lines import Place

Found = Iterator[tuple[Place, str]]
"""Pairs of place and reason."""


def check(draft: Draft, events: Collection[str]) -> None:
    """Add every mistake in the draft's own clocks; `events` are the published kinds."""
    known = set(events) | set(draft.facts)
    if draft.is_whole:
        for place, reason in _of_the_head(draft):
            draft.file.mistake(place, reason)
    for number, clock in draft.own:
        for found in (_facts(clock, known), _sources(draft, clock), _sense(draft, clock)):
            for place, reason in found:
                draft.file.mistake((CLOCKS, number, *place), f"{clock.id}: {reason}")
    for number, reason in _overlaps(draft):
        draft.file.mistake((CLOCKS, number), reason)


def check_jurisdictions(drafts: Sequence[Draft]) -> None:
    """Add a mistake for two policies of one jurisdiction that are in force on the same day."""
    for one, other in combinations(drafts, 2):
        if one.head.version == other.head.version:
            other.file.mistake(
                ("version",), f"{one.head.version} is the version of {one.file.name} too"
            )
        elif one.head.jurisdiction == other.head.jurisdiction and _overlap(
            _validity(one), _validity(other)
        ):
            other.file.mistake(
                ("effective_from",),
                f"{other.head.version} is in force while {one.head.version} is, "
                f"for {one.head.jurisdiction}; end the earlier one by effective_to",
            )


def _of_the_head(draft: Draft) -> Found:
    head, counting = draft.head, draft.counting
    if head.effective_to and head.effective_to < head.effective_from:
        yield ("effective_to",), "effective_to is before effective_from"
    if counting is None:
        yield (), "a policy without a base says how days are counted: [counting] is missing"
    elif head.counting:
        for key in ("start_day", "hours", "last_day"):
            yield from _cited(draft, getattr(counting, key), ("counting", key))


def _facts(clock: Clock, known: set[str]) -> Found:
    roles = {
        "starts": (clock.starts,),
        "stops": clock.stops,
        "unless": clock.unless,
        "pauses": clock.pauses,
    }
    for role, facts in roles.items():
        for fact in facts:
            if fact not in known:
                yield (role,), f"{fact} ({role}) is no published event and no fact of [facts]"


def _sources(draft: Draft, clock: Clock) -> Found:
    yield from _cited(draft, clock.source, ("source",))
    if clock.extension:
        yield from _cited(draft, clock.extension.source, ("extension", "source"))


def _cited(draft: Draft, texts: Sequence[str], place: Place) -> Found:
    for text in texts:
        try:
            cite(text, draft.laws)
        except NoCitation as wrong:
            yield place, str(wrong)


def _sense(draft: Draft, clock: Clock) -> Found:
    if clock.unit is Unit.HOURS and clock.marks:
        yield ("marks",), "marks are days before the end; a clock of hours has none"
    if clock.unit is Unit.HOURS and clock.extension:
        yield ("extension",), "a clock of hours cannot be extended by days"
    if clock.effective_to and clock.effective_to < _begin(draft, clock):
        yield ("effective_to",), "effective_to is before the clock is in force"
    if clock.extends:
        yield from _extended(draft, clock.extends)


def _extended(draft: Draft, extended: str) -> Found:
    if extended not in draft.tables:
        yield ("extends",), f"extends {extended}, which has to stand before it"
    elif "days" not in draft.extension_of(extended):
        yield ("extends",), f"extends {extended}, which has no extension of so many days"


def _overlaps(draft: Draft) -> Iterator[tuple[int, str]]:
    for (_, one), (number, other) in combinations(draft.own, 2):
        spans = [(_begin(draft, each), each.effective_to) for each in (one, other)]
        if one.id == other.id and _overlap(*spans):
            yield (
                number,
                (
                    f"{other.id} is in force from {spans[1][0]} while another version of it is; "
                    "end the earlier one by effective_to"
                ),
            )


def _begin(draft: Draft, clock: Clock) -> date:
    return clock.effective_from or draft.head.effective_from


Span = tuple[date, date | None]


def _validity(draft: Draft) -> Span:
    return draft.head.effective_from, draft.head.effective_to


def _overlap(one: Span, other: Span) -> bool:
    return one[0] <= (other[1] or date.max) and other[0] <= (one[1] or date.max)


def check_base(file: TomlFile, base: str, known: Collection[str]) -> None:
    """Add a mistake if there is no such base."""
    if base not in known:
        file.mistake(("base",), f"the base {base} is none of {', '.join(known) or 'none'}")
