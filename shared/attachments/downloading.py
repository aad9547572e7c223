"""An attachment as a download: checked whole before its first byte is sent, then part by part."""

from collections.abc import AsyncIterator
from hmac import compare_digest

from fastapi import Response
from fastapi.responses import StreamingResponse

from shared.attachments import storing
from shared.attachments.sealing import AttachmentKey
from shared.attachments.storing import Stored
from shared.contracts.attachment_codes import MediaType
from shared.keys import NotUnsealed
from shared.postgres import Pool
from shared.vault import EntryExchanged


async def read_parts(
    pool: Pool, scope: str, key: AttachmentKey, stored: Stored
) -> AsyncIterator[bytes]:
    """The content; no connection is held between two parts. Raises NotUnsealed."""
    for part in range(stored.parts):
        sealed = await storing.part_of(pool, scope, key.stream_id, stored.digest, part)
        if sealed is None:
            raise NotUnsealed
        yield key.unseal(sealed, stored.digest, part, stored.parts)


async def check_content(pool: Pool, scope: str, key: AttachmentKey, stored: Stored) -> None:
    """Raise NotUnsealed or EntryExchanged where the parts are not those of the digest."""
    hasher, size = key.hasher(), 0
    async for piece in read_parts(pool, scope, key, stored):
        hasher.update(piece)
        size += len(piece)
    if size != stored.size or not compare_digest(hasher.hexdigest(), stored.digest):
        raise EntryExchanged


def file_name(stored: Stored) -> str:
    """What the file is called once it is saved: the digest's beginning, and its type."""
    return f"{stored.digest[:12]}.{MediaType(stored.media_type).suffix}"


def download(pool: Pool, scope: str, key: AttachmentKey, stored: Stored) -> Response:
    """The file to be saved; a browser runs nothing of it, whatever it takes it for."""
    return StreamingResponse(
        read_parts(pool, scope, key, stored),
        media_type=stored.media_type,
        headers={
            "Content-Length": str(stored.size),
            "Content-Disposition": f'attachment; filename="{file_name(stored)}"',
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cache-Control": "no-store",
        },
    )
