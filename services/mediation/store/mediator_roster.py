"""The roster: one row a mediator, and how many open disputes each has.

The count is shown beside the name in the roster's own order, which is that of enrolment; nothing
sorts, compares or filters by it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import LiteralString

import orjson
from psycopg.rows import class_row

from services.mediation.domain.mediator import Mediator
from shared.divisions import division_of
from shared.handling import Written
from shared.ledger import Statement
from shared.postgres import Pool, rows, transaction

_KEEP: LiteralString = """
    insert into mediator_roster as roster
        (division_code, mediator_id, person_ref, kinds, on_roster, version)
    select %(division)s, mediator_id, person_ref, kinds, on_roster, version
    from json_to_recordset(%(lines)s::json) as line (
        mediator_id text, person_ref text, kinds text[], on_roster boolean, version integer)
    on conflict (division_code, mediator_id)
    do update set kinds = excluded.kinds, on_roster = excluded.on_roster,
        version = excluded.version
"""
_POST: LiteralString = """
    insert into mediator_post as known (division_code, mediator_id, post)
    values (%(division)s, %(mediator_id)s, %(post)s)
    on conflict (division_code, mediator_id) do update set post = excluded.post,
        former = array_append(array_remove(known.former, known.post), known.post)
    where known.post <> excluded.post
"""
_LIST: LiteralString = """
    select division_code as division, mediator_id, person_ref, kinds, on_roster, version,
        (select count(*) from mediation_hand as hand
         join mediation_board as board using (division_code, mediation_id)
         where hand.division_code = roster.division_code
           and hand.mediator_id = roster.mediator_id
           and hand.takes_part and board.state = any(array['applied', 'open'])) as open_disputes
    from mediator_roster as roster
    where (%(division)s::text is null or division_code = %(division)s)
      and (%(everyone)s or on_roster)
      and (%(division_after)s::text is null
           or (division_code, mediator_id) > (%(division_after)s, %(mediator_after)s))
    order by division_code, mediator_id
    limit %(limit)s
"""
_ON_ROSTER: LiteralString = """
    select mediator_id, version from mediator_roster
    where division_code = %(division)s and mediator_id = any(%(mediators)s) and on_roster
"""
_PERSONS: LiteralString = """
    select mediator_id, person_ref from mediator_roster
    where division_code = %(division)s and mediator_id = any(%(mediators)s) order by mediator_id
"""
_OF_POST: LiteralString = """
    select mediator_id from mediator_post join mediator_roster using (division_code, mediator_id)
    where post = %(post)s and on_roster order by division_code, mediator_id
"""
_COMES_AS: LiteralString = """
    select exists (
        select from mediator_post as own
        where own.division_code = %(division)s and own.mediator_id = any(%(mediators)s)
          and (own.post = %(post)s or %(post)s = any(own.former) and not exists (
              select from mediator_post as other
              join mediator_roster using (division_code, mediator_id)
              where other.division_code = own.division_code
                and other.post = %(post)s and on_roster))) as comes
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterLine:
    """A mediator as the roster shows it."""

    division: str
    mediator_id: str
    person_ref: str
    kinds: list[str]
    on_roster: bool
    open_disputes: int
    version: int


async def list_mediators(
    pool: Pool,
    scope: str,
    *,
    division: str | None,
    everyone: bool,
    after: tuple[str, str] | None,
    limit: int,
) -> list[RosterLine]:
    """The mediators that follow `after`, within the scope; `everyone` has those who left as well."""
    division_after, mediator_after = after or (None, None)
    named = {
        "division": division,
        "everyone": everyone,
        "division_after": division_after,
        "mediator_after": mediator_after,
        "limit": limit,
    }
    async with (
        transaction(pool, scope) as connection,
        connection.cursor(row_factory=class_row(RosterLine)) as cursor,
    ):
        await cursor.execute(_LIST, named)
        return await cursor.fetchall()


async def on_roster(pool: Pool, division: str, mediators: Collection[str]) -> dict[str, int]:
    """Those of the mediators who are on the township's roster now, with their streams' versions."""
    named = {"division": division, "mediators": list(mediators)}
    async with transaction(pool, division) as connection:
        found = await rows(connection, _ON_ROSTER, named)
    return {row["mediator_id"]: row["version"] for row in found}


async def persons(pool: Pool, division: str, mediators: Collection[str]) -> dict[str, str]:
    """The references of the mediators' persons, by mediator, those who left included."""
    named = {"division": division, "mediators": list(mediators)}
    async with transaction(pool, division) as connection:
        found = await rows(connection, _PERSONS, named)
    return {row["mediator_id"]: row["person_ref"] for row in found}


async def of_post(pool: Pool, scope: str, post: str) -> list[str]:
    """Under which ids a post is on the roster."""
    async with transaction(pool, scope) as connection:
        found = await rows(connection, _OF_POST, {"post": post})
    return [row["mediator_id"] for row in found]


async def comes_as(pool: Pool, division: str, post: str, mediators: Collection[str]) -> bool:
    """Whether one of these mediators of a township comes as the post, or ever came.

    A post of before that is another's on the roster now is that one's: it was given on, or had
    been mistyped.
    """
    named = {"division": division, "post": post, "mediators": list(mediators)}
    async with transaction(pool, division) as connection:
        (found,) = await rows(connection, _COMES_AS, named)
    return bool(found["comes"])


def beside(written: Sequence[Written[Mediator]]) -> list[Statement]:
    """What writes the roster along with events of one ledger."""
    lines = [
        {
            "mediator_id": each.state.mediator_id,
            "person_ref": each.state.person_ref,
            "kinds": sorted(each.state.kinds),
            "on_roster": each.state.on_roster,
            "version": each.state.version,
        }
        for each in written
    ]
    division = division_of(written[0].new[0].stream_id)
    return [Statement(_KEEP, {"division": division, "lines": orjson.dumps(lines).decode()})]


def keep_post(mediator_id: str, post: str) -> Statement:
    """The write of the post as which a mediator logs in."""
    named = {"division": division_of(mediator_id), "mediator_id": mediator_id, "post": post}
    return Statement(_POST, named)
