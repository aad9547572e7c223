"""Upcasting: converts old versions of events by pure steps from one version to the next.

A stored event is never rewritten. A change that optional fields cannot carry is a new version
with a step registered here and the old JSON kept under `tests/contracts/stored`.
"""

from collections.abc import Callable
from typing import Any

Step = Callable[[dict[str, Any]], dict[str, Any]]

_STEPS: dict[tuple[str, int], Step] = {}


class NoUpcaster(LookupError):
    """No step converts the stored version of an event to the current one."""


def upcaster(kind: str, *, from_version: int) -> Callable[[Step], Step]:
    """Register the step that converts `from_version` of an event to the next version."""

    def register(step: Step) -> Step:
        if (kind, from_version) in _STEPS:
            raise ValueError(f"{kind} has a step from version {from_version} already")
        _STEPS[kind, from_version] = step
        return step

    return register


def upcast(kind: str, version: int, today: int, data: dict[str, Any]) -> dict[str, Any]:
    """The data converted to version `today`; does not change the argument."""
    for at in range(version, today):
        step = _STEPS.get((kind, at))
        if step is None:
            raise NoUpcaster(f"{kind} version {at}")
        data = step(dict(data))
    return data
