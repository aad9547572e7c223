"""The roster: one row per mediator, with the number of open disputes.

The count is shown in the order of enrolment; nothing sorts, compares or filters by it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Annotated, LiteralString

from psycopg import sql

from services.mediation.domain.mediator import Mediator
from shared.board import Ascending, Board, Computed, Division, Key, Moves, Unless
from shared.divisions import division_of
from shared.handling import Written
from shared.ledger import Statement
from shared.postgres import Pool, rows, transaction

_POST: LiteralString = """
    insert into mediator_post as known (division_code, mediator_id, post)
    values (%(division)s, %(mediator_id)s, %(post)s)
    on conflict (division_code, mediator_id) do update set post = excluded.post,
        former = array_append(array_remove(known.former, known.post), known.post)
    where known.post <> excluded.post
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
    where post = any(%(names)s) and on_roster order by division_code, mediator_id
"""
_IS_POST_OF: LiteralString = """
    select exists (
        select from mediator_post as own
        where own.division_code = %(division)s and own.mediator_id = any(%(mediators)s)
          and exists (
              select from unnest(%(names)s::text[]) as name
              where own.post = name or name = any(own.former) and not exists (
                  select from mediator_post as other
                  join mediator_roster using (division_code, mediator_id)
                  where other.division_code = own.division_code
                    and other.post = name and on_roster))) as comes
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterLine:
    """A mediator as the roster shows it."""

    division: Division
    mediator_id: Key[str]
    person_ref: str
    kinds: Moves[list[str]]
    on_roster: Moves[bool]
    open_disputes: Annotated[
        int,
        Computed(
            "select count(*) from mediation_hand as participant"
            " join mediation_board as board using (division_code, mediation_id)"
            " where participant.division_code = mediator_roster.division_code"
            " and participant.mediator_id = mediator_roster.mediator_id"
            " and participant.takes_part and board.state = any(array['applied', 'open'])"
        ),
    ]
    version: Moves[int]


ROSTER = Board(
    "mediator_roster",
    shows=RosterLine,
    filters=(Unless("everyone", sql.SQL("on_roster"), "Those who left as well"),),
    orders={
        "enrolment": Ascending(by=("division", "mediator_id"), says="in the order of enrolment")
    },
)


async def on_roster(pool: Pool, division: str, mediators: Collection[str]) -> dict[str, int]:
    """Those of the mediators on the township's roster now, with their streams' versions."""
    named = {"division": division, "mediators": list(mediators)}
    async with transaction(pool, division) as connection:
        found = await rows(connection, _ON_ROSTER, named)
    return {row["mediator_id"]: row["version"] for row in found}


async def persons(pool: Pool, division: str, mediators: Collection[str]) -> dict[str, str]:
    """The person references of the mediators, also of those who left."""
    named = {"division": division, "mediators": list(mediators)}
    async with transaction(pool, division) as connection:
        found = await rows(connection, _PERSONS, named)
    return {row["mediator_id"]: row["person_ref"] for row in found}


async def of_post(pool: Pool, scope: str, names: Collection[str]) -> list[str]:
    """The mediator ids of a post on the roster, by any of its names."""
    async with transaction(pool, scope) as connection:
        found = await rows(connection, _OF_POST, {"names": list(names)})
    return [row["mediator_id"] for row in found]


async def is_post_of(
    pool: Pool, division: str, names: Collection[str], mediators: Collection[str]
) -> bool:
    """Whether a post of one of these names is or was that of one of these mediators of a township.

    A former post that belongs to another mediator on the roster now does not count: it was passed
    on, or had been mistyped.
    """
    named = {"division": division, "names": list(names), "mediators": list(mediators)}
    async with transaction(pool, division) as connection:
        (found,) = await rows(connection, _IS_POST_OF, named)
    return bool(found["comes"])


def view_writes(written: Sequence[Written[Mediator]]) -> list[Statement]:
    """Writes the roster along with events of one ledger."""
    mediators = [each.state for each in written]
    moved = [
        {
            "mediator_id": each.mediator_id,
            "person_ref": each.person_ref,
            "kinds": sorted(each.kinds),
            "on_roster": each.on_roster,
            "version": each.version,
        }
        for each in mediators
    ]
    return ROSTER.upsert(division_of(written[0].new[0].stream_id), moved)


def keep_post(mediator_id: str, post: str) -> Statement:
    """The write of the post with which a mediator logs in."""
    named = {"division": division_of(mediator_id), "mediator_id": mediator_id, "post": post}
    return Statement(_POST, named)
