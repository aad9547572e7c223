"""The largest bodies of wrong elements, made from the schema that a route states.

Two sizes of each: as many values as a body may hold, each of which could become an error, and as
many as its bytes allow.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from shared.http.bodies import values_in
from tests.examples import THOROUGH

Schema = dict[str, Any]
Path = tuple[str | int, ...]

ELEMENTS = (b"1", b"[]", b"{}", b'{"a":1}', b'"x"', b"null") if THOROUGH else (b"1", b"{}")


@dataclass(frozen=True)
class Wrong:
    """A body, by what is wrong with it."""

    name: str
    content: bytes


def wrong_bodies(schema: Schema, schemas: dict[str, Schema], largest: int) -> Iterator[Wrong]:
    """For every sequence and object of the schema: full of each element."""
    for path in ((), *_places(schema, schemas, ())):
        for element in ELEMENTS:
            for size in (values_in(largest) * (len(element) + 1) // _values(element), largest):
                name = f"{'.'.join(map(str, path)) or 'body'}: {element.decode()} to {size}"
                yield Wrong(f"list {name}", _within(path, _listed(element, size - 100)))
                yield Wrong(f"object {name}", _within(path, _named(element, size - 100)))
    for name, deep in (
        ("lists", b"[" * 100 + b"]" * 100),
        ("objects", b'{"a":' * 100 + b"1" + b"}" * 100),
    ):
        yield Wrong(f"deep {name}", _listed(deep, largest))
    yield Wrong("broken at its end", _listed(b"[]", largest - 2)[:-1])
    yield Wrong("broken, with a surrogate", _listed(b'"\\ud800"', largest - 2)[:-1])
    yield Wrong("NUL everywhere", _listed(b'"\\u0000"', largest))
    yield Wrong("a name twice", b'{"a":"' + b":" * (largest - 40) + b'","b":1,"b":1}')


def _values(element: bytes) -> int:
    return 2 if element == b'{"a":1}' else 1


def _listed(element: bytes, size: int) -> bytes:
    return b"[" + b",".join([element] * max(1, size // (len(element) + 1))) + b"]"


def _named(element: bytes, size: int) -> bytes:
    members = max(1, size // (len(element) + 11))
    return b"{" + b",".join(b'"n%07d":%b' % (n, element) for n in range(members)) + b"}"


def _within(path: Path, content: bytes) -> bytes:
    for step in reversed(path):
        content = (
            b"[%b]" % content if isinstance(step, int) else b'{"%b":%b}' % (step.encode(), content)
        )
    return content


def _places(schema: Schema, schemas: dict[str, Schema], path: Path) -> Iterator[Path]:
    """Where a sequence or an object is taken, at most four steps deep."""
    if len(path) > 4:
        return
    for inner in _meant(schema, schemas):
        if path and inner.get("type") in {"array", "object"}:
            yield path
        for name, found in inner.get("properties", {}).items():
            yield from _places(found, schemas, (*path, name))
        if "items" in inner:
            yield from _places(inner["items"], schemas, (*path, 0))
        if isinstance(inner.get("additionalProperties"), dict):
            yield from _places(inner["additionalProperties"], schemas, (*path, "x"))


def _meant(schema: Schema, schemas: dict[str, Schema]) -> Iterator[Schema]:
    if "$ref" in schema:
        yield from _meant(schemas[schema["$ref"].rpartition("/")[2]], schemas)
        return
    for either in ("anyOf", "oneOf"):
        for each in schema.get(either, ()):
            yield from _meant(each, schemas)
    yield schema
