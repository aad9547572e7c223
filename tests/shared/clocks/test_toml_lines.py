"""The line of a value is where it is written, whatever the layout."""

import tomllib
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.clocks.shipped import texts_of
from shared.clocks.toml_lines import TomlLines

TEXT = '''# a comment
title = "one"
"a key" = 1

dotted.inner = { deep = [1, 2] }
[table]
long = """
[no.header]
key = "none"
"""
rows = [
  1,  # with a comment
  { x = 1 },
]
[table.below]
k = 'v'
[[row]]
k = 1
[row.sub]
k = 2
[[row.item]]
k = 3
[[row.item]]
k = 4
[[row]]
k = 5
  [[row.item]]
  k = 6
'''


def test_every_value_is_found_where_it_is_written() -> None:
    assert tomllib.loads(TEXT)
    lines = TomlLines(TEXT)
    places: dict[tuple[str | int, ...], int] = {
        ("title",): 2,
        ("a key",): 3,
        ("dotted", "inner", "deep", 1): 5,
        ("table",): 6,
        ("table", "long"): 7,
        ("table", "rows", 1, "x"): 11,
        ("table", "below", "k"): 16,
        ("row", 0): 17,
        ("row", 0, "k"): 18,
        ("row", 0, "sub", "k"): 20,
        ("row", 0, "item", 0, "k"): 22,
        ("row", 0, "item", 1, "k"): 24,
        ("row", 1): 25,
        ("row", 1, "k"): 26,
        ("row", 1, "item", 0, "k"): 28,
    }
    assert {place: lines.line(place) for place in places} == places


def test_what_is_not_written_stands_where_it_would_belong() -> None:
    lines = TomlLines(TEXT)
    assert lines.line(("row", 0, "sub", "missing")) == 19
    assert lines.line(("nowhere",)) == 1


def test_windows_line_ends_count_as_one() -> None:
    assert TomlLines("a = 1\r\n\r\nb = [\r\n 2]\r\nc = 3\r\n").line(("c",)) == 5


def test_every_value_of_the_shipped_files_has_the_line_that_names_it() -> None:
    for text in (*texts_of("policies").values(), *texts_of("calendars").values()):
        lines, written = TomlLines(text), text.split("\n")
        for place, key in _keys(tomllib.loads(text)):
            assert key in written[lines.line(place) - 1], place


@settings(deadline=None)
@given(st.lists(st.sampled_from(["k = 1", "l = [\n1,\n2\n]", 's = """\n[x]\n\n"""', "", "# c"])))
def test_a_later_table_is_found_below_whatever_stands_before_it(before: list[str]) -> None:
    text = "".join(f"[[t]]\n{each}\n" for each in before)
    assert TomlLines(f"{text}[[t]]\nlast = 1").line(("t", len(before), "last")) == (
        text.count("\n") + 2
    )


def _keys(table: Any, at: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], str]]:
    if isinstance(table, list):
        return [each for n, inner in enumerate(table) for each in _keys(inner, (*at, n))]
    if not isinstance(table, dict):
        return []
    return [
        found
        for key, inner in table.items()
        for found in [((*at, key), key), *_keys(inner, (*at, key))]
    ]
