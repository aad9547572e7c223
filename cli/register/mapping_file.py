"""Reads a mapping from its TOML file; whatever is wrong in it is said with its place."""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from cli.register.case.mapping import CaseMapping
from cli.register.grid.mapping import GridMapping, VillageMapping, WorkerMapping
from cli.register.grid.orders import OrderMapping
from cli.register.mapping import Mapping
from cli.register.refusals import MappingUnreadable
from cli.register.registry.mapping import PostMapping, UnitMapping

TARGETS: tuple[type[Mapping], ...] = (
    CaseMapping,
    UnitMapping,
    PostMapping,
    VillageMapping,
    GridMapping,
    WorkerMapping,
    OrderMapping,
)
"""Whatever a register's rows may become; where a mapping does not say, the first."""

_OF_OURS = re.compile(r"^Value error, ")
_SHOWN = 3


def read_mapping(path: Path, targets: Sequence[type[Mapping]] = TARGETS) -> Mapping:
    """The mapping of that file; MappingUnreadable says what to mend."""
    tables = _tables(path)
    declared = next((each for each in targets if each.target.subject in tables), targets[0])
    try:
        return declared.model_validate(tables)
    except ValidationError as unfit:
        found = unfit.errors(include_url=False, include_input=False)
        said = "; ".join(_sentence(error) for error in found[:_SHOWN])
        more = f" (and {len(found) - _SHOWN} more)" if len(found) > _SHOWN else ""
        raise MappingUnreadable(f"{path.name}: {said}{more}.") from unfit


def _tables(path: Path) -> dict[str, Any]:
    try:
        # an editor on Windows may put a byte order mark in front
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as missing:
        raise MappingUnreadable(
            f"The mapping {path} cannot be read: {missing.strerror or missing}."
        ) from missing
    except UnicodeDecodeError as other:
        raise MappingUnreadable(f"{path.name} is not UTF-8; save it as UTF-8.") from other
    except tomllib.TOMLDecodeError as broken:
        raise MappingUnreadable(f"{path.name} is no TOML: {broken}.") from broken


def _sentence(error: ErrorDetails) -> str:
    place = ".".join(str(step) for step in error["loc"])
    match error["type"]:
        case "extra_forbidden":
            return f"{place} is not known here"
        case "missing":
            return f"{place} is missing"
        case "model_type" | "model_attributes_type":
            return f'{place} has to be a table such as {{ column = "…" }}'
        case _:
            return f"{place}: {_OF_OURS.sub('', error['msg'])}"
