"""Of which records a service keeps attachments, who may add to them, and who may read them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from shared.attachments import storing
from shared.attachments.refusals import AttachmentNotUploaded
from shared.attachments.sealing import AttachmentKey
from shared.attachments.storing import Stored
from shared.contracts.vault_codes import OpeningPurpose
from shared.divisions import check_id
from shared.identity import Actor, Role
from shared.postgres import Pool
from shared.refusals import Refusal

FindFile = Callable[[Any, Actor, str], Awaitable[AttachmentKey]]
"""The record's id and file by the office, who asks, and how the record is named.

Refuses whoever may not add to the record.
"""


class Readable(NamedTuple):
    """The record's id and file, and for what its attachments are opened."""

    key: AttachmentKey
    purpose: OpeningPurpose = OpeningPurpose.HANDLING


FindToRead = Callable[[Any, Actor, str], Awaitable[Readable]]
"""The same for whoever may read the record's texts; refuses anyone else."""


@dataclass(frozen=True, kw_only=True)
class AttachmentRecords:
    """A service's declaration, of which `attachment_routes` makes its routes."""

    path: str
    """Of a record, such as `/cases/{case_id}`."""
    parameter: str
    """What the path calls the record."""
    adding: tuple[Role, ...]
    reading: tuple[Role, ...]
    to_add: FindFile
    to_read: FindToRead
    check: Callable[[str], str] = check_id
    """Of how a path may name the record."""
    needs_post: bool = False
    refusals: tuple[type[Refusal], ...] = field(default=())
    """What `to_add` and `to_read` refuse."""


async def uploaded(pool: Pool, actor: Actor, key: AttachmentKey, digest: str) -> Stored:
    """The upload that an event is about to name; raises AttachmentNotUploaded.

    The command that names it also writes `storing.require_stored`: the upload may be purged
    meanwhile.
    """
    found = await storing.find(pool, actor.scope, key.stream_id, digest)
    if found is None or found.person_ref != key.file.person_ref:
        raise AttachmentNotUploaded(field="digest")
    return found
