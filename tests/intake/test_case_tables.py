"""The tables of a case are whole: every kind of intake's catalogue, every command of a step."""

import ast
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from types import ModuleType
from typing import get_args, get_type_hints

import pytest

from services.intake.domain import case
from services.intake.domain.case import CASE, CaseCommand
from services.intake.domain.case.decide import decide
from services.intake.domain.case.evolve import CaseFact
from shared.contracts.catalogue import SERVICES
from shared.contracts.event import Event
from shared.contracts.intake import CaseEvent
from shared.contracts.ledger import LedgerSealed
from tests.stored_events import stored

ABOUT_CASES = [kind for kind in SERVICES["intake"] if issubclass(kind, CaseEvent)]


def steps() -> list[ModuleType]:
    names = [found.name for found in pkgutil.iter_modules(case.__path__)]
    return [import_module(f"{case.__name__}.{name}") for name in names if name != "decide"]


def decided_by_a_step() -> set[type]:
    """The class of the `command` that each step's function takes."""
    functions = [
        function
        for step in steps()
        for _, function in inspect.getmembers(step, inspect.isfunction)
        if function.__module__ == step.__name__
    ]
    return {
        get_type_hints(function)["command"]
        for function in functions
        if "command" in inspect.signature(function).parameters
    }


def matched(function: Callable[..., object]) -> set[str]:
    """The names of the classes that a function's `match` has a case for."""
    return {
        node.cls.id
        for node in ast.walk(ast.parse(inspect.getsource(function)))
        if isinstance(node, ast.MatchClass) and isinstance(node.cls, ast.Name)
    }


def test_evolve_lists_every_kind_of_the_catalogue() -> None:
    assert set(get_args(CaseFact)) == set(ABOUT_CASES)


@pytest.mark.parametrize("kind", ABOUT_CASES, ids=lambda kind: kind.kind)
def test_every_kind_of_the_catalogue_changes_a_case(kind: type[Event]) -> None:
    after = CASE.evolve(CASE.initial, stored(kind))
    assert after.version == 1
    assert replace(after, version=0) != CASE.initial


def test_an_event_that_does_not_belong_to_a_case_is_not_passed_over() -> None:
    with pytest.raises(TypeError, match="ledger-sealed"):
        CASE.evolve(CASE.initial, stored(LedgerSealed))


def test_every_command_of_a_step_is_a_command_of_the_case() -> None:
    assert decided_by_a_step() == set(get_args(CaseCommand))


def test_decide_has_an_entry_for_every_command() -> None:
    assert matched(decide) == {each.__name__ for each in get_args(CaseCommand)}
