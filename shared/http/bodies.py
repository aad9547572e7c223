"""Request bodies: read within limits of size, values, depth and time, and parsed strictly.

Parsing and validation run on the event loop, so their cost is bounded before they begin: by the
number of values, of which each may become an error.
"""

import asyncio
import json
from collections.abc import Iterator
from typing import Annotated, Any, Never

import orjson
from fastapi import Request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Strict
from starlette.requests import ClientDisconnect

from shared.http.refusals import (
    BodyTooLarge,
    BodyTooLate,
    MalformedJson,
    MalformedRequest,
    MediaTypeNotSupported,
    TooManyValues,
)
from shared.http.validation import named
from shared.refusals import invalid

MIB = 1 << 20
LARGEST = MIB
_SECONDS = 30.0
_DIGITS = 15
_BYTES_A_VALUE = 100
"""The average size of a value in the largest body: 1 MiB may hold 10,485 values."""
MOST_VALUES = LARGEST // _BYTES_A_VALUE
_MOST_MEMBERS = 200
"""The most members of the outermost object; no route takes as many."""
_SURROGATES = range(0xD800, 0xE000)
_NUL_ESCAPE = rb"\u0000"
_COLON_ESCAPE = rb"\u003"


class Body(BaseModel):
    """Base class of request bodies; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


YesOrNo = Annotated[bool, Strict()]
"""`true` or `false`; 1 or "yes" is refused."""


def _each_once(given: object) -> object:
    """Refuse a list with duplicates, where a set is expected."""
    if isinstance(given, list):
        written = [orjson.dumps(each) for each in given]
        if len(set(written)) < len(written):
            raise ValueError("Something is named twice")
    return given


EachOnce = BeforeValidator(_each_once)
"""For sets, which are sent as lists without duplicates."""


class ReadRequest(Request):
    """A request whose body was read and parsed."""

    def __init__(self, request: Request, raw: bytes, *, largest: int) -> None:
        """Refuses a body that is not JSON; an empty body is None."""
        super().__init__(request.scope, request.receive)
        self._body = raw
        self._json = _parsed(request, raw, largest) if raw else None

    async def json(self) -> Any:
        """The parsed body."""
        return self._json


async def read(request: Request, *, largest: int) -> ReadRequest:
    """Read the whole body; raises refusals of `shared.http.refusals`."""
    refuse_declared_size(request, largest=largest)
    try:
        async with asyncio.timeout(_SECONDS):
            return ReadRequest(request, await _whole(request, largest), largest=largest)
    except TimeoutError:
        raise BodyTooLate from None
    except ClientDisconnect:
        raise MalformedRequest("The body ended too early.") from None


def refuse_declared_size(request: Request, *, largest: int) -> None:
    """Raise BodyTooLarge where the client says that its body is larger."""
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and (len(declared) > _DIGITS or int(declared) > largest):
        raise BodyTooLarge


async def _whole(request: Request, largest: int) -> bytes:
    """The body; checks the size again, since a client may send more than it declared."""
    pieces, size = [], 0
    async for piece in request.stream():
        size += len(piece)
        if size > largest:
            raise BodyTooLarge
        pieces.append(piece)
    return b"".join(pieces)


def _parsed(request: Request, raw: bytes, largest: int) -> Any:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise MediaTypeNotSupported
    value = parse(raw, most_values=values_in(largest))
    if isinstance(value, dict) and len(value) > _MOST_MEMBERS:
        raise invalid("body", "The object has more members than any request")
    return value


def values_in(largest: int) -> int:
    """How many values a body of at most that many bytes may hold."""
    return largest // _BYTES_A_VALUE


def _refuse_too_many(raw: bytes, most: int) -> None:
    """Refuse JSON of more values than that before it is parsed, by counting its marks."""
    if raw.count(b",") + raw.count(b"[") + raw.count(b"{") < most:
        return
    if not raw.rstrip().endswith((b"]", b"}", b'"')):
        raise MalformedJson
    marks = raw.replace(b"\\\\", b"").replace(b'\\"', b"")
    # a value has two texts at most: its name and itself
    if marks.count(b'"') > 4 * most:
        raise TooManyValues
    outside = b"".join(marks.split(b'"')[::2])
    if outside.count(b",") + outside.count(b"[") + outside.count(b"{") >= most:
        raise TooManyValues


def parse(raw: bytes, *, most_values: int = MOST_VALUES) -> Any:
    """Parse JSON with unique names, without lone surrogates and NUL, which PostgreSQL cannot store."""
    _refuse_too_many(raw, most_values)
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError:
        _raise_reason(raw)
    if _NUL_ESCAPE in raw:
        for path, text in _texts(value):
            if "\0" in text:
                raise invalid(path, "The text holds the character NUL")
    _refuse_doubled_names(raw, value)
    return value


def _refuse_doubled_names(raw: bytes, value: Any) -> None:
    """Refuse a name that occurs twice: one reader takes the first value, another the last.

    The parser keeps the last, so its value has fewer colons than the input. Serialising the value
    also shows that it is not nested too deeply to be written later.
    """
    try:
        kept = orjson.dumps(value)
    except orjson.JSONEncodeError:
        raise MalformedJson("The body is nested too deeply.") from None
    if _COLON_ESCAPE in raw or raw.count(b":") != kept.count(b":"):
        json.loads(raw, object_pairs_hook=_named_once)


def _named_once(members: list[tuple[str, Any]]) -> dict[str, Any]:
    named = dict(members)
    if len(named) < len(members):
        raise MalformedJson("A name comes twice in one object.")
    return named


def _raise_reason(raw: bytes) -> Never:
    """Raise the reason of a parser error: not JSON, or a lone surrogate."""
    try:
        value = json.loads(raw.decode(), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise MalformedJson from None
    for path, text in _texts(value):
        if any(ord(character) in _SURROGATES for character in text):
            raise invalid(path, "The text holds half of a surrogate pair")
    raise MalformedJson


def _no_constant(_: str) -> Never:
    raise ValueError("not a number of JSON")


def _texts(value: Any) -> Iterator[tuple[str, str]]:
    """Every text and every key in a JSON value, with its path."""
    waiting = [("body", value)]
    while waiting:
        path, inner = waiting.pop()
        if isinstance(inner, str):
            yield path, inner
        elif isinstance(inner, list):
            waiting += ((_below(path, number), item) for number, item in enumerate(inner))
        elif isinstance(inner, dict):
            yield from ((path, key) for key in inner)
            waiting += ((_below(path, key), item) for key, item in inner.items())


def _below(path: str, step: str | int) -> str:
    return named(step) if path == "body" else f"{path}.{named(step)}"
