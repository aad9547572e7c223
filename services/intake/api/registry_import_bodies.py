"""Rows of a table of units or of posts as the import API takes them, and what it answers."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from shared.contracts.case_codes import Category
from shared.contracts.unit_codes import UnitType
from shared.contracts.units import UnitTitle
from shared.contracts.words import ExternalText, PostRef, UnitRef
from shared.divisions import ScopeCode
from shared.http import Body, YesOrNo
from shared.office import Moment

MOST_ROWS = 500


class TableBody(Body):
    """A table by its name, and some of its rows; each is read for itself."""

    source: ExternalText
    rows: Annotated[list[dict[str, Any]], Field(max_length=MOST_ROWS, fail_fast=True)]


class Since(Body):
    """A fact with its day."""

    at: Moment
    day_only: YesOrNo = False


class UnitGiven(Since):
    """A unit, there since that day."""

    code: UnitRef
    unit_type: UnitType
    title: UnitTitle
    parent: UnitRef | None = None


class PostGiven(Since):
    """A post, there since that day."""

    code: PostRef
    unit: UnitRef
    leads: YesOrNo | None = None
    portfolio: Category | None = None


class Holding(Since):
    """Who holds the post since that day."""

    do: Literal["hold"]
    holder: PostRef


class UnitRow(Body):
    """A row of a table of units."""

    row: int | None = None
    number: ExternalText | None = None
    division: ScopeCode
    register_: Annotated[UnitGiven, Field(alias="register")]
    facts: Annotated[tuple[Holding, ...], Field(max_length=0)] = ()


class PostRow(Body):
    """A row of a table of posts, and who holds the post."""

    row: int | None = None
    number: ExternalText | None = None
    division: ScopeCode
    register_: Annotated[PostGiven, Field(alias="register")]
    facts: Annotated[tuple[Holding, ...], Field(max_length=1)] = ()


class RegistryRowProblem(BaseModel):
    """Why a row was rejected, without a word of its content."""

    type: str
    title: str
    detail: str
    field: str | None


class RegistryRowResult(BaseModel):
    """What became of a row."""

    row: int | None
    outcome: Literal["registered", "extended", "known", "rejected"]
    id: str | None
    """Of the unit or post."""
    problem: RegistryRowProblem | None


class RegistryImportAnswer(BaseModel):
    """How many rows of each kind, and each row's own result in the order of the request."""

    registered: int
    extended: int
    known: int
    rejected: int
    results: list[RegistryRowResult]
