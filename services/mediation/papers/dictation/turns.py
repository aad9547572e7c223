"""A dictation cut into pieces, each belonging to one part: nothing is lost, nothing moved."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from services.mediation.papers.dictation.cues import (
    BEFORE_THE_MATTER,
    CUES,
    SUBJECTS,
    WHILE_NAMING,
    Part,
)

_STOPS = r"\s，。；;、！!？?：:…,"
_CLAUSE = re.compile(rf"(?:[^{_STOPS}]|(?<=[0-9]),(?=[0-9]{{3}}))+")
_SHORT_SUBJECT = 4
"""So few words before a cue at the beginning of a clause are its subject: 物业承认, 后来讲好."""
_NOBODY: Mapping[int, int] = MappingProxyType({})
_CUES = [(cue, re.compile(cue.words)) for cue in CUES]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words in a row, and where they stand in the dictation."""

    part: Part
    text: str
    start: int

    @property
    def end(self) -> int:
        """The place after its last word."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class _Sign:
    """At this place another part begins, if the one before is one of `after`."""

    at: int
    part: Part
    after: frozenset[Part]


class _Names:
    """Where the parties are named, looked up once: there may be thousands of them."""

    def __init__(self, text: str, names: Sequence[str], introduced: Mapping[int, int]) -> None:
        self._text = text
        self._subjects = {
            word: place for place, word in reversed([*enumerate((*names, *SUBJECTS))])
        }
        self._lengths = sorted({len(word) for word in self._subjects})
        first = set(introduced.values())
        self._again = sorted(at for name in names for at in _places(text, name) if at not in first)

    def again(self, start: int, end: int) -> Sequence[int]:
        """The places from `start` to `end` at which one is named who was introduced before."""
        return self._again[bisect_left(self._again, start) : bisect_left(self._again, end)]

    def with_subject(self, at: int) -> int:
        """The place before the one who does it: 李四承认 begins at 李四."""
        before = (self._text[max(0, at - length) : at] for length in self._lengths)
        found = [word for word in before if word in self._subjects]
        return at - len(min(found, key=self._subjects.__getitem__, default=""))


def _places(text: str, name: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + len(name))


def cut(
    text: str, names: Sequence[str] = (), introduced: Mapping[int, int] = _NOBODY
) -> list[Piece]:
    """The pieces in their order: every word of the text but the stops between clauses.

    `names` are the parties': one before a cue goes with it. `introduced` has the places
    at which a party is introduced as a side, and for each where its name stands.
    """
    pieces: list[Piece] = []
    part, named = Part.FACTS, _Names(text, names, introduced)
    for clause in _CLAUSE.finditer(text):
        signs = _signs(clause, named, introduced)
        for piece in _split(clause, part, signs, named):
            pieces.append(piece)
            part = piece.part
    return pieces


def _split(
    clause: re.Match[str], part: Part, signs: Sequence[_Sign], named: _Names
) -> Iterator[Piece]:
    text, start = clause.string, clause.start()
    counted = 0
    for sign in signs:
        if sign.part is part or part not in sign.after:
            continue
        begin = max(start, named.with_subject(sign.at))
        if not counted and begin - start <= _SHORT_SUBJECT:
            begin = start
        if begin > start:
            yield Piece(part, text[start:begin], start)
            start = begin
        part, counted = sign.part, counted + 1
    yield Piece(part, text[start : clause.end()], start)


def _signs(clause: re.Match[str], named: _Names, introduced: Mapping[int, int]) -> list[_Sign]:
    """The cues of a clause in their order; an introduction comes before what else begins there."""
    start, end = clause.span()
    begun = [
        _Sign(at, Part.PARTIES, BEFORE_THE_MATTER) for at in range(start, end) if at in introduced
    ]
    cued = [
        _Sign(match.start(), cue.part, cue.after)
        for cue, words in _CUES
        for match in words.finditer(clause.string, start, end)
    ]
    again = [_Sign(at, Part.FACTS, WHILE_NAMING) for at in named.again(start, end)]
    return sorted([*begun, *cued, *again], key=lambda sign: sign.at)
