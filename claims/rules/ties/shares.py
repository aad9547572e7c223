"""Shares of a total: 其中来访107件,占57.2%; 分别占…; 184 (98.4%) were resolved."""

import re
from collections.abc import Iterator
from dataclasses import replace

from claims.rules.figure import Figure, Sort
from claims.rules.finding import Finding, Kind, Verdict
from claims.rules.reading import Reading, Spoken
from claims.rules.saying_parts import Role
from claims.rules.ties import pools
from claims.rules.ties.beside import borne_out
from claims.rules.ties.common_total import common_totals
from claims.rules.ties.pairs import base_of, paired_with, pairs_in
from claims.rules.ties.quotient import Asked, Pairing, judged
from claims.rules.units import alike
from claims.rules.vocabulary import GENERIC

_WHOLE = [
    "总数",
    "总量",
    "总",
    "全部",
    "全镇",
    "全县",
    "全市",
    "全体",
    "总体",
    "整体",
    "整个",
    "比",
    "例",
    "数",
    "量",
    "件",
    "其",
    "的",
    "比重",
    "合计",
    "本次",
    "分别",
    "各",
    "约",
]
_ITEMS = ("其中", "of which", "including", ":", "(其中", "按", "分为", "包括", "——")

_CLOSES = re.compile(r"(?:共计|合计|总计|总共|一?共)(?:有|为)?$")
_COMES_IN = [
    "受理",
    "接收",
    "接到",
    "收到",
    "登记",
    "共",
    "总",
    "累计",
    "合计",
    "排查",
    "调解",
    "调处",
    "发现",
    "现有",
    "上报",
    "接待",
    "办理",
]


def shares(reading: Reading) -> Iterator[Finding]:
    """One finding for each share."""
    for spoken in reading.spoken:
        pairs = [*pairs_in(spoken)]
        common: dict[int, Finding] | None = None
        for at, (figure, saying) in enumerate(zip(spoken.figures, spoken.sayings, strict=True)):
            if figure.sort is Sort.PERCENT and saying.role is Role.SHARE:
                found = _share(reading, spoken, at, paired_with(spoken, at, pairs))
                if found.verdict is Verdict.CANNOT_CHECK:
                    common = dict(common_totals(spoken)) if common is None else common
                    found = common.get(at, found)
                yield found


def _share(reading: Reading, spoken: Spoken, at: int, pair: Pairing | None) -> Finding:
    asked = Asked(spoken, spoken.figures[at], Kind.SHARE)
    if pair is not None and (found := judged(replace(asked, kind=Kind.RATIO), [pair])):
        return found
    part = _part(spoken, at)
    if part is None:
        return asked.found(Verdict.CANNOT_CHECK, _no_part(asked))
    pairings = [*_pairings(reading, spoken, at, part)]
    found = judged(asked, pairings)
    key = "other-base" if pairings else "no-total"
    return found or asked.found(Verdict.CANNOT_CHECK, asked.because(key))


def _no_part(asked: Asked) -> str:
    turns = asked.figure.turns
    counts = len(_in_front(asked.spoken, asked.figure))
    if turns > 1 and counts:
        return asked.because("series-mismatch", shares=turns, counts=counts)
    return asked.because("no-total")


def _part(spoken: Spoken, at: int) -> Figure | None:
    """What has the share: the count right before, or the one of the same place in a series."""
    figure, saying = spoken.figures[at], spoken.sayings[at]
    if figure.turns > 1:
        front = _in_front(spoken, figure)
        return front[figure.turn] if len(front) == figure.turns else None
    if saying.direct:
        return spoken.figures[at - 1]
    counts = [each for each in pools.before(spoken, at) if each.text != saying.base]
    if not counts:
        return None
    return _named(counts, _subject(figure)) if _subject(figure) else counts[0]


def _subject(figure: Figure) -> str:
    """Who has the share, where the clause says so itself: 来访占57.2%."""
    said = figure.lead.split("占", 1)[0] if "占" in figure.lead else ""
    for word in ("其中", "所", "共", "约", "合计", "总计"):
        said = said.replace(word, "")
    return said.strip()


def _named(counts: list[Figure], subject: str) -> Figure | None:
    return next((each for each in counts if subject[:2] in each.words), None)


def _in_front(spoken: Spoken, share: Figure) -> list[Figure]:
    """The counts of one unit in a row before the first share of a series."""
    front: list[Figure] = []
    for at in reversed(spoken.counts):
        figure = spoken.figures[at]
        if figure.start > share.start:
            continue
        if front and (not alike(figure.unit, front[0].unit) or _begins_list(spoken, at)):
            break
        front.insert(0, figure)
    return front


def _begins_list(spoken: Spoken, at: int) -> bool:
    """Whether a count is the total of what is listed behind it."""
    gap = spoken.since(at, at + 1) if at + 1 < len(spoken.figures) else ""
    return any(word in gap for word in _ITEMS)


def _pairings(reading: Reading, spoken: Spoken, at: int, part: Figure) -> Iterator[Pairing]:
    base = spoken.sayings[at].base
    opened = base_of(spoken, at)
    if opened is not None and spoken.figures[opened] is not part:
        yield Pairing((part,), (spoken.figures[opened],), certain=True)
        return
    stated = [each for each in pools.before(spoken, at) if base and each.text in base]
    if stated:
        yield Pairing((part,), (stated[0],), certain=True)
        return
    yield from _of_totals(reading, spoken, at, part)


def _of_totals(reading: Reading, spoken: Spoken, at: int, part: Figure) -> Iterator[Pairing]:
    named = _narrowing(spoken.sayings[at].base)
    wholes = [
        each
        for each in pools.wholes_for(part, pools.around(reading, spoken, at))
        if each.value >= part.value
    ]
    sure = [each for each in wholes if _is_sure(spoken, each, part, named)]
    if len(wholes) > 1 and not (named and len(sure) == 1):
        # of several totals in other sentences none is surely meant
        sure = [each for each in sure if any(each is figure for figure in spoken.figures)]
    sure = [each for each in sure if not _has_share(spoken, each)] or borne_out(
        spoken, at, part, wholes
    )
    for whole in wholes:
        yield Pairing((part,), (whole,), certain=bool(sure) and whole is sure[0])
    for run in pools.runs_before(spoken, part):
        yield Pairing((part,), run)
    front = _in_front(spoken, spoken.figures[at])
    if len(front) > 1 and part in front and not sure:
        yield Pairing((part,), tuple(front))


def _narrowing(base: str) -> str:
    for word in (*_WHOLE, *GENERIC):
        base = base.replace(word, "")
    return base.strip()


def _is_sure(spoken: Spoken, whole: Figure, part: Figure, named: str) -> bool:
    if named:
        return named[:2] in whole.words
    places = {each.start: at for at, each in enumerate(spoken.figures)}
    if whole.start in places and spoken.figures[places[whole.start]] is whole:
        if whole.start > part.start:
            return _CLOSES.match(whole.lead) is not None
        if _begins_list(spoken, places[whole.start]):
            return True
    return any(word in whole.words for word in _COMES_IN) or "total" in whole.words.lower()


def _has_share(spoken: Spoken, whole: Figure) -> bool:
    """Whether it is a part beside the part: 邻里12件,占30%; no list begins behind it."""
    for at in range(len(spoken.figures) - 1):
        if spoken.figures[at] is whole:
            share = spoken.sayings[at + 1].role is Role.SHARE
            own = share and not _subject(spoken.figures[at + 1])
            return own and not _begins_list(spoken, at)
    return False
