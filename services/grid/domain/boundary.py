"""The boundary of a grid as GeoJSON (RFC 7946): what is drawn, checked, and written in one way.

A check of our own: of the libraries, one knows the structure but neither crossings nor bounds, and
the other brings a geometry engine and numpy into every process. Degrees are whole numbers of 1e-7
(about a centimetre), so that a crossing is decided exactly.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from itertools import pairwise
from typing import Any

MOST_POINTS = 500
"""Enough for a grid of a few hundred households; crossings cost the square of it."""
_LEAST_POINTS = 4
_SCALE = 10_000_000
_WEST, _EAST, _SOUTH, _NORTH = 73, 136, 3, 54
"""Degrees within which the country lies; latitude and longitude exchanged lie outside."""

Point = tuple[int, int]
Ring = tuple[Point, ...]
Segment = tuple[Point, Point]


class NotABoundary(ValueError):
    """The geometry encloses no area of the country in a definite way; says why."""


@dataclass(frozen=True, slots=True)
class Boundary:
    """One polygon or several, each an outer ring and the rings that are left out of it."""

    polygons: tuple[tuple[Ring, ...], ...]

    @classmethod
    def read(cls, kind: str, coordinates: Any) -> "Boundary":
        """Of a GeoJSON geometry; raises NotABoundary."""
        polygons = _listed(coordinates if kind == "MultiPolygon" else [coordinates])
        if _points_in(polygons) > MOST_POINTS:
            raise NotABoundary(f"The boundary has more than {MOST_POINTS} points")
        boundary = cls(tuple(tuple(map(_ring, _listed(rings))) for rings in polygons))
        for rings in boundary.polygons:
            _require_simple(rings)
        return boundary

    def geojson(self) -> bytes:
        """The geometry, always written in the same way."""
        polygons = [_written(rings) for rings in self.polygons]
        if len(polygons) == 1:
            return f'{{"type":"Polygon","coordinates":{polygons[0]}}}'.encode()
        return f'{{"type":"MultiPolygon","coordinates":[{",".join(polygons)}]}}'.encode()

    @property
    def digest(self) -> str:
        """SHA-256 of the geometry as it is written."""
        return sha256(self.geojson()).hexdigest()


def _listed(given: Any) -> list[Any]:
    if not isinstance(given, list) or not given:
        raise NotABoundary("Coordinates are lists of rings, each a list of points")
    return given


def _points_in(polygons: list[Any]) -> int:
    return sum(len(_listed(ring)) for rings in polygons for ring in _listed(rings))


def _ring(given: list[Any]) -> Ring:
    ring = tuple(map(_point, given))
    if len(ring) < _LEAST_POINTS or ring[0] != ring[-1]:
        raise NotABoundary("A ring has four points or more and ends where it begins")
    if len(set(ring)) < len(ring) - 1:
        raise NotABoundary("A ring comes to one point twice")
    return ring


def _point(given: Any) -> Point:
    if not isinstance(given, list) or len(given) != 2:
        raise NotABoundary("A point is a longitude and a latitude")
    longitude, latitude = map(_degrees, given)
    inside = _WEST * _SCALE <= longitude <= _EAST * _SCALE
    if not inside or not _SOUTH * _SCALE <= latitude <= _NORTH * _SCALE:
        raise NotABoundary("A point lies outside of the country; longitude comes first")
    return longitude, latitude


def _degrees(given: Any) -> int:
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise NotABoundary("A point is a longitude and a latitude")
    return round(Decimal(str(given)) * _SCALE)


def _require_simple(rings: Sequence[Ring]) -> None:
    """No ring touches or crosses itself, no two rings cross, and each encloses some area."""
    if not all(map(_area, rings)):
        raise NotABoundary("A ring encloses no area")
    sides = [(number, side) for number, ring in enumerate(rings) for side in _sides(ring)]
    for (one, first), (other, second) in _near(sides):
        shared = set(first) & set(second) if one == other else set[Point]()
        if _folds_back(first, second, shared) if shared else _meet(first, second):
            raise NotABoundary("The boundary crosses or touches itself")


def _near(sides: list[tuple[int, Segment]]) -> Iterator[tuple[tuple[int, Segment], ...]]:
    """Pairs of sides that share some longitude, each once."""
    sides.sort(key=lambda side: min(side[1]))
    for place, first in enumerate(sides):
        furthest = max(first[1])[0]
        for second in sides[place + 1 :]:
            if min(second[1])[0] > furthest:
                break
            yield first, second


def _folds_back(first: Segment, second: Segment, shared: set[Point]) -> bool:
    """Whether two sides that follow each other lie on each other."""
    (corner,) = shared
    (a,), (b,) = set(first) - shared, set(second) - shared
    ahead = (a[0] - corner[0]) * (b[0] - corner[0]) + (a[1] - corner[1]) * (b[1] - corner[1])
    return _turn(corner, a, b) == 0 and ahead > 0


def _sides(ring: Ring) -> Iterator[Segment]:
    return pairwise(ring)


def _area(ring: Ring) -> int:
    """Twice the area with a sign."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in _sides(ring))


def _turn(a: Point, b: Point, c: Point) -> int:
    """Positive where c lies to the left of the way from a to b, 0 where it lies on it."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _meet(first: Segment, second: Segment) -> bool:
    (a, b), (c, d) = first, second
    if not _boxes_meet(first, second):
        return False
    across = _turn(a, b, c) * _turn(a, b, d)
    along = _turn(c, d, a) * _turn(c, d, b)
    return across <= 0 and along <= 0


def _boxes_meet(first: Segment, second: Segment) -> bool:
    return all(
        max(first[0][axis], first[1][axis]) >= min(second[0][axis], second[1][axis])
        and max(second[0][axis], second[1][axis]) >= min(first[0][axis], first[1][axis])
        for axis in (0, 1)
    )


def _written(rings: Sequence[Ring]) -> str:
    return f"[{','.join(map(_written_ring, rings))}]"


def _written_ring(ring: Ring) -> str:
    return f"[{','.join(f'[{_number(x)},{_number(y)}]' for x, y in ring)}]"


def _number(degrees: int) -> str:
    return f"{Decimal(degrees).scaleb(-7).normalize():f}"
