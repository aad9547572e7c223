"""Private vocabulary stays out of the identifiers and file names of the folders listed here."""

import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

FOLDERS = ("cli", "demo", "deploy", "services", "shared")
"""Checked with what lies below them."""

PUBLISHED = "shared/contracts/"
"""Names of events, fields and codes, which stay as they are."""

SHOWN = frozenset({"RoutesNotTold", "TOLD_BY_WORKER", "TokenWish", "routes_told"})
"""Names that events, answers and OpenAPI documents show, which stay as they are."""
OF_FIGURES = "beside"
"""A member of a figure's JSON, and so a field of stats."""

NOT_YET = ("cli/verify.py",)
"""Paths that still have the old words; the list only gets shorter."""

WORDS = {
    "beside": "side writes",
    "door": "API, entry point",
    "errand": "command context",
    "told": "reported, earlier",
    "told_before": "reported earlier",
    "held_against": "compared with",
    "hold_against": "compare with",
    "lying": "out of order",
    "made_good": "replayed",
    "wish": "command, command request",
    "wishes": "commands, command requests",
}
"""What is not written, and the field's word for it."""

FILES = {
    *("answers", "attempt", "beginning", "by", "counted", "course", "effect", "errands", "filled"),
    *("filling", "form", "known", "known_values", "lanes", "mark", "moments", "narrowing"),
    *("one_try", "past", "places", "printer", "shown", "tail", "tally", "term", "visible"),
    *("walked", "walking"),
}
"""Names that do not tell what their file is for."""


def _sources() -> list[Path]:
    found = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
    return [
        path for path in found if not str(path.relative_to(ROOT)).startswith((PUBLISHED, *NOT_YET))
    ]


def _words(name: str) -> str:
    """`MadeGood`, `_made_good` and `MADE_GOOD` are all `_made_good_`."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return f"_{apart.strip('_').lower()}_"


def _private(name: str) -> str | None:
    words = _words(name)
    return next((word for word in WORDS if f"_{word}_" in words), None)


def _is_shown(name: str, path: Path) -> bool:
    return name in SHOWN or (name == OF_FIGURES and "stats" in path.parts)


def _identifiers(path: Path) -> Iterator[tuple[int, str]]:
    with path.open("rb") as source:
        for token in tokenize.tokenize(source.readline):
            if token.type == tokenize.NAME:
                yield token.start[0], token.string


@pytest.mark.parametrize("path", _sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_identifiers_are_the_field_s_words(path: Path) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {name}: write {WORDS[word]}"
        for line, name in _identifiers(path)
        if not _is_shown(name, path) and (word := _private(name))
    ]
    assert not found, "\n".join(found)


def test_a_file_name_tells_what_the_file_is_for() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in _sources()
        if path.stem in FILES or _private(path.stem)
    ]
    assert not found, found


@pytest.mark.parametrize("name", ["Wish", "_mark_made_good", "ToldBefore", "WISHES", "lying"])
def test_every_spelling_is_found(name: str) -> None:
    assert _private(name)


@pytest.mark.parametrize("name", ["wished", "indoors", "underlying", "besides"])
def test_a_word_within_a_word_is_not(name: str) -> None:
    assert _private(name) is None
