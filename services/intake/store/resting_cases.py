"""The cases that rest on another: linked to it, or repeats of it.

A voided case takes nothing more, so whoever is handled under it would be left without a handler.
"""

from collections.abc import Sequence
from typing import LiteralString

from services.intake.domain.case import CaseState
from services.intake.domain.complained_unit import NOTHING_HIDDEN, HiddenComplaints
from services.intake.store.case_board import NOT_OF_OWN_UNIT, NOT_SEALED
from shared.divisions import county_of, division_of
from shared.ledger import Statement
from shared.postgres import Pool, rows, transaction

_RESTING: LiteralString = """
    (linked_to = %(case_id)s or repeats = %(case_id)s) and state <> %(voided)s
"""
_FIRST: LiteralString = f"""
    select division_code = %(division)s as is_own, number,
           {NOT_OF_OWN_UNIT.sql} and {NOT_SEALED.sql} as is_seen
    from case_board where {_RESTING}
    order by is_seen desc, is_own desc, number limit 1
"""

# No stream has version -1, so the check fails for every case that is found.
_REQUIRE_NONE: LiteralString = f"""
    select ledger_require_versions_v1(%(division)s::text, json_object_agg(case_id, -1))
    from case_board
    where division_code = %(division)s and {_RESTING}
"""
_HIDDEN: LiteralString = f"""
    select case_id from case_board
    where division_code = any(%(divisions)s) and case_id = any(%(case_ids)s)
      and not ({NOT_OF_OWN_UNIT.sql} and {NOT_SEALED.sql})
"""


async def hidden_among(
    pool: Pool, county: str, case_ids: Sequence[str], hidden: HiddenComplaints | None
) -> frozenset[str]:
    """Those of these cases of the county of which somebody sees nothing."""
    named: dict[str, object] = {
        "divisions": [division_of(each) for each in case_ids],
        "case_ids": list(case_ids),
        **(hidden or NOTHING_HIDDEN).named(),
    }
    async with transaction(pool, county) as connection:
        return frozenset(row["case_id"] for row in await rows(connection, _HIDDEN, named))


async def resting_on(
    pool: Pool, case_id: str, hidden: HiddenComplaints | None = None
) -> str | None:
    """A case of the county that rests on this one: its number, or only that there is one.

    Of another township's, and of one that is `hidden` from whoever asks, nothing else is told.
    """
    named = _named(case_id) | (hidden or NOTHING_HIDDEN).named()
    async with transaction(pool, county_of(case_id)) as connection:
        found = await rows(connection, _FIRST, named)
    if not found:
        return None
    first = found[0]
    if not first["is_seen"]:
        return "Another case"
    return f"Case {first['number']}" if first["is_own"] else "A case of another township"


def require_none_resting(case_id: str) -> Statement:
    """A conflict of the append if a case of the same ledger came to rest on this one meanwhile."""
    return Statement(_REQUIRE_NONE, _named(case_id))


def _named(case_id: str) -> dict[str, object]:
    return {
        "division": division_of(case_id),
        "case_id": case_id,
        "voided": str(CaseState.VOIDED),
    }
