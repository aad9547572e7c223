"""The policies and calendars that ship with the product, as package data.

They are read once, when a process first uses them: a mistake in one stops it at its start. The
rules themselves take policy and calendar as arguments.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from shared.clocks.calendar import Calendar
from shared.clocks.calendar_year import read_calendar_years
from shared.clocks.clock_refusals import UnknownPolicy
from shared.clocks.policy import Policy
from shared.clocks.policy_files import read_policies
from shared.contracts.catalogue import event_classes

NATIONAL = "national-2022"


@cache
def shipped_calendar() -> Calendar:
    """The published years; raises DataMistaken if a file has mistakes."""
    return Calendar(read_calendar_years(texts_of("calendars")))


@cache
def shipped_policies() -> Mapping[str, Policy]:
    """By version; raises DataMistaken if a file has mistakes."""
    return policies_with({})


def shipped_policy(version: str = NATIONAL) -> Policy:
    """The policy of that version; raises UnknownPolicy, which lists them."""
    policies = shipped_policies()
    if version not in policies:
        raise UnknownPolicy(version, tuple(policies))
    return policies[version]


def policies_with(texts: Mapping[str, str]) -> dict[str, Policy]:
    """The shipped policies and those of further files, by name and text, which may build on them."""
    events = {event.kind for _, event in event_classes()}
    return read_policies({**texts_of("policies"), **texts}, events=events)


def texts_of(folder: str) -> dict[str, str]:
    """The data files of that folder, by name."""
    found = files(__package__).joinpath(folder).iterdir()
    return {
        each.name: each.read_text(encoding="utf-8")
        for each in sorted(found, key=lambda each: each.name)
        if each.name.endswith(".toml")
    }
