"""The same quantity stated twice: the same words, unit and scope, and another value.

Two statements are of one quantity only where both say of what they are whole (全年, 全镇, 共) and
nothing narrows either. Where a scope is not said the difference is remarked at most.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claims.rules.figure import Bound, Figure, Sort
from claims.rules.finding import Finding, Kind, Verdict
from claims.rules.reading import Reading, Spoken
from claims.rules.saying_parts import Role
from claims.rules.ties.quotient import Asked

_SCOPE = re.compile(
    r"全年度?|全镇|全县|全市|全区|全乡|全街道|本年度?|年内|今年(?:以来)?|\d{4}年度?|一年来|\b(?:in total|altogether|a total of|the (?:town|county|township)|this year|in 20\d\d)\b",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"共计|总共|累计|合计|共|总计|已经?|先后|一共|合共|达到?|为|有|的|\s|(?:of|a total|the|were|was)\b"
)
_NARROW = re.compile(
    r"[一二三四1-4]季度|上半年|下半年|\d+月|截至|上年|去年|同期|其中|村|社区|组织?$|某|如|XX|每|平均|第|月均|日均|县外|初次|重复|新增"
)
_YEARS = re.compile(r"\d{4}|今年|本年|(?i:in |this year)")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)|上年|去年")
_REGIONS = re.compile(r"全(?:镇|县|市|区|乡|街道)|(?i:the )")
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class _Said:
    spoken: Spoken
    figure: Figure
    scopes: frozenset[str]


def repeats(reading: Reading) -> Iterator[Finding]:
    """One finding for each later statement whose value differs from the first of its name."""
    one_year = len(_years(reading)) < 2
    first: dict[tuple[str, str, Sort], _Said] = {}
    for spoken in reading.spoken:
        for at, figure in enumerate(spoken.figures):
            key = _key(spoken, at)
            if key is None:
                continue
            said = _Said(spoken, figure, _scopes(spoken, figure))
            known = first.setdefault((key, figure.unit, figure.sort), said)
            if known is not said and (found := _judged(known, said, one_year=one_year)):
                yield found


def _key(spoken: Spoken, at: int) -> str | None:
    """The words of what is counted, without filler; None where they name too little."""
    figure, saying = spoken.figures[at], spoken.sayings[at]
    counted = figure.is_count and figure.unit and saying.role is Role.NUMBER
    if (
        figure.depth
        or figure.bound is not Bound.EXACT
        or not (counted or saying.role is Role.RATE)
    ):
        return None
    if not spoken.sentence.chinese or _NARROW.search(_clause(spoken, figure)):
        return None
    name = _FILLER.sub("", _SCOPE.sub("", figure.lead))
    tail = "" if saying.role is Role.RATE or figure.lead else figure.tail
    return name + tail if len(name) >= _SHORTEST else None


def _clause(spoken: Spoken, figure: Figure) -> str:
    """The sentence up to the figure: what narrows it stands there."""
    return spoken.sentence.text[: figure.end - spoken.sentence.start]


def _scopes(spoken: Spoken, figure: Figure) -> frozenset[str]:
    return frozenset(found.group() for found in _SCOPE.finditer(_clause(spoken, figure)))


def _judged(known: _Said, said: _Said, *, one_year: bool) -> Finding | None:
    asked = Asked(said.spoken, said.figure, Kind.REPEATED)
    passage = known.spoken.sentence.passage
    line = passage.place(known.figure.start, known.figure.end).line
    values = {"line": line, "other": known.figure.text}
    if said.figure.value == known.figure.value and _one_scope(known, said, one_year=one_year):
        why = asked.because("repeated-follows", **values)
        return asked.found(Verdict.FOLLOWS, why, uses=[known.figure.text])
    if min(said.figure.step, known.figure.step) != max(said.figure.step, known.figure.step):
        return None
    if not _one_scope(known, said, one_year=one_year):
        return None
    sure = said.figure.is_count
    key = "repeated-differs" if sure else "repeated-maybe"
    verdict = Verdict.DOES_NOT_FOLLOW if sure else Verdict.NOTE
    why = asked.because(key, **values)
    return asked.found(verdict, why, computed=known.figure.text, uses=[known.figure.text])


def _years(reading: Reading) -> set[str]:
    return {year for spoken in reading.spoken for year in _YEAR.findall(spoken.sentence.text)}


def _one_scope(one: _Said, other: _Said, *, one_year: bool) -> bool:
    """Whether both say that they are of the whole, and of the same whole."""
    years = [{each for each in said.scopes if _YEARS.match(each)} for said in (one, other)]
    if not (one.scopes and other.scopes) or (
        # a year that is named first goes on; one that is named later is another
        years[0] != years[1] and not (one_year and not years[1])
    ):
        return False
    return all(_not_apart(one.scopes, other.scopes, words) for words in (_YEARS, _REGIONS))


def _not_apart(one: frozenset[str], other: frozenset[str], words: re.Pattern[str]) -> bool:
    """Years and regions that both name have to be the same."""
    first, second = ({each for each in scopes if words.match(each)} for scopes in (one, other))
    return first == second or not (first and second)
