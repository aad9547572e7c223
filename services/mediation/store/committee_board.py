"""The committees: one row each, written in the transaction that appends their events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import LiteralString

import orjson
from psycopg.rows import class_row

from services.mediation.domain.committee import Committee
from shared.divisions import division_of
from shared.handling import Written
from shared.ledger import Statement
from shared.postgres import Pool, rows, transaction

_KEEP: LiteralString = """
    insert into committee_board as board (
        division_code, committee_id, committee_kind, village_code, members, women, term_from,
        term_to, seal_digest, dissolved, version)
    select %(division)s, committee_id, committee_kind, village_code, members, women,
        term_from, term_to, seal_digest, dissolved, version
    from json_to_recordset(%(lines)s::json) as line (
        committee_id text, committee_kind text, village_code text, members text[], women integer,
        term_from date, term_to date, seal_digest text, dissolved boolean, version integer)
    on conflict (division_code, committee_id)
    do update set members = excluded.members, women = excluded.women,
        term_from = excluded.term_from, term_to = excluded.term_to,
        seal_digest = excluded.seal_digest, dissolved = excluded.dissolved,
        version = excluded.version
"""
_NAME: LiteralString = """
    insert into committee_name (division_code, committee_id, name)
    values (%(division)s, %(committee_id)s, %(name)s)
    on conflict (division_code, committee_id) do update set name = excluded.name
"""
_NAME_OF: LiteralString = """
    select name from committee_name
    where division_code = %(division)s and committee_id = %(committee_id)s
"""
_LIST: LiteralString = """
    select division_code as division, committee_id, name, committee_kind, village_code, members,
        women, term_from, term_to, seal_digest, dissolved, version
    from committee_board join committee_name using (division_code, committee_id)
    where (%(division)s::text is null or division_code = %(division)s)
      and (%(division_after)s::text is null
           or (division_code, committee_id) > (%(division_after)s, %(committee_after)s))
    order by division_code, committee_id
    limit %(limit)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitteeLine:
    """A committee as the list shows it."""

    division: str
    committee_id: str
    name: str
    committee_kind: str
    village_code: str | None
    members: list[str]
    women: int
    term_from: date
    term_to: date
    seal_digest: str | None
    dissolved: bool
    version: int


async def list_committees(
    pool: Pool, scope: str, *, division: str | None, after: tuple[str, str] | None, limit: int
) -> list[CommitteeLine]:
    """The committees that follow `after`, within the scope, in the order of their founding."""
    division_after, committee_after = after or (None, None)
    named = {
        "division": division,
        "division_after": division_after,
        "committee_after": committee_after,
        "limit": limit,
    }
    async with (
        transaction(pool, scope) as connection,
        connection.cursor(row_factory=class_row(CommitteeLine)) as cursor,
    ):
        await cursor.execute(_LIST, named)
        return await cursor.fetchall()


async def name_of(pool: Pool, committee_id: str) -> str:
    """The name that the committee's papers bear; a caller knows that there is the committee."""
    division = division_of(committee_id)
    named = {"division": division, "committee_id": committee_id}
    async with transaction(pool, division) as connection:
        [found] = await rows(connection, _NAME_OF, named)
    return str(found["name"])


def beside(written: Sequence[Written[Committee]]) -> list[Statement]:
    """What writes the list along with events of one ledger."""
    lines = [line for each in written if (line := _line(each.state))]
    division = division_of(written[0].new[0].stream_id)
    return [Statement(_KEEP, {"division": division, "lines": orjson.dumps(lines).decode()})]


def _line(committee: Committee) -> dict[str, object] | None:
    established, seated, term = committee.established, committee.seated, committee.term
    if established is None or seated is None or term is None:
        return None
    return {
        "committee_id": established.committee_id,
        "committee_kind": established.committee_kind,
        "village_code": established.village_code,
        "members": seated.members,
        "women": seated.women,
        "term_from": term.term_from,
        "term_to": term.term_to,
        "seal_digest": committee.seal_digest,
        "dissolved": committee.dissolved,
        "version": committee.version,
    }


def keep_name(committee_id: str, name: str) -> Statement:
    """What writes the committee's name."""
    named = {"division": division_of(committee_id), "committee_id": committee_id, "name": name}
    return Statement(_NAME, named)
