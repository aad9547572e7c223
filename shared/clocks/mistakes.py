"""Collects the mistakes in data files, each with its file and line, to report them together."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from shared.clocks.toml_lines import Place, TomlLines

_AT = re.compile(r"\s*\(at line (\d+), column \d+\)")
_OF_OURS = re.compile(r"^Value error, ")


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One mistake in a data file."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


class DataMistaken(ValueError):
    """The data files cannot be used; the message lists every mistake, one per line."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        """`mistakes` has at least one."""
        self.mistakes: tuple[Mistake, ...] = tuple(sorted(set(mistakes)))
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


class TomlFile:
    """A data file, and the mistakes found in it."""

    def __init__(self, name: str, text: str) -> None:
        """Text that is not TOML is a mistake; `tables` is empty then."""
        self.name = name
        self.tables: dict[str, Any] = {}
        self.mistakes: list[Mistake] = []
        self._text = text
        self._lines: TomlLines | None = None
        try:
            self.tables = tomllib.loads(text)
        except tomllib.TOMLDecodeError as broken:
            found = _AT.search(str(broken))
            line = int(found[1]) if found else text.count("\n") + 1
            self.mistakes.append(Mistake(name, line, f"is no TOML: {_AT.sub('', str(broken))}"))

    def mistake(self, place: Place, reason: str) -> None:
        """Add a mistake in the value at that place."""
        self._lines = self._lines or TomlLines(self._text)
        self.mistakes.append(Mistake(self.name, self._lines.line(place), reason))

    def misfit(self, place: Place, invalid: ValidationError) -> None:
        """Add the mistakes that pydantic finds in the table at that place."""
        for error in invalid.errors(include_url=False, include_input=False):
            self.mistake(place + error["loc"], _sentence(error))


def raise_mistakes(files: Sequence[TomlFile]) -> None:
    """Raise DataMistaken if any file has mistakes."""
    found = [mistake for file in files for mistake in file.mistakes]
    if found:
        raise DataMistaken(found)


def open_files(texts: Mapping[str, str]) -> list[TomlFile]:
    """The files of these names and texts."""
    return [TomlFile(name, text) for name, text in texts.items()]


def _sentence(error: ErrorDetails) -> str:
    where = ".".join(str(step) for step in error["loc"])
    match error["type"]:
        case "extra_forbidden" | "unexpected_keyword_argument":
            return f"{where} is not known here"
        case "missing":
            return f"{where} is missing"
        case _:
            return f"{where}: {_OF_OURS.sub('', error['msg'])}"
