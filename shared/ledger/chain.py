"""The hash chain of a ledger.

The digest covers the content of an event; the hash covers the digest, the sequence, the time of
recording and the hash before. The database computes the hash under the ledger's lock; this is the
same computation for checks.
"""

from datetime import datetime
from hashlib import sha256

import orjson

from shared.canonical import canonical_unchecked
from shared.contracts.catalogue import dataschema
from shared.times import epoch_microseconds, to_wire

FIRST = bytes(32)
"""The hash before a ledger's first event."""


def digest_of(
    *,
    event_id: str,
    kind: str,
    schema_version: int,
    source: str,
    stream_id: str,
    division: str,
    occurred_at: datetime,
    data: bytes,
    actor_ref: str | None,
    correlation_id: str | None,
    causation_id: str | None,
) -> bytes:
    """SHA-256 of the event's canonical form; `data` is canonical already."""
    said = {
        "id": event_id,
        "type": kind,
        "source": source,
        "subject": stream_id,
        "time": to_wire(occurred_at),
        "dataschema": dataschema(kind, schema_version),
        "partitionkey": division,
        "actorref": actor_ref,
        "correlationid": correlation_id,
        "causationid": causation_id,
        "data": orjson.Fragment(data),
    }
    present = {name: value for name, value in said.items() if value is not None}
    return sha256(canonical_unchecked(present)).digest()


def hash_after(previous: bytes, digest: bytes, sequence: int, recorded_at: datetime) -> bytes:
    """The hash of the event at `sequence`."""
    place = sequence.to_bytes(8, "big")
    moment = epoch_microseconds(recorded_at).to_bytes(8, "big", signed=True)
    return sha256(previous + digest + place + moment).digest()
