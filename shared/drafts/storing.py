"""Drafts in the database: sealed, found by a keyed digest of their id, emptied when they are over."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, LiteralString

import orjson

from shared.http.idempotency import digest_of_key
from shared.identity import Actor
from shared.keys import Key, Keys
from shared.ledger import Statement
from shared.postgres import Pool, rows, transaction

KEPT = timedelta(days=14)
MOST = 100
"""The most drafts that a post may have at once."""

# what is beyond the number is not inserted, and the one that is there is saved again
_SAVE: LiteralString = """
    insert into vault_draft (division_code, owner, form, draft_key, sealed)
    select %(division)s, %(owner)s, %(form)s, %(draft_key)s, %(sealed)s
    where (select count(*) from vault_draft
           where division_code = %(division)s and owner = %(owner)s and sealed is not null
             and saved_at > clock_timestamp() - %(kept)s
             and (draft_key, form) <> (%(draft_key)s, %(form)s)) < %(most)s
    on conflict (division_code, owner, draft_key, form)
    do update set sealed = excluded.sealed, saved_at = clock_timestamp()
    returning saved_at
"""
_FIND: LiteralString = """
    select sealed, saved_at from vault_draft
    where division_code = %(division)s and owner = %(owner)s and draft_key = %(draft_key)s
      and form = %(form)s and sealed is not null and saved_at > clock_timestamp() - %(kept)s
"""
_EMPTY: LiteralString = """
    update vault_draft set sealed = null
    where division_code = %(division)s and owner = %(owner)s and form = %(form)s
      and draft_key = any(%(draft_keys)s) and sealed is not null
"""


@dataclass(frozen=True, slots=True)
class DraftName:
    """A form and the digests of the ids under which a draft of it may be kept."""

    form: str
    draft_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What was saved, and when."""

    values: dict[str, Any]
    saved_at: datetime


class Drafts:
    """The drafts of one post."""

    def __init__(self, pool: Pool, keys: Keys, actor: Actor) -> None:
        """Whoever asks is the owner."""
        self._pool, self._keys, self._actor = pool, keys, actor

    async def save(self, form: str, draft_id: str, values: dict[str, Any]) -> datetime | None:
        """Take the place of what was saved before; None where the post has too many."""
        named = self._named(form, draft_id)
        sealed = self._key().seal(orjson.dumps(values), bound_to=self._place(named))
        async with transaction(self._pool, self._actor.scope) as connection:
            found = await rows(connection, _SAVE, {**named, "sealed": sealed, "most": MOST})
        return found[0]["saved_at"] if found else None

    async def find(self, form: str, draft_id: str) -> Draft | None:
        """None where there is none, or its fourteen days are over."""
        named = self._named(form, draft_id)
        async with transaction(self._pool, self._actor.scope) as connection:
            found = await rows(connection, _FIND, named)
        if not found:
            return None
        opened = self._key().unseal(found[0]["sealed"], bound_to=self._place(named))
        return Draft(orjson.loads(opened), found[0]["saved_at"])

    async def empty(self, form: str, draft_id: str) -> None:
        """Nothing of it is kept; its row goes with the daily job."""
        name = DraftName(form, (digest_of_key(self._keys, draft_id),))
        statement = emptied(self._actor, name)
        async with transaction(self._pool, self._actor.scope) as connection:
            await connection.execute(statement.query, statement.parameters)

    def _named(self, form: str, draft_id: str) -> dict[str, Any]:
        return {
            "division": self._actor.scope,
            "owner": self._actor.ref,
            "form": form,
            "draft_key": digest_of_key(self._keys, draft_id),
            "kept": KEPT,
        }

    def _key(self) -> Key:
        return self._keys.for_purpose("draft-seal")

    @staticmethod
    def _place(named: dict[str, Any]) -> bytes:
        parts = ("division", "owner", "form", "draft_key")
        return "\0".join(str(named[each]) for each in parts).encode()


def emptied(actor: Actor, name: DraftName) -> Statement:
    """What empties a post's draft along with the events of the command that it became."""
    return Statement(
        _EMPTY,
        {
            "division": actor.scope,
            "owner": actor.ref,
            "form": name.form,
            "draft_keys": list(name.draft_keys),
        },
    )
