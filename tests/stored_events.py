"""Examples of every published event, as ledgers once kept them."""

from pathlib import Path

import orjson

from shared.contracts.catalogue import decode_data
from shared.contracts.event import Event

STORED = Path(__file__).parent / "contracts" / "stored"


def stored(kind: type[Event]) -> Event:
    """The first example of this kind."""
    line = (STORED / f"{kind.kind}-{kind.schema_version}.ndjson").read_bytes().splitlines()[0]
    return decode_data(kind.kind, kind.schema_version, orjson.loads(line))
