"""The search for a missing event: from the last good offset, then from 0; then the ledger waits.

Nothing is ever skipped. While a ledger waits, the other ledgers of its partition go on; it goes on
itself when the missing event appears, wherever on the topic that is. A ledger that waits for an
event that is parked waits without a search: what it waits for is known.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto


class Stage(Enum):
    """How far the search for a ledger's missing event has gone."""

    FROM_LAST_GOOD = auto()
    FROM_START = auto()
    ABSENT = auto()
    PARKED = auto()


_FIRST = Stage.FROM_LAST_GOOD


@dataclass(frozen=True, slots=True)
class Lying:
    """Events of a ledger that were met before their turn, and the offset of the first of them."""

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
        parked: Collection[str] = (),
    ) -> Advice:
        """Take note of what a chunk left lying.

        `next_seq` is what each ledger of the chunk waits for after it; `last_good` is the offset
        that follows its last consumed event, absent for a ledger that has none on this topic;
        `parked` are the ledgers that wait for an event that was put aside.
        """
        read_from = self._fetch_lying(next_seq)
        read_from |= _other_copies(lying, next_seq)
        met = {division: found for division, found in lying.items() if division not in read_from}
        for division in parked:
            self._wait_for_parked(division, met.pop(division, None))
        opened = tuple(name for name in met if not self._is_searched(name))
        absent = []
        for division, found in met.items():
            before = self._open.get(division)
            gap = self._open[division] = _onward(before, found, last_good.get(division, 0))
            if before is not None and before.stage is gap.stage:
                continue  # known to be absent: the ledger just goes on waiting
            if gap.stage is Stage.ABSENT:
                absent.append(division)
            else:
                read_from[division] = last_good[division] if gap.stage is _FIRST else 0
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

    def _is_searched(self, division: str) -> bool:
        gap = self._open.get(division)
        return gap is not None and gap.stage is not Stage.PARKED

    def _wait_for_parked(self, division: str, found: Lying | None) -> None:
        before = self._open.get(division)
        if before is not None:
            known = before.lying if found is None else before.with_more(found)
            self._open[division] = _Gap(Stage.PARKED, known)
        elif found is not None:
            self._open[division] = _Gap(Stage.PARKED, found)

    def released(self, parked: Collection[str]) -> int | None:
        """Where to read what lay behind parked events, save in the ledgers that still wait for one."""
        free = {
            division: gap.lying.first_offset
            for division, gap in self._open.items()
            if gap.stage is Stage.PARKED and division not in parked
        }
        for division in free:
            del self._open[division]
        return min(free.values(), default=None)

    def hold(self) -> int | None:
        """The offset of the first event that lies: a restart has to meet it again."""
        return min((gap.lying.first_offset for gap in self._open.values()), default=None)

    def waiting(self) -> int:
        """How many ledgers wait for an event that is not on the topic."""
        return sum(gap.stage is Stage.ABSENT for gap in self._open.values())


def _other_copies(lying: Mapping[str, Lying], next_seq: Mapping[str, int]) -> dict[str, int]:
    """Where the event that a ledger stopped at is met a second time: that copy may be whole."""
    return {
        division: found.first_offset
        for division, found in lying.items()
        if found.lowest <= next_seq.get(division, 0)
    }


def _onward(gap: _Gap | None, found: Lying, last_good: int) -> _Gap:
    if gap is None or gap.stage is Stage.PARKED:
        # with nothing between the last good message and this one, there is nothing to read again
        between = 0 < last_good < found.first_offset
        known = found if gap is None else gap.with_more(found)
        return _Gap(_FIRST if between else Stage.FROM_START, known)
    onward = Stage.FROM_START if gap.stage is _FIRST else Stage.ABSENT
    return _Gap(onward, gap.with_more(found))
