"""What keeps a case from being given to a unit or post at the moment at which that one ends.

A case is in the ledger of its township, a unit in that of the county, so that neither append sees
the other's streams. They meet at the unit's row, which whoever gives a case shares and whoever
ends the unit has alone (`registry_unmoved_v1`, `registry_ends_v1`):

  give a case: share the row ─► its version is as looked up, or conflict
  end a unit:  lock the row  ─► some or no matters are open as looked up, and the registry is as it
                               was, or conflict
"""

from collections.abc import Collection
from dataclasses import dataclass
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
        %(states)s::text[], %(open)s::boolean, %(mark)s::bigint)
"""


@dataclass(frozen=True, slots=True)
class Given:
    """The units or posts whose matters are with one of them, as they were looked up."""

    mark: int
    """Of the registry, read before the rest."""
    places: Collection[Place]
    open: int
    """How many cases are open with them."""


def require_unit(unit: Unit) -> Statement:
    """A conflict of the append if the unit has moved on since it was looked up."""
    return _unmoved("unit_board", unit)


def require_post(post: Post) -> Statement:
    """A conflict of the append if the post has moved on since it was looked up."""
    return _unmoved("post_board", post)


def unit_ends(unit_id: str, given: Given) -> Statement:
    """A conflict of the append if the unit came to have open matters meanwhile, or lost the last."""
    return _ends("unit_board", unit_id, given)


def post_ends(post_id: str, given: Given) -> Statement:
    """A conflict of the append if the post came to have open matters meanwhile, or lost the last."""
    return _ends("post_board", post_id, given)


def _unmoved(table: str, found: Unit | Post) -> Statement:
    named = {
        "table": table,
        "county": county_of(found.division),
        "division": found.division,
        "code": found.code,
        "version": found.version,
    }
    return Statement(_UNMOVED, named)


def _ends(table: str, stream_id: str, given: Given) -> Statement:
    named = {
        "table": table,
        "county": county_of(stream_id),
        "id": stream_id,
        "divisions": [division for division, _ in given.places],
        "codes": [code for _, code in given.places],
        "states": list(OPEN_STATES),
        "open": given.open > 0,
        "mark": given.mark,
    }
    return Statement(_ENDS, named)
