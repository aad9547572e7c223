"""What is counted, by its unit: batches, person-times, matters, households, sessions.

Each is a type of its own. Two of one unit add up; a sum over units is no number of anything, and
neither the type checker nor the program makes one.
"""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True, order=True)
class Counted:
    """So many of one unit, zero or more; raises ValueError below."""

    number: int

    def __post_init__(self) -> None:
        if self.number < 0:
            raise ValueError("nothing is counted less than no times")

    def __add__(self, other: Self) -> Self:
        """The sum of two of the same unit; raises TypeError for another one."""
        if type(other) is not type(self):
            raise TypeError(f"{type(self).__name__} and {type(other).__name__} add up to nothing")
        return type(self)(self.number + other.number)


class Matters(Counted):
    """件: matters, each once however many people raise it and however often."""

    __slots__ = ()


class Batches(Counted):
    """批: groups that came together, each once however many they are."""

    __slots__ = ()


class PersonTimes(Counted):
    """人次: people, each as often as they came."""

    __slots__ = ()


class Sessions(Counted):
    """次: receptions, conferences, mediation sessions."""

    __slots__ = ()


class Households(Counted):
    """户: households, as resettlement counts them."""

    __slots__ = ()
