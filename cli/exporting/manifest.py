"""The manifest of an export: its ledgers, and the SHA-256 of each file and of the manifest."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from cli.exporting.ledgers import Exported
from shared.canonical import canonical
from shared.times import to_wire

FILE_NAME = "manifest.json"


def write_manifest(
    folder: Path,
    *,
    division: str,
    ledgers: Iterable[Exported],
    made_at: datetime,
    figures_at: datetime | None = None,
) -> None:
    """Write the manifest, last of all: a folder without it is not an export."""
    content: dict[str, object] = {
        "format": "concord-export",
        "version": 1,
        "division": division,
        "made_at": to_wire(made_at),
        **({"figures_at": to_wire(figures_at)} if figures_at else {}),
        "ledgers": [
            {"ledger": ledger.name, "events": ledger.events, "head_hash": ledger.head_hash}
            for ledger in ledgers
        ],
        "files": {
            path.relative_to(folder).as_posix(): _digest(path)
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        },
    }
    content["digest"] = hashlib.sha256(canonical(content)).hexdigest()
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    (folder / FILE_NAME).write_bytes(text.encode())


def _digest(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
