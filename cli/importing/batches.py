"""Rows in batches of the size that the import API takes: rows, bytes and values are bounded."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import orjson

from cli.register.rows import Ready

MOST_ROWS = 500
MOST_BYTES = 4 * 2**20
MOST_MARKS = 60_000
"""Commas and brackets, of which a body has about as many as it has values."""


@dataclass(frozen=True, slots=True)
class Batch:
    """The rows of one request, and its body."""

    rows: tuple[Ready, ...]
    body: bytes


def batched(source: str, rows: Iterable[Ready], most_rows: int = MOST_ROWS) -> Iterator[Batch]:
    """Batches in the rows' order; a row that is too large for any other goes alone."""
    held: list[Ready] = []
    parts: list[bytes] = []
    size = marks = 0
    for row in rows:
        part = orjson.dumps(row.body)
        own = part.count(b",") + part.count(b"{") + part.count(b"[")
        if held and (
            len(held) == most_rows or size + len(part) > MOST_BYTES or marks + own > MOST_MARKS
        ):
            yield Batch(tuple(held), _body(source, parts))
            held, parts, size, marks = [], [], 0, 0
        held.append(row)
        parts.append(part)
        size += len(part)
        marks += own
    if held:
        yield Batch(tuple(held), _body(source, parts))


def _body(source: str, rows: list[bytes]) -> bytes:
    return b'{"source":%b,"rows":[%b]}' % (orjson.dumps(source), b",".join(rows))
