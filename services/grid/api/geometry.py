"""A boundary as the routes take it: a GeoJSON geometry."""

from typing import Any, Literal

from services.grid.domain.boundary import Boundary, NotABoundary
from shared.http import Body
from shared.refusals import invalid


class Geometry(Body):
    """A GeoJSON geometry (RFC 7946) of WGS 84 degrees, longitude first, without heights."""

    type: Literal["Polygon", "MultiPolygon"]
    coordinates: list[Any]

    def boundary(self) -> Boundary:
        """The boundary; raises InvalidInput where it encloses no area in a definite way."""
        try:
            return Boundary.read(self.type, self.coordinates)
        except NotABoundary as why:
            raise invalid("boundary.coordinates", str(why)) from None
