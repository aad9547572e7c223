"""Codes and names of places, as the routes take them."""

from typing import Annotated

from shared.divisions import in_scope
from shared.refusals import Refusal
from shared.vault.bodies import text

PlaceName = Annotated[str, text(100)]
"""What a village or a grid is called, such as 青云村."""


class PlaceElsewhere(Refusal):
    """The village or grid lies outside the township in which the record is kept."""

    status = 422
    title = "The place lies in another township"


def require_in(division: str, code: str, *, field: str) -> None:
    """Raise PlaceElsewhere for a code that does not begin with that of the township."""
    if not in_scope(division, code):
        raise PlaceElsewhere(
            f"The code begins with that of its township, {division}.", field=field
        )
