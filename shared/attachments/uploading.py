"""An upload: admitted, received, cleaned, sealed and stored, and answered the same when repeated."""

import hmac
from dataclasses import dataclass, field

import orjson
from fastapi import Request

from shared.attachments import storing
from shared.attachments.cleaner import Cleaner
from shared.attachments.receiving import Uploads, receive
from shared.attachments.sealing import AttachmentKey
from shared.attachments.storing import Stored
from shared.divisions import division_of
from shared.handling import IdempotencyKeyReused
from shared.http.idempotency import IdempotencyKey, key_of_upload
from shared.identity import Actor
from shared.ledger import KeyReused, Ledger, Receipt


@dataclass(frozen=True)
class Uploading:
    """What the uploads of a process share."""

    uploads: Uploads = field(default_factory=Uploads)
    cleaner: Cleaner = field(default_factory=Cleaner)

    async def take(
        self, request: Request, ledger: Ledger, actor: Actor, record: AttachmentKey
    ) -> Stored:
        """What is kept of the request's body; its file was found and opened before."""
        async with self.uploads.one(actor.place):
            await storing.refuse_beyond_bounds(ledger.pool, actor, record.stream_id)
            given = await receive(request)
            key = key_of_upload(request, given)
            if key is not None:
                earlier = await _earlier(ledger, actor, record, key)
                if earlier is not None:
                    return earlier
            cleaned = await self.cleaner.clean(given)
            del given
            stored = await storing.keep(ledger.pool, actor, record, cleaned)
        if key is not None:
            await _remember(ledger, actor, record, key, stored)
        return stored


async def _earlier(
    ledger: Ledger, actor: Actor, record: AttachmentKey, key: IdempotencyKey
) -> Stored | None:
    """What the same request stored before; None where it is new, or was purged since."""
    division = division_of(record.stream_id)
    found = await ledger.receipt(division, actor.author(division), key.route, key.key)
    if found is None:
        return None
    if not hmac.compare_digest(found.request_mac, key.request_mac):
        raise IdempotencyKeyReused
    digest = orjson.loads(key.unseal(found.response))["digest"]
    return await storing.find(ledger.pool, actor.scope, record.stream_id, digest)


async def _remember(
    ledger: Ledger, actor: Actor, record: AttachmentKey, key: IdempotencyKey, stored: Stored
) -> None:
    """The receipt has only the place of the answer. Of two requests at once with the same key and
    different bodies one is refused; what it uploaded is named by no event and is purged.
    """
    receipt = Receipt(
        route=key.route,
        key=key.key,
        request_mac=key.request_mac,
        response=key.seal(orjson.dumps({"digest": stored.digest})),
    )
    division = division_of(record.stream_id)
    outcome = await ledger.append(division, [], actor.author(division), receipt=receipt)
    if isinstance(outcome, KeyReused):
        raise IdempotencyKeyReused
