"""What a fault is, in words and in deed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from random import Random

from tests.chaos.ground import Ground

Townships = list[str]
Inflict = Callable[[Ground, Random, Townships], Awaitable[None]]


@dataclass(frozen=True)
class Fault:
    """One way to hurt the system; `inflict` returns when the hurting is over, not the healing."""

    name: str
    does: str
    heals: str
    """How it comes back."""
    inflict: Inflict
    needs: tuple[str, ...] = ()
    """What has to be up for the fault to be this fault."""
    needs_small_disk: bool = False
