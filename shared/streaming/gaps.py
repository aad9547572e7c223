"""The search for a missing event: from the last good offset, then from 0; then the ledger waits.

Nothing is ever skipped. While a ledger waits, the other ledgers of its partition go on; it goes on
itself when the missing event appears, wherever on the topic that is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto


class Stage(Enum):
    """How far the search for a ledger's missing event has gone."""

    FROM_LAST_GOOD = auto()
    FROM_START = auto()
    ABSENT = auto()


@dataclass(frozen=True, slots=True)
class Lying:
    """Events of a ledger that were met beyond its gap, and the offset of the first of them."""

    lowest: int
    highest: int
    first_offset: int


@dataclass(frozen=True, slots=True)
class Advice:
    """What follows from a chunk: from where to read the partition again, and what to tell."""

    read_from: int | None = None
    opened: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Gap:
    stage: Stage
    lying: Lying

    def with_more(self, more: Lying) -> Lying:
        old = self.lying
        return Lying(
            min(old.lowest, more.lowest),
            max(old.highest, more.highest),
            min(old.first_offset, more.first_offset),
        )


@dataclass(slots=True)
class Gaps:
    """The gaps of one partition's ledgers."""

    _open: dict[str, _Gap] = field(default_factory=dict)

    def after_chunk(
        self,
        *,
        lying: Mapping[str, Lying],
        next_seq: Mapping[str, int],
        last_good: Mapping[str, int],
    ) -> Advice:
        """Take note of what a chunk left lying.

        `next_seq` is what each ledger of the chunk waits for after it; `last_good` is the offset
        that follows its last consumed event, absent for a ledger that has none on this topic.
        """
        read_from = self._fetch_lying(next_seq)
        met = {division: found for division, found in lying.items() if division not in read_from}
        opened = tuple(division for division in met if division not in self._open)
        absent = []
        for division, found in met.items():
            before = self._open.get(division)
            gap = self._open[division] = _onward(before, found, last_good.get(division, 0))
            if before is not None and before.stage is gap.stage:
                continue  # known to be absent: the ledger just goes on waiting
            match gap.stage:
                case Stage.FROM_LAST_GOOD:
                    read_from[division] = last_good[division]
                case Stage.FROM_START:
                    read_from[division] = 0
                case Stage.ABSENT:
                    absent.append(division)
        return Advice(min(read_from.values(), default=None), opened, tuple(absent))

    def _fetch_lying(self, next_seq: Mapping[str, int]) -> dict[str, int]:
        """End the gaps that were closed; gives where events lie that are wanted now."""
        wanted = {}
        for division, following in next_seq.items():
            gap = self._open.get(division)
            if gap is not None and following >= gap.lying.lowest:
                del self._open[division]
                if following <= gap.lying.highest:
                    wanted[division] = gap.lying.first_offset
        return wanted

    def hold(self) -> int | None:
        """The offset of the first event that lies: a restart has to meet it again."""
        return min((gap.lying.first_offset for gap in self._open.values()), default=None)

    def waiting(self) -> int:
        """How many ledgers wait for an event that is not on the topic."""
        return sum(gap.stage is Stage.ABSENT for gap in self._open.values())


def _onward(gap: _Gap | None, found: Lying, last_good: int) -> _Gap:
    if gap is None:
        # with nothing between the last good message and this one, there is nothing to read again
        between = 0 < last_good < found.first_offset
        return _Gap(Stage.FROM_LAST_GOOD if between else Stage.FROM_START, found)
    onward = Stage.FROM_START if gap.stage is Stage.FROM_LAST_GOOD else Stage.ABSENT
    return _Gap(onward, gap.with_more(found))
