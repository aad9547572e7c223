"""The cases of one matter that was passed on from ledger to ledger: one home, and its receivers.

Each has its own copy of the petitioner's file. A copy is made and the copies are erased under one
lock of the matter's home, so that no copy is made of a file that is erased meanwhile.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import LiteralString

from services.intake.store.case_board import OPEN_STATES
from services.intake.store.due_accusations import KIND as RECOGNISED
from shared.ledger import Statement
from shared.postgres import Connection, Pool, rows, transaction

_REPORTING: LiteralString = """
    select case_id from case_board
    where division_code = any(%(divisions)s) and case_id = any(%(case_ids)s)
      and reports_to is not null
"""
_OF_HOME: LiteralString = "(board.case_id = any(%(homes)s) or board.home_case_id = any(%(homes)s))"
_LOCK: LiteralString = "select pg_advisory_xact_lock(hashtextextended(%(home)s, 15))"
_HOMES: LiteralString = """
    select distinct coalesce(home_case_id, case_id) as home from case_board
    where division_code = %(division)s and person_ref = %(person_ref)s
"""
_CASES: LiteralString = f"""
    select board.division_code as division, board.case_id, board.person_ref,
        board.state = any(%(open)s) or board.on_its_way as goes_on,
        erased.person_ref is not null as is_erased
    from case_board as board left join vault_erased as erased using (division_code, person_ref)
    where {_OF_HOME} order by board.division_code, board.case_id
"""
# What was recognised as an accusation: its row has the ids, which no event links.
_IN_THE_LANE: LiteralString = f"""
    select %(county)s as division, recognised.payload::json ->> 'accusation_id' as case_id,
        case when lane.accusation_id is null then recognised.payload::json ->> 'person_ref'
            else lane.person_ref end as person_ref,
        lane.state is distinct from 'closed' as goes_on,
        erased.person_ref is not null as is_erased
    from case_board as board
        join due_row as recognised on recognised.division_code = board.division_code
            and recognised.kind = %(kind)s and recognised.key = board.case_id
        left join accusation_board as lane on lane.division_code = %(county)s
            and lane.accusation_id = recognised.payload::json ->> 'accusation_id'
        left join vault_erased as erased on erased.division_code = %(county)s
            and erased.person_ref = lane.person_ref
    where {_OF_HOME}
"""

# No stream has version -1, so the check fails for every file that is found.
_REQUIRE_OPEN: LiteralString = f"""
    select ledger_require_versions_v1(%(division)s::text, json_object_agg(board.person_ref, -1))
    from case_board as board join vault_erased using (division_code, person_ref)
    where {_OF_HOME}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOfMatter:
    """A case of a matter, and the petitioner's file that its ledger has."""

    division: str
    case_id: str
    person_ref: str | None
    goes_on: bool
    """Whether it is open, or its matter on the way to a ledger that has no case of it yet."""
    is_erased: bool


async def reporting(connection: Connection, case_ids: Collection[str]) -> set[str]:
    """Those of the cases that another case learns of."""
    divisions = sorted({each.partition("-")[0] for each in case_ids})
    named = {"divisions": divisions, "case_ids": sorted(case_ids)}
    return {row["case_id"] for row in await rows(connection, _REPORTING, named)}


async def homes_of(pool: Pool, scope: str, *, division: str, person_ref: str) -> list[str]:
    """The homes of the matters of a person whose file is in that division."""
    named = {"division": division, "person_ref": person_ref}
    async with transaction(pool, scope) as connection:
        return sorted(row["home"] for row in await rows(connection, _HOMES, named))


async def cases_of(
    pool: Pool, county: str, homes: Sequence[str], *, locked: bool = False
) -> list[CaseOfMatter]:
    """Every case of the matters of these homes; `locked` waits for copies that are being made."""
    named = {"homes": list(homes), "open": list(OPEN_STATES)}
    async with transaction(pool, county) as connection:
        for home in sorted(homes) if locked else ():
            await connection.execute(_LOCK, {"home": home})
        return [CaseOfMatter(**row) for row in await rows(connection, _CASES, named)]


async def in_the_lane(pool: Pool, county: str, homes: Sequence[str]) -> list[CaseOfMatter]:
    """What the discipline lane has of the matters of these homes; it goes on until it is closed."""
    named = {"homes": list(homes), "county": county, "kind": RECOGNISED}
    async with transaction(pool, county) as connection:
        return [CaseOfMatter(**row) for row in await rows(connection, _IN_THE_LANE, named)]


def require_unerased(division: str, home: str) -> list[Statement]:
    """A conflict of the append if a file of the matter was erased since the copy was read."""
    return [
        Statement(_LOCK, {"home": home}),
        Statement(_REQUIRE_OPEN, {"division": division, "homes": [home]}),
    ]
