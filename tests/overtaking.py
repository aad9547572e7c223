"""Two writers of one township: one loads its record, the other one appends, then the first goes on.

Whatever comes of that has to be what one of the two orders gives when nobody interferes.
"""

import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import orjson

from shared.ledger import Ledger

Writer = Callable[[], Awaitable[httpx.Response | None]]
_VARYING = re.compile(rb"\d{9}-[0-9a-f-]{36}|[0-9a-f]{64}")


@dataclass(frozen=True)
class World:
    """A fresh situation with its two writers; `division` is where both write."""

    ledger: Ledger
    division: str
    first: Writer
    second: Writer


@dataclass
class _Interruption:
    rival: Writer | None
    answer: httpx.Response | None = None
    happened: bool = field(default=False)


async def in_turn(world: World, *order: str) -> object:
    """The outcome of both, one after the other."""
    since = await _head(world)
    answers = {name: await getattr(world, name)() for name in order}
    return await _outcome(world, since, answers["first"], answers["second"])


async def overtaken(world: World) -> object:
    """The outcome when the second writer appends between the first one's reading and appending."""
    since = await _head(world)
    with _interrupted(world.ledger, world.second) as interruption:
        first = await world.first()
    assert interruption.happened, "the first writer came to no append"
    return await _outcome(world, since, first, interruption.answer)


@contextmanager
def _interrupted(ledger: Ledger, rival: Writer) -> Iterator[_Interruption]:
    append, interruption = ledger.append, _Interruption(rival)

    async def append_after_the_rival(*events: Any, **how: Any) -> Any:
        if interruption.rival is not None:
            going, interruption.rival = interruption.rival, None
            interruption.answer = await going()
            interruption.happened = True
        return await append(*events, **how)

    ledger.append = append_after_the_rival  # type: ignore[method-assign]
    try:
        yield interruption
    finally:
        del ledger.append


async def _head(world: World) -> int:
    return (await world.ledger.heads(world.division, [world.division]))[world.division]


async def _outcome(
    world: World, since: int, first: httpx.Response | None, second: httpx.Response | None
) -> object:
    """Both answers and what was recorded, with ids and digests by their order of appearance."""
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
