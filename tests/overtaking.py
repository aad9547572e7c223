"""Two writers of one township: one loads its record, the other one appends, then the first goes on.

Whatever comes of that has to be what one of the two orders gives when nobody interferes.
"""

import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import orjson

from shared.ledger import Ledger

Writer = Callable[[], Awaitable[httpx.Response | None]]
_VARYING = re.compile("\\d{9}-[0-9a-f-]{36}|[0-9a-f]{64}|〔\\d+〕\\d+号".encode())
"""Ids, digests and serial numbers of papers."""


@dataclass(frozen=True)
class World:
    """A fresh situation with its two writers; `division` is where both write."""

    ledger: Ledger
    division: str
    first: Writer
    second: Writer


@dataclass
class _Interruption:
    answer: httpx.Response | None = None
    happened: bool = False


async def in_turn(world: World, *order: str) -> object:
    """The outcome of both, one after the other."""
    since = await _head(world)
    answers = {name: await getattr(world, name)() for name in order}
    return await _outcome(world, since, answers["first"], answers["second"])


async def overtaken(world: World, between: str) -> tuple[object, bool]:
    """The outcome when the second writer comes in the middle of the first one's command.

    `between` is the ledger's call that it follows (`stream`) or precedes (`append`). Also whether
    the first writer came to that call; if not, the second one comes afterwards.
    """
    since = await _head(world)
    with _interrupted(world, between) as interruption:
        first = await world.first()
    if not interruption.happened:
        interruption.answer = await world.second()
    return await _outcome(world, since, first, interruption.answer), interruption.happened


@contextmanager
def _interrupted(world: World, between: str) -> Iterator[_Interruption]:
    call, interruption = getattr(world.ledger, between), _Interruption()

    async def let_the_rival_come() -> None:
        if not interruption.happened:
            interruption.happened = True
            interruption.answer = await world.second()

    async def interrupted(*given: Any, **named: Any) -> Any:
        if between == "append":
            await let_the_rival_come()
        answer = await call(*given, **named)
        await let_the_rival_come()
        return answer

    setattr(world.ledger, between, interrupted)
    try:
        yield interruption
    finally:
        delattr(world.ledger, between)


async def _head(world: World) -> int:
    return (await world.ledger.heads(world.division, [world.division]))[world.division]


async def _outcome(
    world: World, since: int, first: httpx.Response | None, second: httpx.Response | None
) -> object:
    """Both answers and what was recorded, with what varies by its order of appearance."""
    recorded = await world.ledger.read(world.division, world.division, after=since)
    found: dict[bytes, bytes] = {}

    def by_order(match: re.Match[bytes]) -> bytes:
        return found.setdefault(match[0], b"#%d" % len(found))

    text = orjson.dumps([[event.kind, orjson.loads(event.data)] for event in recorded])
    return _said(first), _said(second), orjson.loads(_VARYING.sub(by_order, text))


def _said(answer: httpx.Response | None) -> tuple[int, str | None]:
    if answer is None:
        return 0, None
    return answer.status_code, answer.json().get("type") if answer.status_code >= 400 else None
