"""The parameters by which figures are narrowed, and the members that repeat them in answers."""

from dataclasses import fields
from inspect import Parameter, Signature
from typing import Annotated, Any

from fastapi import Depends, Query
from pydantic import create_model

from services.stats.store.filters import Chosen

_DIMENSIONS = {each.metadata["parameter"]: each for each in fields(Chosen)}


def _narrowed(**given: Any) -> Chosen:
    """What a query chooses of each dimension."""
    return Chosen(
        **{
            each.name: None if given[name] is None else str(given[name])
            for name, each in _DIMENSIONS.items()
        }
    )


def _annotation(takes: Any, says: str | None) -> Any:
    return Annotated[takes | None, Query(description=says)]


_narrowed.__signature__ = Signature(  # type: ignore[attr-defined]
    [
        Parameter(
            name,
            Parameter.KEYWORD_ONLY,
            default=None,
            annotation=_annotation(each.metadata["takes"], each.metadata["says"]),
        )
        for name, each in _DIMENSIONS.items()
    ]
)

Narrowed = Annotated[Chosen, Depends(_narrowed)]
"""The dependency of a route: every dimension is a parameter of its query."""

NarrowedAnswer = create_model(
    "NarrowedAnswer",
    **dict.fromkeys(_DIMENSIONS, (str | None, ...)),  # type: ignore[call-overload]
)
"""The members of an answer that say what was chosen of each dimension."""
