"""The labelled passages: what a reader with a pencil says of each figure."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from claims.documents.lines import Line, passages
from claims.rules.check import Checked, check
from claims.rules.document import Document
from claims.rules.finding import Verdict

FOLDER = Path(__file__).parent / "passages"
SAID = {
    "follows": Verdict.FOLLOWS,
    "note": Verdict.NOTE,
    "unchecked": Verdict.CANNOT_CHECK,
}


@dataclass(frozen=True)
class Labelled:
    """`wrong` maps a figure to its kind of tie; `said` what has to be said of others."""

    name: str
    text: str
    wrong: dict[str, str]
    said: dict[Verdict, list[str]]


def labelled() -> Iterator[Labelled]:
    """Every passage of every file."""
    for file in sorted(FOLDER.glob("*.toml")):
        for at, entry in enumerate(tomllib.loads(file.read_text(encoding="utf-8"))["passage"], 1):
            said = {verdict: entry.get(word, []) for word, verdict in SAID.items()}
            yield Labelled(f"{file.stem}-{at}", entry["text"], entry.get("wrong", {}), said)


def checked(text: str) -> Checked:
    """The text read as a .txt would be."""
    lines = [Line(line, at) for at, line in enumerate(text.splitlines(), 1)]
    return check(Document(tuple(passages(lines))))
