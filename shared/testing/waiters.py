"""Waits until a condition holds, instead of sleeping for a fixed time."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar, overload

from shared.http.positions import Position

T = TypeVar("T")
WITHIN = 10.0
EVERY = 0.02


@overload
async def eventually(
    check: Callable[[], Awaitable[T]], *, within: float = WITHIN, every: float = EVERY
) -> T: ...
@overload
async def eventually(
    check: Callable[[], T], *, within: float = WITHIN, every: float = EVERY
) -> T: ...
async def eventually(
    check: Callable[[], object], *, within: float = WITHIN, every: float = EVERY
) -> object:
    """Call `check`, a function or coroutine function, until its result is true; return the result.

    A false result or an AssertionError means "not yet". After `within` seconds an AssertionError
    states the last result.
    """
    deadline = time.monotonic() + within
    while True:
        seen, complaint = await _look(check)
        if seen:
            return seen
        if time.monotonic() >= deadline:
            what = getattr(check, "__qualname__", repr(check))
            last = complaint or repr(seen)
            raise AssertionError(f"not within {within:g} s: {what}; last: {last}") from complaint
        await asyncio.sleep(every)


async def wait_for_position(
    read: Callable[[], Awaitable[int]], wanted: Position, *, within: float = WITHIN
) -> None:
    """Wait until `read` returns the position's sequence or a later one."""

    async def reached() -> bool:
        sequence = await read()
        if sequence < wanted.sequence:
            raise AssertionError(f"{wanted} is wanted, {sequence} is reached")
        return True

    await eventually(reached, within=within)


async def _look(check: Callable[[], object]) -> tuple[object, AssertionError | None]:
    try:
        seen = check()
        return (await seen if inspect.isawaitable(seen) else seen), None
    except AssertionError as complaint:
        return None, complaint
