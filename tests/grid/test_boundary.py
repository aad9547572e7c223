"""A boundary encloses an area of the country, or is refused with the reason."""

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.grid.domain.boundary import MOST_POINTS, Boundary, NotABoundary
from tests.grid.doors import square

Points = list[list[float]]


def read(*rings: Points) -> Boundary:
    return Boundary.read("Polygon", list(rings))


SQUARE: Points = square()["coordinates"][0]
HOLE: Points = [[104.002, 30.002], [104.002, 30.004], [104.004, 30.004], [104.002, 30.002]]


def test_a_boundary_is_written_in_one_way_however_it_was_sent() -> None:
    boundary = read(SQUARE, HOLE)
    text = boundary.geojson()
    assert orjson.loads(text) == {"type": "Polygon", "coordinates": [SQUARE, HOLE]}
    assert Boundary.read("Polygon", orjson.loads(text)["coordinates"]) == boundary
    assert read([[104, 30.0], *SQUARE[1:-1], [104.0, 30]]).digest == read(SQUARE).digest
    assert read(SQUARE).digest != boundary.digest


def test_several_polygons_are_one_boundary() -> None:
    elsewhere = square(west=105.0)["coordinates"]
    boundary = Boundary.read("MultiPolygon", [[SQUARE, HOLE], elsewhere])
    assert orjson.loads(boundary.geojson())["type"] == "MultiPolygon"
    assert Boundary.read("MultiPolygon", [elsewhere]) == Boundary.read("Polygon", elsewhere)


CROSSED: Points = [[104, 30], [104.01, 30.02], [104.01, 30], [104, 30.01], [104, 30]]
ACROSS: Points = [[104.005, 30.005], [104.02, 30.005], [104.02, 30.008], [104.005, 30.005]]
SPIKE: Points = [[104, 30], [104.02, 30], [104.01, 30], [104.01, 30.01], [104, 30]]
TOUCHING: Points = [
    [104, 30],
    [104.02, 30],
    [104.02, 30.02],
    [104.01, 30],
    [104, 30.02],
    [104, 30],
]


@pytest.mark.parametrize(
    ("rings", "why"),
    [
        ([], "lists of rings"),
        ([[]], "lists of rings"),
        (["x"], "lists of rings"),
        ({"a": 1}, "lists of rings"),
        ([[[104, 30], [104.1, 30], [104, 30]]], "four points"),
        ([SQUARE[:-1]], "ends where it begins"),
        ([[*SQUARE[:-1], SQUARE[1], SQUARE[0]]], "one point twice"),
        ([[[104, 30], [104.01, 30], [104.02, 30], [104, 30]]], "encloses no area"),
        ([CROSSED], "crosses or touches"),
        ([SPIKE], "crosses or touches"),
        ([TOUCHING], "crosses or touches"),
        ([SQUARE, ACROSS], "crosses or touches"),
        ([[[30, 104], [30.1, 104], [30.1, 104.1], [30, 104]]], "longitude comes first"),
        ([[[104, 30, 1], [104.1, 30, 1], [104.1, 30.1, 1], [104, 30, 1]]], "and a latitude"),
        ([[["104", "30"], [104.1, 30], [104.1, 30.1], [104, 30]]], "and a latitude"),
        ([[[True, 30], [104.1, 30], [104.1, 30.1], [True, 30]]], "and a latitude"),
        ([[[1e300, 30], [104.1, 30], [104.1, 30.1], [1e300, 30]]], "outside of the country"),
        ([[[104, 30]] * (MOST_POINTS + 1)], "more than"),
    ],
)
def test_what_is_no_boundary_is_refused_with_the_reason(rings: Any, why: str) -> None:
    with pytest.raises(NotABoundary, match=why):
        Boundary.read("Polygon", rings)


degrees = st.tuples(
    st.integers(1_030_000_000, 1_050_000_000), st.integers(290_000_000, 310_000_000)
)


@given(degrees, st.integers(10, 100_000), st.integers(10, 100_000))
def test_every_rectangle_is_a_boundary_and_read_again_as_the_same(
    corner: tuple[int, int], wide: int, high: int
) -> None:
    (x, y), scale = corner, 10_000_000
    points = [(x, y), (x + wide, y), (x + wide, y + high), (x, y + high), (x, y)]
    boundary = read([[a / scale, b / scale] for a, b in points])
    assert boundary.polygons == ((tuple(points),),)
    assert Boundary.read("Polygon", orjson.loads(boundary.geojson())["coordinates"]) == boundary


@given(st.lists(degrees, min_size=3, max_size=7, unique=True))
def test_a_ring_is_taken_in_both_directions_or_in_none(
    corners: list[tuple[int, int]],
) -> None:
    ring = [[x / 1e7, y / 1e7] for x, y in [*corners, corners[0]]]
    assert is_taken(ring) is is_taken(ring[::-1])


def is_taken(ring: Points) -> bool:
    try:
        read(ring)
    except NotABoundary:
        return False
    return True
