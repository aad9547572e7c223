"""Converts the values of a paper from JSON to the types of its form's elements and back."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any, cast

from pydantic import Field, StringConstraints, ValidationError, WrapValidator
from pydantic_core import PydanticCustomError

from shared.office.occurrence_time import parse_day
from shared.papers import Element, Form, Kind, Signer, Value, Values
from shared.refusals import FieldError, InvalidInput
from shared.text_format import KIND


def _by_its_element(value: object, inner: Callable[[object], object]) -> object:
    """One error per value, instead of one for each type that it might have."""
    try:
        return inner(value)
    except ValidationError:
        raise PydanticCustomError(KIND, _KINDS) from None


_KINDS = (
    "A value is a text of at most 50000 characters, a whole number, or at most 500 rows of texts"
)
_Text = Annotated[str, StringConstraints(max_length=50_000)]
_Row = Annotated[dict[str, _Text], Field(max_length=20)]
_Rows = Annotated[list[_Row], Field(max_length=500, fail_fast=True)]
_Value = Annotated[_Text | int | _Rows | None, WrapValidator(_by_its_element)]
Written = Annotated[dict[str, _Value], Field(max_length=40)]
"""By element: a text, a whole number, a day as 2026-03-05, rows, or signers as {role, name}."""


def values_of(form: Form, written: Mapping[str, Any]) -> dict[str, Value | None]:
    """The values; a value of another kind is left unchanged, and `fill` reports it."""
    elements = {element.id: element for element in form.elements}
    found: dict[str, Value | None] = {}
    errors = []
    for name, value in written.items():
        element = elements.get(name)
        try:
            found[name] = value if element is None else _value(element, value)
        except ValueError as reason:
            errors.append(FieldError(f"values.{name}", str(reason)))
    if errors:
        raise InvalidInput(errors)
    return found


def _value(element: Element, value: Any) -> Value | None:
    if element.kind is Kind.DATE and isinstance(value, str):
        return _day(value)
    if element.kind is Kind.SIGNATURES and isinstance(value, list):
        return [_signer(each) for each in value]
    return cast("Value | None", value)


def _day(text: str) -> date:
    try:
        return parse_day(text)
    except ValueError:
        raise ValueError("A day from 1949-10-01 to 2199-12-31 is written as 2026-03-05") from None


def _signer(given: Any) -> Signer:
    if not isinstance(given, dict) or not {"role"} <= set(given) <= {"role", "name"}:
        raise ValueError("A signer is {role, name}")
    return Signer(given["role"], given.get("name", ""))


def written_of(values: Values) -> dict[str, Any]:
    """The values as JSON, for the vault."""
    return {name: _written(value) for name, value in values.items() if value is not None}


def _written(value: Value) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str | int):
        return value
    return [
        {"role": each.role, "name": each.name} if isinstance(each, Signer) else dict(each)
        for each in value
    ]
