"""The receipts of many commands that are appended together, each under a key of its own."""

from collections.abc import Sequence
from typing import LiteralString

from shared.ledger.append_input import Author, Receipt, Statement
from shared.postgres import SET_SCOPE, Connection

_WRITE: LiteralString = """
    insert into command_receipt (division_code, actor_ref, route, idempotency_key, request_mac,
                                 response, first_seq, last_seq, recorded_at)
    select l.division_code, %(actor)s, made.route, made.key, made.mac, made.response, null,
           l.head_seq, l.head_recorded_at
    from ledger l,
         unnest(%(routes)s::text[], %(keys)s::text[], %(macs)s::bytea[], %(responses)s::bytea[])
             as made (route, key, mac, response)
    where l.division_code = %(division)s
"""
_KNOWN: LiteralString = """
    select idempotency_key from command_receipt
    where division_code = %s and actor_ref = any(%s) and route = %s and idempotency_key = any(%s)
"""
# No stream has version -1, so the check fails where the key was answered before.
_REQUIRE_NONE: LiteralString = """
    select ledger_require_versions_v1(%(division)s::text, json_object_agg(idempotency_key, -1))
    from command_receipt
    where division_code = %(division)s and actor_ref = any(%(refs)s::text[])
      and route = %(route)s and idempotency_key = %(key)s
"""


def receipts(division: str, author: Author, made: Sequence[Receipt]) -> Statement:
    """The statement that writes them with an append, whose last position they remember."""
    return Statement(
        _WRITE,
        {
            "division": division,
            "actor": author.actor_ref,
            "routes": [each.route for each in made],
            "keys": [each.key for each in made],
            "macs": [each.request_mac for each in made],
            "responses": [each.response for each in made],
        },
    )


async def known_keys(
    connection: Connection, division: str, author: Author, route: str, keys: Sequence[str]
) -> set[str]:
    """Those of the keys under which this author's command was appended before."""
    async with connection.pipeline():
        await connection.execute(SET_SCOPE, (author.scope,))
        named = (division, list(author.refs), route, list(keys))
        cursor = await connection.execute(_KNOWN, named)
        return {key for (key,) in await cursor.fetchall()}


def require_no_earlier(division: str, author: Author, receipt: Receipt | None) -> list[Statement]:
    """A conflict of the append if the key was answered under an earlier reference of the author.

    The append itself looks for a receipt under the current reference only.
    """
    if receipt is None or not author.earlier_refs:
        return []
    named = {
        "division": division,
        "refs": list(author.earlier_refs),
        "route": receipt.route,
        "key": receipt.key,
    }
    return [Statement(_REQUIRE_NONE, named)]
