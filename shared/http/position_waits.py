"""Waits until ledgers reach positions: one poller of the process asks the database for all waiters.

Each waiter waits for a future by its own clock and holds no connection, so nothing has to be
cancelled when it gives up: a cancelled statement may end without an exception (Python 3.11), and a
loop around it would ask for ever.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from shared.http.positions import LedgerPlace, Position
from shared.http.refusals import LedgerNotFollowed, PositionNotReached, TooBusy

WITHIN = 5.0
MOST_OF_A_POST = 32
"""How many requests of one post may wait at a time."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.005, 0.05

Heads = Callable[[Collection[LedgerPlace]], Awaitable[Mapping[LedgerPlace, int]]]
"""Returns how far these ledgers reach; those that have not begun may be left out."""


@dataclass(eq=False, slots=True)
class _Waiter:
    """A request that waits for all of these positions."""

    missing: list[Position]
    reached: asyncio.Future[None] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )

    def compare(self, heads: Mapping[LedgerPlace, int]) -> None:
        """Take note of how far the ledgers are."""
        self.missing = [one for one in self.missing if heads.get(one.ledger, 0) < one.sequence]
        if not self.missing:
            self.reached.set_result(None)


class PositionWaits:
    """The waiters of one process, and the poller that runs while there are some."""

    def __init__(self, heads: Heads, *, follows: Collection[str]) -> None:
        """`follows` are the services whose ledgers can be waited for."""
        self._heads = heads
        self._follows = frozenset(follows)
        self._waiting: set[_Waiter] = set()
        self._of_post: Counter[str] = Counter()
        self._poller: asyncio.Task[None] | None = None
        self._newcomers = False
        self._wake = asyncio.Event()

    async def until(
        self, positions: Sequence[Position], *, post: str, within: float | None = None
    ) -> None:
        """Wait until all are reached; raises PositionNotReached when the time is over.

        Raises LedgerNotFollowed, and TooBusy if too many requests of the post wait already.
        """
        if any(position.service not in self._follows for position in positions):
            raise LedgerNotFollowed
        if not positions:
            return
        if self._of_post[post] >= MOST_OF_A_POST:
            raise TooBusy
        waiter = _Waiter(list(positions))
        self._of_post[post] += 1
        self._waiting.add(waiter)
        try:
            self._ask_now()
            await asyncio.wait([waiter.reached], timeout=WITHIN if within is None else within)
        finally:
            self._waiting.discard(waiter)
            self._of_post[post] -= 1
            if not self._of_post[post]:
                del self._of_post[post]
        if not waiter.reached.done():
            raise PositionNotReached
        waiter.reached.result()

    def _ask_now(self) -> None:
        self._newcomers = True
        self._wake.set()
        if self._poller is None or self._poller.done():
            self._poller = asyncio.create_task(self._poll())

    async def _poll(self) -> None:
        pause = _FIRST_PAUSE
        while self._waiting:
            pause = _FIRST_PAUSE if self._newcomers else min(pause * 2, _LONGEST_PAUSE)
            self._newcomers = False
            await self._ask()
            if self._waiting:
                await self._rest(pause)

    async def _ask(self) -> None:
        asked = list(self._waiting)
        ledgers = {position.ledger for waiter in asked for position in waiter.missing}
        try:
            heads = await self._heads(ledgers)
        except Exception as fault:  # noqa: BLE001 - each waiter answers it
            for waiter in self._waiting.intersection(asked):
                waiter.reached.set_exception(fault)
        else:
            for waiter in self._waiting.intersection(asked):
                waiter.compare(heads)
        self._waiting = {waiter for waiter in self._waiting if not waiter.reached.done()}

    async def _rest(self, pause: float) -> None:
        """Until the next look is due, or somebody else waits."""
        self._wake.clear()
        if self._newcomers:
            return
        timer = asyncio.get_running_loop().call_later(pause, self._wake.set)
        await self._wake.wait()
        timer.cancel()
