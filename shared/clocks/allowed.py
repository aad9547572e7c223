"""What may be asked of a clock: a length, pauses and extensions only as the law gives them."""

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


def length_set_for(clock: Clock, length: int | None) -> int:
    """The length where the law leaves it to the case; 0 for what is due at once."""
    if clock.length == PER_CASE:
        if length is None:
            raise LengthNotSet(clock.id)
        if length < 1:
            raise NotALength(length)
        return length
    if length is not None:
        raise LengthIsSet(clock.id)
    return 0


def refuse_what_the_law_does_not_give(
    clock: Clock, pauses: Sequence[Pause], extensions: Sequence[int]
) -> None:
    """Refuse pauses of a clock that does not pause, and extensions beyond its bounds."""
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
