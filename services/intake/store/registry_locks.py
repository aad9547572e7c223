"""What keeps a case from being given to a unit or post at the moment at which that one ends.

A case is in the ledger of its township, a unit in that of the county, so that neither append sees
the other's streams. They meet at the unit's row, which whoever gives a case shares and whoever
ends the unit has alone (`registry_unmoved_v1`, `registry_ends_v1`):

  give a case: share the row ─► its version is as looked up, or conflict
  end a unit:  lock the row  ─► as many or as few matters are open as looked up, or conflict
"""

from collections.abc import Collection
from typing import LiteralString

from services.intake.domain.registry import Place, Post, Unit
from services.intake.store.case_board import OPEN_STATES
from shared.divisions import county_of
from shared.ledger import Statement

_UNMOVED: LiteralString = """
    select registry_unmoved_v1(
        %(table)s::text, %(county)s::text, %(division)s::text, %(code)s::text, %(version)s::integer)
"""
_ENDS: LiteralString = """
    select registry_ends_v1(
        %(table)s::text, %(county)s::text, %(id)s::text, %(divisions)s::text[], %(codes)s::text[],
        %(states)s::text[], %(open)s::boolean)
"""


def require_unit(unit: Unit) -> Statement:
    """A conflict of the append if the unit has moved on since it was looked up."""
    return _unmoved("unit_board", unit)


def require_post(post: Post) -> Statement:
    """A conflict of the append if the post has moved on since it was looked up."""
    return _unmoved("post_board", post)


def unit_ends(unit_id: str, matters_of: Collection[Place], *, open_matters: int) -> Statement:
    """A conflict of the append if the unit came to have open matters meanwhile, or lost the last."""
    return _ends("unit_board", unit_id, matters_of, open_matters)


def post_ends(post_id: str, matters_of: Collection[Place], *, open_matters: int) -> Statement:
    """A conflict of the append if the post came to have open matters meanwhile, or lost the last."""
    return _ends("post_board", post_id, matters_of, open_matters)


def _unmoved(table: str, found: Unit | Post) -> Statement:
    named = {
        "table": table,
        "county": county_of(found.division),
        "division": found.division,
        "code": found.code,
        "version": found.version,
    }
    return Statement(_UNMOVED, named)


def _ends(
    table: str, stream_id: str, matters_of: Collection[Place], open_matters: int
) -> Statement:
    named = {
        "table": table,
        "county": county_of(stream_id),
        "id": stream_id,
        "divisions": [division for division, _ in matters_of],
        "codes": [code for _, code in matters_of],
        "states": list(OPEN_STATES),
        "open": open_matters > 0,
    }
    return Statement(_ENDS, named)
