"""The counters of a register: what came onto it and what left it, in all and by kind."""

from collections.abc import Iterable
from datetime import timedelta
from operator import attrgetter

from services.stats.domain.anchor import Recurring, Trace
from services.stats.domain.counter import ON_ITS_DAY, Condition, Counter, always
from services.stats.domain.register_fact import Turn
from shared.contracts.event import Code, Event


def came_as(name: str, kind: Code) -> str:
    """The counter of those that came onto the register as one of a kind."""
    return f"{name}_came_{kind.name.lower()}"


def left_as(name: str, kind: Code) -> str:
    """The counter of those that no longer are."""
    return f"{name}_left_{kind.name.lower()}"


def register_counters(
    name: str,
    *,
    begins: type[Event],
    ends: type[Event],
    corrects: type[Event] | None = None,
    kinds: Iterable[Code] = (),
) -> tuple[Counter, ...]:
    """`…_came` less `…_left` is how many there are; each by kind as well."""
    begun_by = (begins.kind, *([corrects.kind] if corrects else []))
    first_days = Trace(begun_by, by="due_day")
    # after the last day, or where the next stay begins
    last_days = Trace((ends.kind,), by="due_day", later=timedelta(days=1))
    came = Recurring("came", first_days, attrgetter("beginnings"))
    left = Recurring("left", last_days, attrgetter("endings"), (first_days,))
    each_kind = tuple(kinds)
    return (
        _counter(f"{name}_came", came, always),
        *(_counter(came_as(name, kind), came, _is_listed_as(kind)) for kind in each_kind),
        _counter(f"{name}_left", left, always),
        *(_counter(left_as(name, kind), left, _is_listed_as(kind)) for kind in each_kind),
    )


def _counter(name: str, anchor: Recurring, holds: Condition) -> Counter:
    return Counter(name, anchor, holds, matures_in=ON_ITS_DAY)


def _is_listed_as(kind: Code) -> Condition:
    def holds(turn: Turn) -> bool:
        return turn.listed_as == kind

    return holds
