"""Canonical JSON (RFC 8785) for events, which have no floats and only ASCII keys.

Within these limits orjson's sorted output *is* the canonical form, an order of magnitude faster
than a general implementation; tests compare it with the `rfc8785` package.
"""

from typing import Any

import orjson

LARGEST = 2**53 - 1
_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER | orjson.OPT_PASSTHROUGH_DATETIME


class NotCanonical(ValueError):
    """The value has a float, a large number or a key that is not ASCII."""


def canonical(value: Any) -> bytes:
    """The canonical bytes of a value; raises NotCanonical."""
    _check(value)
    return canonical_unchecked(value)


def canonical_unchecked(value: Any) -> bytes:
    """As `canonical`, for values whose types exclude floats and other keys."""
    try:
        return orjson.dumps(value, option=_OPTIONS)
    except orjson.JSONEncodeError as fault:
        raise NotCanonical(str(fault)) from fault


def _check(value: Any) -> None:
    match value:
        case None | bool() | str() | int():
            return
        case dict():
            for key, item in value.items():
                if not (isinstance(key, str) and key.isascii()):
                    raise NotCanonical("keys are plain ASCII text")
                _check(item)
        case list() | tuple():
            for item in value:
                _check(item)
        case _:
            raise NotCanonical(f"{type(value).__name__} has no place in an event")
