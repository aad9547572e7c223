"""Copies of seals at a place of the office's choice, such as a folder that another machine holds.

A copy elsewhere is what tells when somebody rewrites database and journal together. The place is
written `folder:/path`, `git:/path` or `smtp://host/address`. The second is a Git work tree, in
which the seals are committed and, where it has a remote, pushed; the third is a mail server
(`mailing`). No copy is ever written over.
"""

import asyncio
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog

from shared.background import is_ending
from shared.contracts.ledger import LedgerSealed
from shared.metrics import SEALS_NOT_COPIED
from shared.sealing.journal import JournalUnusable, SealJournal
from shared.sealing.mailing import WRITTEN, CopyMail, mail_of
from shared.sealing.not_copied import NotCopied

_LOOK_SECONDS = 30.0
_GIT_SECONDS = 60.0
_AUTHOR = ("-c", "user.name=concord", "-c", "user.email=seals@localhost")

log = structlog.get_logger()


@dataclass(frozen=True)
class CopyFolder:
    """A file for each seal: `intake/519900101/2025-03-04.json`, the signed data as canonical JSON."""

    path: Path

    def copy(self, seals: Sequence[LedgerSealed]) -> None:
        """Write what is not there yet; raises NotCopied."""
        try:
            if not self.path.is_dir():
                raise NotCopied(f"{self.path} is no folder")
            for seal in seals:
                self._write(seal)
        except OSError as fault:
            raise NotCopied(fault.strerror) from fault

    def _write(self, seal: LedgerSealed) -> None:
        content = seal.to_canonical() + b"\n"
        file = self.path / seal.ledger / f"{seal.day}.json"
        if file.exists() and file.read_bytes() != content:
            # after a restore a day may be sealed again: both seals are kept
            file = file.with_name(f"{seal.day}.{seal.digest[:16]}.json")
        if file.exists():
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        growing = file.with_suffix(f".{os.getpid()}.part")
        with growing.open("wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        growing.rename(file)


@dataclass(frozen=True)
class CopyGit:
    """A Git work tree that holds such a folder."""

    path: Path

    def copy(self, seals: Sequence[LedgerSealed]) -> None:
        """Write, commit and push what is not there yet; raises NotCopied."""
        CopyFolder(self.path).copy(seals)
        ledgers = sorted({seal.ledger for seal in seals})
        self._git("add", "--", *ledgers)
        if self._git("status", "--porcelain", "--untracked-files=no"):
            self._git(*_AUTHOR, "commit", "--quiet", "--message", "Add seals")
        if self._git("remote"):
            self._git("push", "--quiet", "origin", "HEAD")

    def _git(self, *words: str) -> str:
        try:
            done = subprocess.run(
                ["git", "-C", str(self.path), *words],
                env={**os.environ, "GIT_TERMINAL_PROMPT": "0"},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=True,
                timeout=_GIT_SECONDS,
            )
        except (OSError, subprocess.SubprocessError) as fault:
            # what git prints may hold a remote's address with a password in it
            raise NotCopied(f"git {words[0]} failed") from fault
        return done.stdout.strip()


Place = CopyFolder | CopyGit | CopyMail


def place_of(written: str) -> Place:
    """The place that a setting names; ValueError for any other."""
    kind, _, path = written.partition(":")
    if kind in {"smtp", "smtps"}:
        return mail_of(written)
    if not Path(path).is_absolute() or kind not in {"folder", "git"}:
        raise ValueError(f"has to be folder:/path, git:/path or {WRITTEN}")
    return CopyFolder(Path(path)) if kind == "folder" else CopyGit(Path(path))


class _Mark:
    """How far the journal was sent to a place that cannot be asked; lost, all is sent again."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def read(self) -> int:
        try:
            return int(self._file.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return 0

    def write(self, place: int) -> None:
        growing = self._file.with_suffix(f".{os.getpid()}.part")
        growing.write_text(str(place), encoding="ascii")
        growing.replace(self._file)


class SealCopies:
    """Copies what the journal of one service holds, from its first line on."""

    def __init__(self, journal: SealJournal, place: Place, *, service: str) -> None:
        self._journal = journal
        self._place = place
        self._service = service
        self._mark = (
            _Mark(journal.file.with_suffix(".sent")) if isinstance(place, CopyMail) else None
        )
        self._copied = self._mark.read() if self._mark else 0

    async def run(self) -> None:
        """Copy until cancelled; a place that is away is tried again."""
        while True:
            try:
                await self.copy_new()
            except (NotCopied, JournalUnusable) as fault:
                log.warning("seals are not copied", service=self._service, why=str(fault))
            if is_ending():
                return
            await asyncio.sleep(_LOOK_SECONDS)

    async def copy_new(self) -> int:
        """Copy the seals since the last time; gives how many, raises NotCopied."""
        seals, place = self._journal.seals_after(self._copied)
        waiting = SEALS_NOT_COPIED.labels(self._service)
        waiting.set(len(seals))
        if seals:
            await asyncio.to_thread(self._place.copy, seals)
        if self._mark and place != self._copied:
            self._mark.write(place)
        self._copied = place
        waiting.set(0)
        return len(seals)
