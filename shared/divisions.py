"""Division codes (GB/T 2260 + GB/T 10114) and ids that carry them.

A county has 6 digits, a township 9, a village 12, a grid 15. Each code begins with the code of the
division it lies in, so "within" is a prefix test. An id is `<township or county>-<uuid7>`: ledger,
partition and tenant follow from the id.
"""

import re
from functools import lru_cache
from typing import Annotated

import uuid_utils
from pydantic import AfterValidator

from shared.refusals import Refusal

COUNTY, TOWNSHIP, VILLAGE, GRID = 6, 9, 12, 15
_CODE = re.compile(r"[1-9][0-9]{5}(?:[0-9]{3}){0,3}")
_ID = re.compile(r"([1-9][0-9]{5}(?:[0-9]{3})?)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def check_division(code: str, *lengths: int) -> str:
    """The code; raises ValueError if it is no division code of one of these lengths."""
    if not _CODE.fullmatch(code) or (lengths and len(code) not in lengths):
        wanted = " or ".join(str(n) for n in lengths or (COUNTY, TOWNSHIP, VILLAGE, GRID))
        raise ValueError(f"a division code has {wanted} digits")
    return code


def county_of(code: str) -> str:
    """The six digits of the county that a code or an id lies in."""
    return code[:COUNTY]


def township_of(code: str) -> str:
    """The nine digits of the township that a village or grid lies in."""
    return code[:TOWNSHIP]


def village_of(code: str) -> str:
    """The twelve digits of the village that a grid lies in."""
    return code[:VILLAGE]


def in_scope(scope: str, division: str) -> bool:
    """Whether a division is the scope's own or lies within it; an empty scope holds nothing."""
    return bool(scope) and division.startswith(scope)


def new_id(division: str) -> str:
    """A fresh id of a stream or event in that division's ledger, ascending with time."""
    return f"{division}-{uuid_utils.uuid7()}"


def id_caused_by(event_id: str, *, division: str) -> str:
    """The id of the stream that an event starts in that division; the same on every reading.

    One event starts at most one stream in a division; its id sorts with the event's time.
    """
    return f"{division}-{event_id.partition('-')[2]}"


# an id is parsed in several places within one request
@lru_cache(maxsize=4096)
def division_of(identifier: str) -> str:
    """The division of an id; raises ValueError if it is not an id."""
    matched = _ID.fullmatch(identifier)
    if matched is None:
        raise ValueError("an id is a division code, a hyphen and a UUID in lower case")
    return matched[1]


class VillageElsewhere(Refusal):
    """The village lies outside the township in which the record is kept."""

    status = 422
    title = "The village lies in another township"


def check_village(code: str | None, *, of: str) -> None:
    """Refuse a village outside the division of the id `of`."""
    if code and not in_scope(division_of(of), code):
        raise VillageElsewhere(
            f"The village code begins with that of its township, {division_of(of)}.",
            field="village_code",
        )


def check_id(identifier: str) -> str:
    """The id; raises ValueError if it is not an id."""
    division_of(identifier)
    return identifier


CountyCode = Annotated[str, AfterValidator(lambda code: check_division(code, COUNTY))]
TownshipCode = Annotated[str, AfterValidator(lambda code: check_division(code, TOWNSHIP))]
VillageCode = Annotated[str, AfterValidator(lambda code: check_division(code, VILLAGE))]
GridCode = Annotated[str, AfterValidator(lambda code: check_division(code, GRID))]
ScopeCode = Annotated[str, AfterValidator(lambda code: check_division(code, COUNTY, TOWNSHIP))]
Identifier = Annotated[str, AfterValidator(check_id)]
