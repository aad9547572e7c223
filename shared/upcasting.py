"""Old versions of events, read as today's: pure steps from one version to the next.

A stored event is never rewritten. A change that optional fields cannot carry is a new version
with a step registered here and the old JSON kept under `tests/contracts/stored`.
"""

from collections.abc import Callable
from typing import Any

Step = Callable[[dict[str, Any]], dict[str, Any]]

_STEPS: dict[tuple[str, int], Step] = {}


class NoUpcaster(LookupError):
    """An event was stored in a version from which no step leads to today's."""


def upcaster(kind: str, *, from_version: int) -> Callable[[Step], Step]:
    """Register the step that reads `from_version` of an event as the version after it."""

    def register(step: Step) -> Step:
        if (kind, from_version) in _STEPS:
            raise ValueError(f"{kind} has a step from version {from_version} already")
        _STEPS[kind, from_version] = step
        return step

    return register


def upcast(kind: str, version: int, today: int, data: dict[str, Any]) -> dict[str, Any]:
    """The data as version `today` spells it; the argument is left as it was."""
    for at in range(version, today):
        step = _STEPS.get((kind, at))
        if step is None:
            raise NoUpcaster(f"{kind} version {at}")
        data = step(dict(data))
    return data
