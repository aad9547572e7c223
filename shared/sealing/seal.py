"""A seal: signing, checking, and the event that publishes it.

The seals of a ledger form one stream in it. The id of a day's seal is derived from ledger and day:
if two schedulers seal the same day, the ledger accepts one seal.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from shared.canonical import canonical_unchecked
from shared.contracts.catalogue import decode_data
from shared.contracts.ledger import LedgerRestoreAccepted, LedgerSealed
from shared.ledger import NewEvent
from shared.openings import OpeningsHead
from shared.sealing.seal_key import SealKeys


@dataclass(frozen=True, slots=True)
class Head:
    """The state of a ledger at the end of a day."""

    day: date
    sequence: int
    hash: bytes
    merkle_root: bytes
    openings: OpeningsHead | None = None
    """The end of the log of openings, where it has any line."""


NO_SEAL_BEFORE = bytes(32).hex()
"""What the first seal of a ledger names as the one before it."""


def sign(
    head: Head, *, ledger: str, keys: SealKeys, previous: str | None = NO_SEAL_BEFORE
) -> LedgerSealed:
    """The seal of a ledger (`intake/519900101`) at that head; `previous` is the last one's digest.

    Without it the seal says what a version 1 seal said.
    """
    said: dict[str, Any] = {
        "ledger": ledger,
        "day": head.day.isoformat(),
        "head_sequence": head.sequence,
        "head_hash": head.hash.hex(),
        "merkle_root": head.merkle_root.hex(),
        "key_id": keys.signing_id,
    }
    if previous is not None:
        said["previous_seal"] = previous
    if head.openings is not None:
        said["openings"] = head.openings.sequence
        said["openings_hash"] = head.openings.hash.hex()
    signature = keys.signing.sign(canonical_unchecked(said)).hex()
    return LedgerSealed(**said, signature=signature)


def is_signed(seal: LedgerSealed, known: Mapping[str, Ed25519PublicKey]) -> bool:
    """Whether the signature is valid and made by one of the known keys."""
    key = known.get(seal.key_id)
    if key is None:
        return False
    said = seal.to_data()
    signature = bytes.fromhex(said.pop("signature"))
    try:
        key.verify(signature, canonical_unchecked(said))
    except InvalidSignature:
        return False
    return True


def as_seal(
    data: dict[str, Any], schema_version: int = LedgerSealed.schema_version
) -> LedgerSealed:
    """Decode the data of a seal's event."""
    seal = decode_data(LedgerSealed.kind, schema_version, data)
    if not isinstance(seal, LedgerSealed):
        raise TypeError("a seal decodes as something else")
    return seal


def stream_of(service: str, division: str) -> str:
    """The id of the stream of a ledger's seals."""
    return _derived(division, f"{service}/{division}/seals")


def sealed_event(
    seal: LedgerSealed, *, version: int, at: datetime, again: bool = False
) -> NewEvent:
    """The event that publishes the seal, as the `version`-th of its ledger.

    `again`: a seal before this one may be of the same day, since the clock was corrected between
    them. The id then names the seal before as well.
    """
    service, division = seal.ledger.split("/")
    name = f"{seal.ledger}/seals/{seal.day}"
    return NewEvent(
        stream_id=stream_of(service, division),
        version=version,
        event_id=_derived(division, f"{name}/{seal.previous_seal}" if again else name),
        kind=seal.kind,
        schema_version=seal.schema_version if seal.previous_seal else 1,
        data=seal.to_canonical(),
        occurred_at=at,
    )


def restores_stream_of(service: str, division: str) -> str:
    """The id of the stream of the restores that were accepted for a ledger."""
    return _derived(division, f"{service}/{division}/restores")


def restore_event(accepted: LedgerRestoreAccepted, *, version: int, at: datetime) -> NewEvent:
    """The event that accepts a restore, as the `version`-th of its ledger.

    Its id follows from the seal that was lost: a restore is accepted once.
    """
    service, division = accepted.ledger.split("/")
    return NewEvent(
        stream_id=restores_stream_of(service, division),
        version=version,
        event_id=_derived(division, f"{accepted.ledger}/restores/{accepted.seal}"),
        kind=accepted.kind,
        schema_version=accepted.schema_version,
        data=accepted.to_canonical(),
        occurred_at=at,
    )


def clock_stream_of(service: str, division: str) -> str:
    """The id of the stream of what was said about a ledger's clock."""
    return _derived(division, f"{service}/{division}/clock")


def clock_event_id(service: str, division: str, version: int) -> str:
    """The id of its `version`-th event."""
    return _derived(division, f"{service}/{division}/clock/{version}")


def _derived(division: str, name: str) -> str:
    return f"{division}-{uuid.uuid5(uuid.NAMESPACE_URL, f'urn:concord:{name}')}"
