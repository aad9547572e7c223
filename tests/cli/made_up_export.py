"""An export as `concord export` lays it out, of made-up events; its hashes are left out."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from shared.cloudevents import RecordedEvent, to_structured
from shared.contracts.catalogue import SERVICES
from shared.contracts.event import Event

OWNER = {event.kind: service for service, events in SERVICES.items() for event in events}


def write_export(
    folder: Path,
    read: Sequence[tuple[Event, RecordedEvent]],
    *,
    division: str = "519900",
    made_at: str = "2027-01-01T00:00:00.000000Z",
) -> Path:
    """Write the events, each ledger in the order of recording."""
    ledgers: dict[str, list[bytes]] = defaultdict(list)
    for event, recorded in sorted(read, key=lambda each: each[1].recorded_at):
        service = OWNER[event.kind]
        own = ledgers[f"{service}/{recorded.division}"]
        placed = replace(recorded, source=f"/{service}", sequence=len(own) + 1)
        own.append(orjson.dumps(to_structured(placed)))
    for ledger, lines in ledgers.items():
        file = folder / "ledgers" / f"{ledger}.ndjson"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"".join(line + b"\n" for line in lines))
    manifest: dict[str, Any] = {
        "format": "concord-export",
        "version": 1,
        "division": division,
        "made_at": made_at,
        "ledgers": [
            {"ledger": ledger, "events": len(lines), "head_hash": ""}
            for ledger, lines in sorted(ledgers.items())
        ],
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder
