"""Events that every service publishes about its own ledgers."""

from hashlib import sha256
from typing import Annotated, Any, ClassVar

from pydantic import Field, StringConstraints

from shared.contracts.event import Event
from shared.contracts.ledger_codes import ClockReason, RestoreReason
from shared.contracts.words import Digest
from shared.times import WireTime
from shared.upcasting import upcaster

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
    `head_sequence`; `key_id` is the SHA-256 of the raw public key. `previous_seal` is the SHA-256
    of the canonical JSON of the data of the ledger's seal before this one, 64 zeros for the first;
    version 1 lacks it. `openings` and `openings_hash` are the last line of the division's log of
    who was shown private content, where that has any.
    """

    schema_version: ClassVar[int] = 2

    ledger: LedgerRef
    day: Day
    """The last day, by the time of recording, whose events are under the seal."""
    head_sequence: Annotated[int, Field(ge=1)]
    head_hash: Digest
    merkle_root: Digest
    key_id: Digest
    signature: Signature
    previous_seal: Digest | None = None
    openings: Annotated[int, Field(ge=1)] | None = None
    """How many lines the log of openings had at the end of the day."""
    openings_hash: Digest | None = None
    """The hash of the last of them, which is chained to all before."""

    @property
    def digest(self) -> str:
        """SHA-256 of its data as canonical JSON: what the next seal names as `previous_seal`."""
        return sha256(self.to_canonical()).hexdigest()


@upcaster("ledger-sealed", from_version=1)
def _without_previous_seal(data: dict[str, Any]) -> dict[str, Any]:
    """Nothing is added: the signature is over what a version 1 seal said."""
    return data


class LedgerRestoreAccepted(Event):
    """A person accepts that a ledger was put back to an earlier state, such as by a backup.

    The service had sealed more than the ledger holds, as the journal beside its key says, and
    signs nothing until this event is recorded. It is about no matter, so it names none.
    """

    ledger: LedgerRef
    reason: RestoreReason
    head_sequence: Annotated[int, Field(ge=1)]
    """The last event under the latest seal of the journal, which the ledger no longer holds so."""
    head_hash: Digest
    sealed_day: Day
    seal: Digest
    """SHA-256 of the canonical JSON of that seal's data."""


class LedgerClockAccepted(Event):
    """A person says that the clock is right, although it is far beyond the newest record.

    Without this the service appends nothing when it starts under such a clock. It is recorded in
    the ledger of the newest record and holds for all ledgers of the service. It is about no matter,
    so it names none.
    """

    ledger: LedgerRef
    newest_recorded_at: WireTime
    """The newest record of the service's ledgers before this event."""


class LedgerClockCorrected(Event):
    """The times of a ledger were ahead of what they should have been, and start again here.

    At this event, and at no other, `recordedtime` may be earlier than at the event before. It is
    about no matter, so it names none.
    """

    ledger: LedgerRef
    reason: ClockReason
    wrong_recorded_at: WireTime
    """What the event before this one bears, recorded under a clock that ran ahead."""
