"""Searches for a missing event: from the last consumed offset, then from 0; then waits for it.

Nothing is ever skipped. While a ledger waits, the other ledgers of its partition go on; it goes on
itself when the missing event appears, wherever on the topic that is. A ledger that waits for a
parked event does not search: where that event is, is known.
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
class OutOfOrder:
    """Events of a ledger that came before a missing one: their sequences and the first's offset."""

    lowest: int
    highest: int
    first_offset: int


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do after a chunk: from where to read the partition again, and what to report."""

    read_from: int | None = None
    opened: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Gap:
    stage: Stage
    out_of_order: OutOfOrder

    def with_more(self, more: OutOfOrder) -> OutOfOrder:
        old = self.out_of_order
        return OutOfOrder(
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
        out_of_order: Mapping[str, OutOfOrder],
        next_seq: Mapping[str, int],
        last_good: Mapping[str, int],
        parked: Collection[str] = (),
    ) -> Advice:
        """Register the events that a chunk left out of order.

        `next_seq` is the sequence that each ledger of the chunk expects after it; `last_good` the
        offset after its last consumed event, absent for a ledger that has none on this topic;
        `parked` are the ledgers that wait for a parked event.
        """
        read_from = self._fetch_out_of_order(next_seq)
        read_from |= _other_copies(out_of_order, next_seq)
        met = {
            division: found
            for division, found in out_of_order.items()
            if division not in read_from
        }
        for division in parked:
            self._wait_for_parked(division, met.pop(division, None))
        opened = tuple(name for name in met if not self._is_searched(name))
        absent = []
        for division, found in met.items():
            before = self._open.get(division)
            gap = self._open[division] = _onward(before, found, last_good.get(division, 0))
            if before is not None and before.stage is gap.stage:
                continue  # known to be absent: the ledger keeps waiting
            if gap.stage is Stage.ABSENT:
                absent.append(division)
            else:
                read_from[division] = last_good[division] if gap.stage is _FIRST else 0
        return Advice(min(read_from.values(), default=None), opened, tuple(absent))

    def _fetch_out_of_order(self, next_seq: Mapping[str, int]) -> dict[str, int]:
        """Remove closed gaps; returns the offsets of the out-of-order events that are next now."""
        wanted = {}
        for division, following in next_seq.items():
            gap = self._open.get(division)
            if gap is not None and following >= gap.out_of_order.lowest:
                del self._open[division]
                if following <= gap.out_of_order.highest:
                    wanted[division] = gap.out_of_order.first_offset
        return wanted

    def _is_searched(self, division: str) -> bool:
        gap = self._open.get(division)
        return gap is not None and gap.stage is not Stage.PARKED

    def _wait_for_parked(self, division: str, found: OutOfOrder | None) -> None:
        before = self._open.get(division)
        if before is not None:
            known = before.out_of_order if found is None else before.with_more(found)
            self._open[division] = _Gap(Stage.PARKED, known)
        elif found is not None:
            self._open[division] = _Gap(Stage.PARKED, found)

    def released(self, parked: Collection[str]) -> int | None:
        """Where to read on in the ledgers whose parked event was replayed; forgets their gaps."""
        free = {
            division: gap.out_of_order.first_offset
            for division, gap in self._open.items()
            if gap.stage is Stage.PARKED and division not in parked
        }
        for division in free:
            del self._open[division]
        return min(free.values(), default=None)

    def are_open(self, division: str) -> bool:
        """Whether events of the ledger are out of order."""
        return division in self._open

    def hold(self) -> int | None:
        """The least offset of an out-of-order event: a restart has to read it again."""
        return min((gap.out_of_order.first_offset for gap in self._open.values()), default=None)

    def waiting(self) -> int:
        """How many ledgers wait for an event that is not on the topic."""
        return sum(gap.stage is Stage.ABSENT for gap in self._open.values())


def _other_copies(
    out_of_order: Mapping[str, OutOfOrder], next_seq: Mapping[str, int]
) -> dict[str, int]:
    """Offsets of further copies of an event that a ledger stopped at: such a copy may be intact."""
    return {
        division: found.first_offset
        for division, found in out_of_order.items()
        if found.lowest <= next_seq.get(division, 0)
    }


def _onward(gap: _Gap | None, found: OutOfOrder, last_good: int) -> _Gap:
    if gap is None or gap.stage is Stage.PARKED:
        # with nothing between the last good message and this one, there is nothing to read again
        between = 0 < last_good < found.first_offset
        known = found if gap is None else gap.with_more(found)
        return _Gap(_FIRST if between else Stage.FROM_START, known)
    onward = Stage.FROM_START if gap.stage is _FIRST else Stage.ABSENT
    return _Gap(onward, gap.with_more(found))
