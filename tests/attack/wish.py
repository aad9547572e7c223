"""A good request to a command, from which the bad ones are made."""

from dataclasses import dataclass
from typing import Any

from shared.identity import Role

HERE = "519900171"
NOWHERE = f"{HERE}-0198a5c0-0000-7000-8000-000000000001"
Steps = tuple[tuple[str, dict[str, Any]], ...]


@dataclass(frozen=True)
class Wish:
    """A body that is taken after these steps, and another one of the same route."""

    body: dict[str, Any]
    other: dict[str, Any]
    after: Steps = ()
    largest: int = 1 << 20
    role: Role = Role.TOWNSHIP_LEADER
