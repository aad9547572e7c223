"""Files that only their owner may read, written whole or not at all."""

import os
from pathlib import Path


def write_private(file: Path, text: str) -> None:
    """Replaces the file in one step; nobody else can read it at any moment."""
    growing = file.with_name(f"{file.name}.new")
    growing.unlink(missing_ok=True)
    descriptor = os.open(growing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    growing.replace(file)


def is_private(file: Path) -> bool:
    """Whether it is there and closed to everyone but its owner, who is us."""
    if not file.is_file():
        return False
    found = file.stat()
    return found.st_uid == os.geteuid() and not found.st_mode & 0o077
