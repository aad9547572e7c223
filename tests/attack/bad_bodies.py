"""Bodies that no route may take, made from one that it takes and from the schema that it states."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from tests.attack.operations import Operation
from tests.attack.wish import Wish

JSON = "application/json"
Expected = tuple[str, int]
_MALFORMED, _INVALID = ("malformed-json", 400), ("invalid-input", 422)
_NOT_JSON, _TOO_LARGE = ("media-type-not-supported", 415), ("body-too-large", 413)


@dataclass(frozen=True)
class Bad:
    """What is sent, and how it has to be refused."""

    name: str
    content: bytes
    expected: Expected
    media_type: str = JSON


def bad_bodies(operation: Operation, wish: Wish) -> Iterator[Bad]:
    """Every one that applies to the operation."""
    good = orjson.dumps(wish.body)
    yield from _no_json(good)
    yield from _not_said_to_be_json(good)
    for name, body in _invalid(operation, wish.body):
        yield Bad(name, orjson.dumps(body), _INVALID)
    yield from _texts_that_no_table_holds(operation, wish.body)
    yield Bad("too large", good[:-1] + b" " * wish.largest + b"}", _TOO_LARGE)
    yield Bad("twice too large", b'{"x":"' + b"x" * 2 * wish.largest + b'"}', _TOO_LARGE)


def _no_json(good: bytes) -> Iterator[Bad]:
    first = good[1 : good.index(b":")] if b":" in good else b'"x":1,"x"'
    for name, content in {
        "half of it": good[:-1],
        "more behind it": good + b"{}",
        "a byte order mark": b"\xef\xbb\xbf" + good,
        "UTF-16": good.decode().encode("utf-16"),
        "no UTF-8": good[:-1] + b',"x":"\xff"}',
        "NaN": good[:-1] + b',"x":NaN}',
        "a number of 5000 digits": good[:-1] + b',"x":' + b"9" * 5000 + b"}",
        "a number beyond all bounds": good[:-1] + b',"x":1e400}',
        "a name twice": good[:-1] + b"," + first + b":null}",
        "a name twice, once escaped": good[:-1] + b',"\\u0078":"\\u003a","x":1}',
        "deep": good[:-1] + b',"x":' + b"[" * 400 + b"]" * 400 + b"}",
        "far too deep": good[:-1] + b',"x":' + b"[" * 200_000,
    }.items():
        yield Bad(name, content, _MALFORMED)


def _not_said_to_be_json(good: bytes) -> Iterator[Bad]:
    for media_type in ("", "text/plain", "application/x-www-form-urlencoded", "application/jsonx"):
        yield Bad(f"sent as {media_type or 'nothing'}", good, _NOT_JSON, media_type)
    yield Bad("compressed", gzip.compress(good), _MALFORMED)


def _invalid(operation: Operation, body: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for wrong in (None, [], "x", 1, [body]):
        yield f"{wrong!r:.10} as body", wrong
    yield "an unknown field", body | {"13800138000": 1}
    schema = operation.body
    for name in schema.get("required", ()):
        yield f"no {name}", {key: value for key, value in body.items() if key != name}
    for name, found in schema["properties"].items():
        yield f"{name} of another kind", body | {name: {"unknown": [[]]}}
        if "enum" in operation.resolved(found):
            yield f"wrong code of {name}", body | {name: "no-such-code"}
            yield f"code of {name} with a blank", body | {name: f"{body.get(name)} "}
    if "occurred_at" in schema["properties"]:
        for moment in ("yesterday", "2025-01-01T00:00:00", "0001-01-01T00:00:00Z", 1_700_000_000):
            yield f"at {moment}", body | {"occurred_at": moment}


def _texts_that_no_table_holds(operation: Operation, body: dict[str, Any]) -> Iterator[Bad]:
    for path in _text_fields(operation, operation.body):
        for name, escaped in (("NUL", b"\\u0000"), ("half a pair", b"\\ud800")):
            marked = orjson.dumps(_with(body, path, "@@"))
            content = marked.replace(b"@@", b"a" + escaped)
            yield Bad(f"{name} in {'.'.join(path)}", content, _INVALID)
    content = b'{"\\u0000":1' + (b"," if body else b"") + orjson.dumps(body)[1:]
    yield Bad("NUL in a name", content, _INVALID)


def _text_fields(operation: Operation, schema: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for name, found in schema.get("properties", {}).items():
        inner = operation.resolved(found)
        if inner.get("type") == "string" and "enum" not in inner:
            yield (name,)
        for path in _text_fields(operation, inner):
            yield (name, *path)


def _with(body: dict[str, Any], path: tuple[str, ...], value: str) -> dict[str, Any]:
    first, *rest = path
    inner = body.get(first)
    known = inner if isinstance(inner, dict) else {}
    return body | {first: _with(known, tuple(rest), value) if rest else value}
