"""What the receipts of a service hold, opened by whoever has the service's key."""

from collections.abc import Iterator
from typing import LiteralString

import psycopg

from shared.http import IdempotencyKey
from shared.keys import Keys

_RECEIPTS: LiteralString = (
    "select route, idempotency_key, request_mac, response from command_receipt "
    "where actor_ref not like 'policy:%'"
)


def opened_receipts(superuser: psycopg.Connection, keys: Keys) -> Iterator[bytes]:
    """The content of every receipt of a request."""
    envelope = keys.for_purpose("receipt-seal")
    for route, key, mac, sealed in superuser.execute(_RECEIPTS).fetchall():
        yield IdempotencyKey(route, key, bytes(mac), envelope).unseal(bytes(sealed))
