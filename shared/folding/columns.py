"""Rows turned into the arrays that a statement with `unnest` takes."""

from collections.abc import Iterable, Sequence
from typing import Any


def columns_of(rows: Iterable[Sequence[Any]], count: int) -> list[list[Any]]:
    """One list for each of the `count` columns, also where there is no row."""
    turned = [list(column) for column in zip(*rows, strict=True)]
    return turned or [[] for _ in range(count)]
