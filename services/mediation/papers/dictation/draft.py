"""A draft of an agreement: its parts as the form has them, each to be checked by the mediator."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from services.mediation.papers.dictation.cues import MODE, Part
from services.mediation.papers.dictation.days import SaidDay, days_in
from services.mediation.papers.dictation.instalments import (
    SaidInstalment,
    doubts_of,
    instalments_in,
)
from services.mediation.papers.dictation.money import amounts_in
from services.mediation.papers.dictation.parties import SaidParty, parties_in
from services.mediation.papers.dictation.turns import Piece, cut
from services.mediation.papers.forms import AGREEMENT
from shared.papers import Value

LONGEST_DICTATION = 20_000
_NAMES = {element.id: element.zh for element in AGREEMENT.elements}
_HIDDEN = "＊"


@dataclass(frozen=True, slots=True)
class DraftPart:
    """One part of the agreement in the words of the dictation, under the form's name for it."""

    id: str
    name: str
    text: str
    to_check: bool = True

    @property
    def said(self) -> bool:
        """Whether anything was said of it."""
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class AgreementDraft:
    """What was heard. `readings` tell how days were read, `doubts` what the mediator has to settle."""

    parties: tuple[SaidParty, ...]
    introductions: str
    parts: tuple[DraftPart, ...]
    instalments: tuple[SaidInstalment, ...]
    readings: tuple[str, ...]
    doubts: tuple[str, ...]

    @property
    def not_said(self) -> tuple[str, ...]:
        """The names of the parts of which nothing was said."""
        silent = [part.name for part in self.parts if not part.said]
        return (*([] if self.parties else [_NAMES["parties"]]), *silent)

    def part(self, part_id: str) -> DraftPart:
        """The part with that id. Raises KeyError where there is none."""
        return {part.id: part for part in self.parts}[part_id]

    def values(self) -> dict[str, Value | None]:
        """What can be filled into the form; what was not said is lacking there and refused."""
        rows = [party.row() for party in self.parties]
        instalments = [instalment.row() for instalment in self.instalments]
        texts = {part.id: part.text or None for part in self.parts}
        return {"parties": rows or None, "instalments": instalments or None, **texts}


def draft_agreement(text: str, *, said_on: date, known: Sequence[str] = ()) -> AgreementDraft:
    """Draft the agreement's parts from a dictation, with or without punctuation.

    `said_on` is the day from which 明天 and 一个月内 count; `known` are the names under which the
    parties are registered, which no rule has to guess. The function is total: any text of up to
    20,000 characters gives a draft, if only one whose parts are empty; longer ones raise
    ValueError.
    """
    if len(text) > LONGEST_DICTATION:
        raise ValueError(f"a dictation has at most {LONGEST_DICTATION} characters")
    parties = parties_in(text, known)
    names = [party.name for party in parties]
    places = {party.introduced: party.start for party in parties if party.introduced is not None}
    pieces = cut(text, names, places)
    performance = _hide(names, _joined(pieces, {Part.TERMS, Part.PERFORMANCE}))
    instalments = instalments_in(performance, said_on)
    days = days_in(performance, said_on)
    return AgreementDraft(
        parties=tuple(parties),
        introductions=_joined(pieces, {Part.PARTIES}),
        parts=tuple(_parts(pieces, said_on)),
        instalments=tuple(instalments),
        readings=tuple(dict.fromkeys(map(_reading, days))),
        doubts=tuple(dict.fromkeys(_doubts(names, performance, instalments, days))),
    )


def _parts(pieces: Sequence[Piece], said_on: date) -> Iterator[DraftPart]:
    for part in (Part.FACTS, Part.ISSUE, Part.LIABILITIES, Part.TERMS):
        yield _draft_part(part.value, _joined(pieces, {part}))
    performance = [piece for piece in pieces if piece.part is Part.PERFORMANCE]
    promised = [piece for piece in pieces if piece.part in {Part.TERMS, Part.PERFORMANCE}]
    dated = [piece for piece in promised if days_in(piece.text, said_on)]
    modes = [piece for piece in performance if piece not in dated or MODE.search(piece.text)]
    yield _draft_part("performance_mode", _sentences(modes))
    yield _draft_part("performance_by", _sentences(dated))


def _draft_part(part_id: str, text: str) -> DraftPart:
    return DraftPart(part_id, _NAMES[part_id], text)


def _joined(pieces: Sequence[Piece], parts: set[Part]) -> str:
    return _sentences([piece for piece in pieces if piece.part in parts])


def _sentences(pieces: Iterable[Piece]) -> str:
    """The words as they were said; what was said in one go is one line."""
    lines: list[list[Piece]] = []
    for piece in pieces:
        if lines and 0 <= piece.start - lines[-1][-1].end <= 1:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return "\n".join("，".join(piece.text for piece in line) + "。" for line in lines)


def _hide(names: Sequence[str], text: str) -> str:
    """A name may end in a numeral: 给张三三千 is three thousand."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, _HIDDEN * len(name))
    return text


def _reading(day: SaidDay) -> str:
    if day.on is None:
        return f"“{day.said}”：{day.reading}"
    return f"“{day.said}”读作{day.on.year}年{day.on.month}月{day.on.day}日：{day.reading}"


def _doubts(
    names: Sequence[str],
    performance: str,
    instalments: Sequence[SaidInstalment],
    days: Sequence[SaidDay],
) -> Iterator[str]:
    if len(names) == 1:
        yield f"只听出一方当事人“{names[0]}”，请补上另一方"
    yield from (amount.doubt for amount in amounts_in(performance) if amount.doubt)
    yield from doubts_of(performance, instalments)
    yield from (f"“{day.said}”{day.reading}" for day in days if day.on is None)
