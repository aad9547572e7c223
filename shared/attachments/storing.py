"""Attachments in the tables of a vault: written once, found by record and digest."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import LiteralString

from shared.attachments.limits import MOST_OF_ACTOR_A_DAY, MOST_OF_RECORD
from shared.attachments.refusals import RecordHasTooManyAttachments, TooManyUploads
from shared.attachments.sealing import AttachmentKey, parts_of
from shared.attachments.verdict import Cleaned
from shared.divisions import division_of
from shared.identity import Actor
from shared.ledger import Statement
from shared.postgres import Connection, Pool, rows, transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """An attachment that is kept, named by an event or not yet."""

    digest: str
    media_type: str
    size: int
    parts: int
    person_ref: str


_FIND: LiteralString = """
    select digest, media_type, size, parts, person_ref from vault_attachment
    where division_code = %(division)s and stream_id = %(stream_id)s and digest = %(digest)s
"""
_NAMED: LiteralString = """
    select exists (
        select from event
        where division_code = %(division)s and stream_id = %(stream_id)s
          and position(%(digest)s in data) > 0) as named
"""
_COUNT: LiteralString = """
    select
        (select count(*) from vault_attachment
         where division_code = %(division)s and stream_id = %(stream_id)s) as of_record,
        (select count(*) from vault_attachment
         where division_code = %(division)s and actor_ref = %(actor_ref)s
           and uploaded_at > clock_timestamp() - interval '24 hours') as of_actor
"""
# Uploads of a division take their places one after the other, so that no bound is passed.
_ONE_AFTER_THE_OTHER: LiteralString = """
    select pg_advisory_xact_lock(hashtextextended('attachments of ' || %(division)s, 0))
"""
_KEEP_PART: LiteralString = """
    insert into vault_attachment_part (division_code, stream_id, digest, part, sealed)
    values (%(division)s, %(stream_id)s, %(digest)s, %(part)s, %(sealed)b)
    on conflict do nothing
"""
_KEEP: LiteralString = """
    insert into vault_attachment
        (division_code, stream_id, digest, person_ref, media_type, size, parts, actor_ref)
    values (%(division)s, %(stream_id)s, %(digest)s, %(person_ref)s, %(media_type)s, %(size)s,
            %(parts)s, %(actor_ref)s)
    on conflict do nothing
"""
_PART: LiteralString = """
    select sealed from vault_attachment_part
    where division_code = %s and stream_id = %s and digest = %s and part = %s
"""
_NOTE_READ: LiteralString = """
    insert into vault_attachment_read
        (division_code, stream_id, digest, actor_ref, role, correlation_id)
    values (%(division)s, %(stream_id)s, %(digest)s, %(actor_ref)s, %(role)s, %(correlation_id)s)
"""
# No stream has version -1, so the check fails where the upload is gone.
_REQUIRE_STORED: LiteralString = """
    select ledger_require_versions_v1(%(division)s::text, json_build_object(%(stream_id)s::text, -1))
    where not exists (
        select from vault_attachment
        where division_code = %(division)s and stream_id = %(stream_id)s and digest = %(digest)s)
