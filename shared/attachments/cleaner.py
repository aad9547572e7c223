"""Runs the cleaning process: with nothing of the service's environment, a few at a time."""

import asyncio
import contextlib
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping

import orjson

from shared.attachments.limits import CHILD_WALL_SECONDS, CHILDREN, LARGEST
from shared.attachments.refusals import (
    AttachmentActs,
    AttachmentProtected,
    AttachmentTooCostly,
    AttachmentTypeNotTaken,
    AttachmentUnreadable,
)
from shared.attachments.verdict import Cleaned, Reason
from shared.refusals import Refusal

_MODULE = "shared.attachments.clean_file"
_REFUSALS: Mapping[str, type[Refusal]] = {
    Reason.TYPE: AttachmentTypeNotTaken,
    Reason.BROKEN: AttachmentUnreadable,
    Reason.PROTECTED: AttachmentProtected,
    Reason.ACTIVE: AttachmentActs,
    Reason.COSTLY: AttachmentTooCostly,
}
_KEPT = ("LD_LIBRARY_PATH",)


class Cleaner:
    """Cleans files, a few at a time; the others wait."""

    def __init__(self) -> None:
        self._at_once = asyncio.Semaphore(CHILDREN)

    async def clean(self, given: bytes) -> Cleaned:
        """The type of the file and what is kept of it; raises one of CLEANING_REFUSALS."""
        try:
            async with self._at_once, asyncio.timeout(CHILD_WALL_SECONDS):
                return await _cleaned(given)
        except TimeoutError:
            raise AttachmentTooCostly from None


async def _cleaned(given: bytes) -> Cleaned:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        _MODULE,
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        env=_environment(),
    )
    feeding = asyncio.create_task(_feed(child, given))
    try:
        return await _answer(child, given)
    finally:
        feeding.cancel()
        with contextlib.suppress(ProcessLookupError):
            child.kill()
        # To its end: a pipe that nobody reads out keeps the transport open after the process.
        await child.communicate()


def _environment() -> dict[str, str]:
    """No key, no address of a database: only where the modules are."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "LC_ALL": "C.UTF-8", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


async def _feed(child: Process, given: bytes) -> None:
    assert child.stdin is not None  # noqa: S101 - it is a pipe
    with contextlib.suppress(ConnectionError):
        child.stdin.write(given)
        await child.stdin.drain()
        child.stdin.close()


async def _answer(child: Process, given: bytes) -> Cleaned:
    assert child.stdout is not None  # noqa: S101 - it is a pipe
    said = _said(await child.stdout.readline())
    if "refused" in said:
        raise _REFUSALS[str(said["refused"])]
    if said["same"]:
        return Cleaned(str(said["media_type"]), given)
    content = bytearray()
    while piece := await child.stdout.read(2**18):
        content += piece
        if len(content) > LARGEST:
            raise AttachmentTooCostly
    if await child.wait() != 0:
        raise AttachmentTooCostly
    return Cleaned(str(said["media_type"]), bytes(content))


def _said(line: bytes) -> dict[str, object]:
    """The first line; a process that ended without one took more memory or time than it may."""
    if not line:
        raise AttachmentTooCostly
    said: dict[str, object] = orjson.loads(line)
    return said
