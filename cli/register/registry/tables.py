"""The tables of a mapping whose rows are units, or posts."""

from typing import Annotated

from cli.register.fields import Field, FlagField, Part, TimeField, codes_of
from cli.register.mapping import DivisionField
from shared.contracts.case_codes import Category
from shared.contracts.unit_codes import UnitType


class Unit(Part):
    """A unit: its code, its type, its public title, since when it is there."""

    valid_from: TimeField
    code: Field
    type: Annotated[Field, codes_of(UnitType)]
    title: Field
    parent: Field | None = None
    number: Field | None = None
    division: DivisionField | None = None
    village: None = None
    """A village's committee is a unit of its township."""


class Post(Part):
    """A post: its code, its unit, whether it heads it, what it is in charge of."""

    valid_from: TimeField
    code: Field
    unit: Field
    leads: FlagField | None = None
    portfolio: Annotated[Field, codes_of(Category)] | None = None
    number: Field | None = None
    division: DivisionField | None = None
    village: None = None


class Holding(Part):
    """Who holds the post, by an opaque reference, never a name; and since when."""

    at: TimeField
    holder: Field
