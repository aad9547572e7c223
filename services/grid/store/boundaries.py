"""The boundaries of grids as GeoJSON: a table of its own, found by the digest in the grid's events."""

from typing import LiteralString

from services.grid.domain.boundary import Boundary
from shared.divisions import division_of
from shared.ledger import Statement
from shared.postgres import Pool, rows, transaction

_KEEP: LiteralString = """
    insert into grid_boundary (division_code, grid_id, digest, geojson)
    values (%(division)s, %(grid_id)s, %(digest)s, %(geojson)s)
    on conflict do nothing
"""
_DRAWN: LiteralString = """
    select geojson from grid_boundary
    where division_code = %(division)s and grid_id = %(grid_id)s and digest = %(digest)s
"""


def keep_boundary(grid_id: str, boundary: Boundary) -> Statement:
    """The write of a boundary; earlier ones of the grid stay."""
    named = {
        "division": division_of(grid_id),
        "grid_id": grid_id,
        "digest": boundary.digest,
        "geojson": boundary.geojson().decode(),
    }
    return Statement(_KEEP, named)


async def drawn_as(pool: Pool, scope: str, grid_id: str, digest: str) -> str | None:
    """The boundary of a grid as GeoJSON, by its digest."""
    named = {"division": division_of(grid_id), "grid_id": grid_id, "digest": digest}
    async with transaction(pool, scope) as connection:
        found = await rows(connection, _DRAWN, named)
    return found[0]["geojson"] if found else None
