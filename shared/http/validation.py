"""Converts pydantic's errors to field errors, without any of the input.

Pydantic's messages are passed on only if they are made from the schema alone, those of our own
validators unless they quote the input.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from pydantic import ValidationError

from shared.refusals import FieldError, InvalidInput, invalid

_MOST = 50
_MOST_LISTED = 1000
_UNKNOWN = "(unknown)"
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,63}")
_WHERE = frozenset({"body", "query", "path", "header", "cookie"})
_KINDS = """
    missing extra_forbidden string_type string_too_short string_too_long string_pattern_mismatch
    string_unicode enum literal_error int_type int_parsing int_from_float bool_type bool_parsing
    list_type tuple_type dict_type model_type model_attributes_type too_short too_long
    greater_than greater_than_equal less_than less_than_equal multiple_of none_required
    datetime_type datetime_object_invalid timezone_aware date_type date_from_datetime_inexact
    datetime_parsing datetime_from_date_parsing date_parsing date_from_datetime_parsing
    union_tag_not_found set_type frozen_set_type written_otherwise
"""
_FROM_THE_SCHEMA = frozenset(_KINDS.split())
_OURS = frozenset({"value_error", "assertion_error"})


def as_invalid(found: Iterable[Mapping[str, Any]]) -> InvalidInput:
    """The refusal for what pydantic reports."""
    shown = islice(found, _MOST)
    return InvalidInput([FieldError(_field(error["loc"]), _message(error)) for error in shown])


def invalid_part(fault: ValidationError) -> InvalidInput:
    """The refusal of a part of a body that its route validates itself."""
    if fault.error_count() > _MOST_LISTED:
        # pydantic lists all errors or none
        return invalid("body", f"There are more than {_MOST_LISTED} mistakes")
    return as_invalid(fault.errors(include_url=False))


def _field(place: Sequence[str | int]) -> str:
    where, *inside = place or ("body",)
    path = inside if where in _WHERE else list(place)
    return ".".join(map(named, path)) or str(where)


def named(step: str | int) -> str:
    """A name as it was sent, only if it looks like a field name: a key may be anything."""
    text = str(step)
    return text if isinstance(step, int) or _NAME.fullmatch(text) else _UNKNOWN


def _message(error: Mapping[str, Any]) -> str:
    kind, message = error["type"], str(error["msg"])
    if kind in _FROM_THE_SCHEMA:
        return message
    if kind in _OURS and not _quotes(message, error.get("input")):
        return message.partition(", ")[2] or message
    return "The value is not valid"


def _quotes(message: str, given: object) -> bool:
    return not isinstance(given, str) or (given != "" and given in message)
