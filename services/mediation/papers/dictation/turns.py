"""A dictation cut into pieces, each belonging to one part: nothing is lost, nothing moved."""

import re
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


def cut(
    text: str, names: Sequence[str] = (), introduced: Mapping[int, int] = _NOBODY
) -> list[Piece]:
    """The pieces in their order: every word of the text but the stops between clauses.

    `names` are the parties': one before a cue goes with it. `introduced` has the places
    at which a party is introduced as a side, and for each where its name stands.
    """
    pieces: list[Piece] = []
    part = Part.FACTS
    for clause in _CLAUSE.finditer(text):
        signs = _signs(text, clause, names, introduced)
        for piece in _split(clause, part, signs, names):
            pieces.append(piece)
            part = piece.part
    return pieces


def _split(
    clause: re.Match[str], part: Part, signs: Sequence[_Sign], names: Sequence[str]
) -> Iterator[Piece]:
    text, start = clause.string, clause.start()
    counted = 0
    for sign in signs:
        if sign.part is part or part not in sign.after:
            continue
        begin = max(start, _with_subject(text, sign.at, names))
        if not counted and begin - start <= _SHORT_SUBJECT:
            begin = start
        if begin > start:
            yield Piece(part, text[start:begin], start)
            start = begin
        part, counted = sign.part, counted + 1
    yield Piece(part, text[start : clause.end()], start)


def _signs(
    text: str, clause: re.Match[str], names: Sequence[str], introduced: Mapping[int, int]
) -> list[_Sign]:
    """The cues of a clause in their order; an introduction comes before what else begins there."""
    start, end = clause.span()
    named = [
        _Sign(at, Part.PARTIES, BEFORE_THE_MATTER) for at in range(start, end) if at in introduced
    ]
    cued = [
        _Sign(match.start(), cue.part, cue.after)
        for cue, words in _CUES
        for match in words.finditer(text, start, end)
    ]
    again = [
        _Sign(match.start(), Part.FACTS, WHILE_NAMING)
        for name in names
        for match in re.compile(re.escape(name)).finditer(text, start, end)
        if match.start() not in introduced.values()
    ]
    return sorted([*named, *cued, *again], key=lambda sign: sign.at)


def _with_subject(text: str, at: int, names: Sequence[str]) -> int:
    """The place before the one who does it: 李四承认 begins at 李四."""
    for subject in (*names, *SUBJECTS):
        if text.endswith(subject, 0, at):
            return at - len(subject)
    return at