"""


def _named(stream_id: str, digest: str = "") -> dict[str, object]:
    return {"division": division_of(stream_id), "stream_id": stream_id, "digest": digest}


async def find(pool: Pool, scope: str, stream_id: str, digest: str) -> Stored | None:
    """What was uploaded for a record under this digest."""
    async with transaction(pool, scope) as connection:
        found = await rows(connection, _FIND, _named(stream_id, digest))
    return Stored(**found[0]) if found else None


async def find_named(pool: Pool, scope: str, stream_id: str, digest: str) -> Stored | None:
    """The same, where an event of the record names it."""
    of = _named(stream_id, digest)
    async with transaction(pool, scope) as connection:
        found = await rows(connection, _FIND, of)
        named = await rows(connection, _NAMED, of)
    return Stored(**found[0]) if found and named[0]["named"] else None


def require_stored(stream_id: str, digest: str) -> Statement:
    """A conflict of the append where the upload was purged since it was looked up."""
    return Statement(_REQUIRE_STORED, _named(stream_id, digest))


async def refuse_beyond_bounds(pool: Pool, actor: Actor, stream_id: str) -> None:
    """Raise RecordHasTooManyAttachments or TooManyUploads before a body is read."""
    async with transaction(pool, actor.scope) as connection:
        await _refuse_beyond(connection, _of_actor(actor, stream_id))


async def keep(pool: Pool, actor: Actor, key: AttachmentKey, cleaned: Cleaned) -> Stored:
    """Seal and store; what is there already stays as it is. Raises as `refuse_beyond_bounds`."""
    content = cleaned.content
    stored = Stored(
        digest=key.digest(content),
        media_type=cleaned.media_type,
        size=len(content),
        parts=parts_of(len(content)),
        person_ref=key.file.person_ref,
    )
    of = _named(key.stream_id, stored.digest) | _of_actor(actor, key.stream_id)
    async with transaction(pool, actor.scope) as connection:
        for part, sealed in enumerate(key.seal(content, stored.digest)):
            await connection.execute(_KEEP_PART, {**of, "part": part, "sealed": sealed})
        await connection.execute(_ONE_AFTER_THE_OTHER, of)
        if not await rows(connection, _FIND, of):
            await _refuse_beyond(connection, of)
        await connection.execute(_KEEP, {**of, **_columns(stored)})
    return stored


async def keep_copy(
    pool: Pool, scope: str, key: AttachmentKey, content: bytes, *, media_type: str, by: str
) -> Stored:
    """Seal and store what another record of the service has already; no bound of uploads counts it.

    `by` names the policy that copies it. What is there already stays as it is.
    """
    stored = Stored(
        digest=key.digest(content),
        media_type=media_type,
        size=len(content),
        parts=parts_of(len(content)),
        person_ref=key.file.person_ref,
    )
    of = _named(key.stream_id, stored.digest) | {"actor_ref": by}
    async with transaction(pool, scope) as connection:
        for part, sealed in enumerate(key.seal(content, stored.digest)):
            await connection.execute(_KEEP_PART, {**of, "part": part, "sealed": sealed})
        await connection.execute(_KEEP, {**of, **_columns(stored)})
    return stored


def _of_actor(actor: Actor, stream_id: str) -> dict[str, object]:
    division = division_of(stream_id)
    return {"division": division, "stream_id": stream_id, "actor_ref": actor.place}


def _columns(stored: Stored) -> Mapping[str, object]:
    return {
        "person_ref": stored.person_ref,
        "media_type": stored.media_type,
        "size": stored.size,
        "parts": stored.parts,
    }


async def _refuse_beyond(connection: Connection, of: Mapping[str, object]) -> None:
    [count] = await rows(connection, _COUNT, of)
    if count["of_record"] >= MOST_OF_RECORD:
        raise RecordHasTooManyAttachments(most=MOST_OF_RECORD)
    if count["of_actor"] >= MOST_OF_ACTOR_A_DAY:
        raise TooManyUploads(most=MOST_OF_ACTOR_A_DAY)


async def note_read(
    pool: Pool, actor: Actor, stream_id: str, digest: str, correlation_id: str | None
) -> None:
    """Record who reads an attachment, before it is shown; the reader may be of another township."""
    named = {
        **_named(stream_id, digest),
        "actor_ref": actor.place,
        "role": actor.role.value,
        "correlation_id": correlation_id,
    }
    async with transaction(pool, division_of(stream_id)) as connection:
        await connection.execute(_NOTE_READ, named)


async def part_of(pool: Pool, scope: str, stream_id: str, digest: str, part: int) -> bytes | None:
    """A sealed part, read in binary; None where it is gone."""
    async with transaction(pool, scope) as connection:
        return await sealed_part(connection, stream_id, digest, part)


async def sealed_part(
    connection: Connection, stream_id: str, digest: str, part: int
) -> bytes | None:
    """The same on an open connection, within its scope."""
    place = (division_of(stream_id), stream_id, digest, part)
    cursor = connection.cursor(binary=True)
    await cursor.execute(_PART, place)
    found = await cursor.fetchone()
    return bytes(found[0]) if found else None
