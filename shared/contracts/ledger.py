"""Events that every service publishes about its own ledgers."""

from typing import Annotated

from pydantic import Field, StringConstraints

from shared.contracts.event import Event
from shared.contracts.words import Digest

LedgerRef = Annotated[str, StringConstraints(pattern=r"^[a-z]+/[1-9][0-9]{5}([0-9]{3})?$")]
"""A ledger by its service and division: `intake/519900101`."""

Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
"""A day in China."""

Signature = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{128}$")]
"""An Ed25519 signature in lowercase hex."""


class LedgerSealed(Event):
    """A ledger's history up to the end of a day, signed. It is about no matter, so it names none.

    The signature is over the canonical JSON of this data without `signature`. `merkle_root` is
    the root of the RFC 6962 tree whose leaves are the hashes of the events from 1 to
    `head_sequence`; `key_id` is the SHA-256 of the raw public key.
    """

    ledger: LedgerRef
    day: Day
    """The last day, by the time of recording, whose events are under the seal."""
    head_sequence: Annotated[int, Field(ge=1)]
    head_hash: Digest
    merkle_root: Digest
    key_id: Digest
    signature: Signature
