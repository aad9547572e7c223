"""Finds the line of a value in a TOML file: tomllib parses TOML but gives no lines.

A file is a sequence of statements (a table header, or a key with its value). A statement ends with
the first line up to which tomllib can parse it alone, so tomllib's grammar decides.
"""

import tomllib
from collections.abc import Iterator
from typing import Any

Place = tuple[str | int, ...]
"""Keys, and indexes of arrays from 0: `("clock", 3, "length")`."""


class TomlLines:
    """The lines of the values in a valid TOML text."""

    def __init__(self, text: str) -> None:
        """`text` is valid TOML."""
        self._lines: dict[Place, int] = {}
        self._last: dict[Place, int] = {}
        self._table: Place = ()
        for line, statement in _statements(text):
            self._take(line, statement)

    def line(self, place: Place) -> int:
        """The line of that place, or of the table around it if it is missing; from 1."""
        while place and place not in self._lines:
            place = place[:-1]
        return self._lines.get(place, 1)

    def _take(self, line: int, statement: str) -> None:
        read = tomllib.loads(statement)
        if statement.lstrip().startswith("["):
            self._table = self._header(read, is_array=statement.lstrip().startswith("[["))
            for depth in range(1, len(self._table) + 1):
                self._lines.setdefault(self._table[:depth], line)
            return
        for place in _places(read):
            self._lines.setdefault(self._table + place, line)

    def _header(self, read: dict[str, Any], *, is_array: bool) -> Place:
        place: Place = ()
        *above, own = _chain(read)
        for key in above:
            place = self._in_last((*place, key))
        place += (own,)
        if not is_array:
            return place
        self._last[place] = self._last.get(place, -1) + 1
        return self._in_last(place)

    def _in_last(self, place: Place) -> Place:
        return (*place, self._last[place]) if place in self._last else place


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Each statement with its first line; skips empty lines and comments."""
    begun: list[str] = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        begun.append(line)
        statement = "\n".join(begun)
        try:
            says_something = bool(tomllib.loads(statement))
        except tomllib.TOMLDecodeError:  # it goes on in the next line
            continue
        if says_something:
            yield number - len(begun) + 1, statement
        begun = []


def _chain(read: Any) -> Iterator[str]:
    """The keys of a header, from the outermost to its own."""
    while read:
        read = read[0] if isinstance(read, list) else read
        for key, inner in read.items():
            yield key
            read = inner


def _places(value: Any, at: Place = ()) -> Iterator[Place]:
    if at:
        yield at
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _places(inner, (*at, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _places(inner, (*at, place))
