"""Keyset paging: the opaque cursor holds the sort key of the last row of a page."""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

import orjson
from fastapi import Depends, Query
from pydantic import BaseModel

from shared.canonical import LARGEST
from shared.refusals import InvalidInput, invalid

T = TypeVar("T")
Values = tuple[str | int, ...]
_LONGEST = 1000


class PageOf(BaseModel, Generic[T]):
    """A page of a list; `next` is the cursor of the next page."""

    items: list[T]
    next: str | None


@dataclass(frozen=True, slots=True)
class PageRequest:
    """The requested page of a list."""

    limit: int
    after: Values | None

    @property
    def fetch(self) -> int:
        """How many rows to read: one more than `limit`, to know whether a page follows."""
        return self.limit + 1

    def after_as(self, *kinds: Callable[[Any], Any]) -> tuple[Any, ...] | None:
        """The cursor's values, each checked or converted by its `kind`; refuses foreign cursors."""
        if self.after is None:
            return None
        if len(self.after) != len(kinds):
            raise no_cursor()
        return tuple(_as(kind, value) for kind, value in zip(kinds, self.after, strict=True))


def page(rows: Sequence[T], request: PageRequest, *, key: Callable[[T], Values]) -> dict[str, Any]:
    """Up to `limit` of the rows, and the cursor made by `key` from the last of them."""
    kept = rows[: request.limit]
    following = encode_cursor(key(kept[-1])) if len(rows) > len(kept) else None
    return {"items": list(kept), "next": following}


def encode_cursor(values: Values) -> str:
    """A cursor with these values; opaque to clients."""
    return base64.urlsafe_b64encode(orjson.dumps(values)).rstrip(b"=").decode()


def decode_cursor(text: str) -> Values:
    """The values given to `encode_cursor`; raises ValueError for any other text."""
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        values = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (UnicodeEncodeError, binascii.Error, orjson.JSONDecodeError) as fault:
        raise ValueError("not a cursor") from fault
    if not isinstance(values, list) or not all(map(_may_be_held, values)):
        raise ValueError("not a cursor")
    made = tuple(values)
    if encode_cursor(made) != text:
        raise ValueError("not a cursor")
    return made


async def page_request(
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    cursor: Annotated[
        str | None, Query(max_length=_LONGEST, description="`next` of the page before")
    ] = None,
) -> PageRequest:
    """The page that the query asks for."""
    if cursor is None:
        return PageRequest(limit, None)
    try:
        return PageRequest(limit, decode_cursor(cursor))
    except ValueError:
        raise no_cursor() from None


Paging = Annotated[PageRequest, Depends(page_request)]


def _may_be_held(value: object) -> bool:
    match value:
        case bool():
            return False
        case int():
            return abs(value) <= LARGEST
        case str():
            return "\0" not in value
        case _:
            return False


def _as(kind: Callable[[Any], Any], value: str | int) -> Any:
    if kind in {str, int}:
        if type(value) is not kind:
            raise no_cursor()
        return value
    if not isinstance(value, str):
        raise no_cursor()
    try:
        return kind(value)
    except (ValueError, TypeError):
        raise no_cursor() from None


def no_cursor() -> InvalidInput:
    """The refusal of a cursor that the list did not make."""
    return invalid("cursor", "This is no cursor of this list")
