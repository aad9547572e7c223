"""Compares the attachments of a township with their digests: part of `concord verify --live`."""

from collections.abc import AsyncIterator, Collection, Mapping
from hmac import compare_digest
from typing import LiteralString, NamedTuple

from psycopg.rows import class_row

from shared.attachments import storing
from shared.attachments.sealing import AttachmentKey
from shared.keys import NotUnsealed
from shared.postgres import Connection
from shared.vault import Vault

_KEEPS_ATTACHMENTS: LiteralString = "select to_regclass('vault_attachment') is not null"
_HEADS: LiteralString = """
    select stream_id, digest, person_ref, parts, size from vault_attachment
    where division_code = %s order by stream_id, digest
"""


class _Head(NamedTuple):
    stream_id: str
    digest: str
    person_ref: str
    parts: int
    size: int


class FilesOfVault(NamedTuple):
    """The files of a township: their wrapped keys, whose are erased, and which have what stream."""

    keys: Mapping[str, bytes]
    erased: Collection[str]
    of_streams: Mapping[str, str]


class Checked(NamedTuple):
    """An attachment that is there, and what is wrong with it."""

    digest: str
    finding: str | None


async def attachments(
    connection: Connection, division: str, vault: Vault, files: FilesOfVault
) -> AsyncIterator[Checked]:
    """Every attachment of a township, but for those of erased files."""
    cursor = await connection.execute(_KEEPS_ATTACHMENTS)
    if await cursor.fetchone() != (True,):
        return
    async with connection.cursor(row_factory=class_row(_Head)) as heads:
        await heads.execute(_HEADS, (division,))
        found = await heads.fetchall()
    for head in found:
        if head.person_ref not in files.erased:
            yield Checked(head.digest, await _finding(connection, head, vault, files))


async def _finding(
    connection: Connection, head: _Head, vault: Vault, files: FilesOfVault
) -> str | None:
    what = f"an attachment of {head.stream_id}, {head.digest},"
    wrapped_key = files.keys.get(head.person_ref)
    if wrapped_key is None:
        return f"{what} has no key"
    if files.of_streams.get(head.stream_id, head.person_ref) != head.person_ref:
        return f"{what} is kept under another file"
    key = AttachmentKey(head.stream_id, vault.unlock(head.person_ref, wrapped_key))
    follows = await _follows(connection, head, key)
    return None if follows else f"{what} is not what its digest says"


async def _follows(connection: Connection, head: _Head, key: AttachmentKey) -> bool:
    hasher, size = key.hasher(), 0
    for part in range(head.parts):
        sealed = await storing.sealed_part(connection, head.stream_id, head.digest, part)
        if sealed is None:
            return False
        try:
            content = key.unseal(sealed, head.digest, part, head.parts)
        except NotUnsealed:
            return False
        hasher.update(content)
        size += len(content)
    return compare_digest(hasher.hexdigest(), head.digest) and size == head.size
