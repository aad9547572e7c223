"""Reads the settings of an entry point; a mistake in them is one sentence and exit code 2.

The sentence names the variables and says what is wrong. It never repeats a value: a password or a
key stands in the next variable.
"""

import sys
from typing import Any, NoReturn, TypeVar

from pydantic import ValidationError
from pydantic_settings import BaseSettings

Settings = TypeVar("Settings", bound=BaseSettings)

BAD_SETTINGS = 2


def read_settings(kind: type[Settings], *, prefix: str | None = None) -> Settings:
    """The settings in the environment; ends the process when they cannot be used."""
    given: dict[str, Any] = {} if prefix is None else {"_env_prefix": prefix}
    try:
        return kind(**given)
    except ValidationError as refused:
        _end(prefix or kind.model_config.get("env_prefix", ""), refused)


def _end(prefix: str, refused: ValidationError) -> NoReturn:
    said = "; ".join(what_is_wrong(refused, prefix))
    sys.stderr.write(f"The settings cannot be used: {said}.\n")
    sys.exit(BAD_SETTINGS)


def what_is_wrong(refused: ValidationError, prefix: str = "") -> list[str]:
    """One part of a sentence for each fault, without any value."""
    faults = refused.errors(include_url=False, include_context=False, include_input=False)
    return [_described(prefix, fault["loc"], fault["msg"], fault["type"]) for fault in faults]


def _described(prefix: str, place: tuple[int | str, ...], said: str, kind: str) -> str:
    name = f"{prefix}{'.'.join(map(str, place))}"
    name = name.upper() if prefix else name
    return f"{name} is missing" if kind == "missing" else f"{name}: {_as_clause(said)}"


def _as_clause(said: str) -> str:
    said = said.removeprefix("Value error, ").rstrip(".")
    return f"{said[:1].lower()}{said[1:]}"
