"""Checks length, pauses and extensions of a request against what the law allows the clock."""

from collections.abc import Sequence

from shared.clocks.clock import PER_CASE, Clock
from shared.clocks.clock_refusals import (
    ClockDoesNotPause,
    ExtendedTooOften,
    ExtensionTooLong,
    LengthIsSet,
    LengthNotSet,
    NoExtension,
    NotALength,
)
from shared.clocks.pause import Pause


def length_per_case(clock: Clock, length: int | None) -> int:
    """The length that the law leaves to the case; 0 for a clock that is due at once."""
    if clock.length == PER_CASE:
        if length is None:
            raise LengthNotSet(clock.id)
        if length < 1:
            raise NotALength(length)
        return length
    if length is not None:
        raise LengthIsSet(clock.id)
    return 0


def check_pauses_and_extensions(
    clock: Clock, pauses: Sequence[Pause], extensions: Sequence[int]
) -> None:
    """Refuse pauses of a clock that does not pause, and extensions beyond its limits."""
    if pauses and not clock.pauses:
        raise ClockDoesNotPause(clock.id)
    if not extensions:
        return
    allowed = clock.extension
    if allowed is None:
        raise NoExtension(clock.id)
    if bad := [days for days in extensions if days < 1]:
        raise NotALength(bad[0])
    if allowed.times is not None and len(extensions) > allowed.times:
        raise ExtendedTooOften(clock.id, len(extensions), allowed.times)
    if allowed.days is not None and sum(extensions) > allowed.days:
        raise ExtensionTooLong(clock.id, sum(extensions), allowed.days)
