"""When something happened by a telephone whose clock is off, and who was offline since.

The telephone says when it happened and when it sends, by one clock. What that clock was off at the
sending it was off before, unless somebody set it in between: that is not known, and a time that
comes out in the future or too long ago is refused.
"""

from dataclasses import dataclass
from datetime import datetime

from shared.times import CLOCKS_MAY_DIFFER


@dataclass(frozen=True, slots=True)
class CorrectedTime:
    """The moment of a fact, and whether it was corrected."""

    at: datetime
    corrected: bool


def by_right_clock(stated: datetime, *, sent_at: datetime | None, now: datetime) -> CorrectedTime:
    """The moment that a telephone stated, moved by as much as its clock was off at the sending.

    A clock that differs by no more than right clocks may is believed, and so is one of which
    nothing is known.
    """
    if sent_at is None or abs(now - sent_at) <= CLOCKS_MAY_DIFFER:
        return CorrectedTime(stated, corrected=False)
    return CorrectedTime(stated + (now - sent_at), corrected=True)
