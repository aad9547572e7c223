"""Whether a count is what a rate is taken of, by the words around both."""

import re
from dataclasses import dataclass
from functools import lru_cache

from claims.rules.figure import Figure
from claims.rules.vocabulary import (
    ASKED,
    BASES,
    DUE,
    EN_BASES,
    EN_NEGATIONS,
    EN_OWN_BASES,
    EN_ROOTS,
    GENERIC,
    NEGATIONS,
    OUTCOMES,
    OWED,
    OWN_BASES,
    QUALIFIERS,
    RATED,
    SAME_OUTCOME,
)


@dataclass(frozen=True, slots=True)
class RateName:
    """A rate's name taken apart: 初次信访按期办结 is 办结, narrowed by 初次 and 按期."""

    core: str
    narrowed: tuple[str, ...]
    rest: str
    chinese: bool

    @property
    def is_due(self) -> bool:
        """Whether it is taken of what was due, which a text seldom counts."""
        return any(word in DUE for word in self.narrowed)

    @property
    def own_bases(self) -> tuple[str, ...] | None:
        """The words of the only totals that it is surely taken of; None where any total will do."""
        found = (OWN_BASES if self.chinese else EN_OWN_BASES).get(self.core)
        return None if found is None else tuple(found)


@lru_cache(maxsize=4096)
def rate_name(stem: str, *, chinese: bool) -> RateName:
    """Of the words before 率, or before the English `rate`."""
    if not chinese:
        root = EN_ROOTS.get(stem, stem[:5])
        return RateName(root, (), "", chinese=False)
    core = _core(stem)
    rest = stem.replace(core, " ", 1) if core else stem
    narrowed = tuple(word for word in QUALIFIERS if word in rest)
    for word in (*narrowed, *GENERIC):
        rest = rest.replace(word, " ")
    return RateName(core, narrowed, rest.strip(), chinese=True)


def _core(stem: str) -> str:
    ends = [(stem.rfind(word) + len(word), len(word), word) for word in OUTCOMES if word in stem]
    return max(ends)[2] if ends else stem[-2:]


def is_numerator(figure: Figure, name: RateName) -> bool:
    """Whether the count is of what the rate says was done."""
    return _is_numerator(figure.words, name)


@lru_cache(maxsize=65536)
def _is_numerator(said: str, name: RateName) -> bool:
    if not name.chinese:
        words = said.lower()
        return name.core in words and not _denied_en(words, name.core)
    return any(_done(said, word) for word in SAME_OUTCOME.get(name.core, (name.core,))) and all(
        _narrowed_alike(said, word) for word in name.narrowed
    )


def _narrowed_alike(said: str, word: str) -> bool:
    """按期 and 按时 say the same."""
    return any(each in said for each in (DUE if word in DUE else (word,)))


_ADVERBS = re.compile(
    r"^\s*(?:其中|已经?|共|共计|累计|实际|全部|成功|目前|截至目前|均|且|并|督促|推动|协调|督办|组织|指导|联合|现场|当场|及时|依法|限期|圆满|顺利|妥善|有效|协助|帮助|\s)+"
)


def is_plain(part: Figure, whole: Figure, name: RateName) -> bool:
    """Whether the part is of nothing narrower than the whole: 化解疑难案件87件 is not of 受理187件."""
    if not name.chinese:
        return True
    said = _ADVERBS.sub("", part.words)
    for word in (
        *SAME_OUTCOME.get(name.core, ()),
        name.core,
        *DUE,
        *name.narrowed,
        *GENERIC,
        "成功",
    ):
        said = said.replace(word, "")
    rest = set(said) - set(" 了的得其中已共各项类件起")
    return rest <= set(whole.words)


def _denied_en(words: str, core: str) -> bool:
    at = words.find(core)
    return any(word in words[max(at - 12, 0) : at + 2] for word in EN_NEGATIONS)


def _done(said: str, word: str) -> bool:
    if not word:
        return False
    at = said.rfind(word)
    if at < 0 or any(owed + word in said for owed in OWED):
        return False
    return not any(said[:at].endswith(no) for no in NEGATIONS) and not _other_grade(said, word)


def _other_grade(said: str, word: str) -> bool:
    return word == "满意" and ("不满意" in said or "基本满意" in said)


_ALREADY = re.compile(r"^(?:其中|目前|现|截至目前)?已(?:经|成功|全部|妥善)*")


def taken_up(whole: Figure, part: Figure, name: RateName) -> bool:
    """包案化解积案72件,已化解66件: what is 已 done is done of what was taken up to be done."""
    done = _ALREADY.sub("", part.lead)
    words = SAME_OUTCOME.get(name.core, (name.core,))
    return done != part.lead and done in words and "已" not in whole.lead


def is_undone(figure: Figure, name: RateName) -> bool:
    """Whether the count is of the rest: 未化解3件."""
    return _is_undone(figure.words, name)


@lru_cache(maxsize=65536)
def _is_undone(said: str, name: RateName) -> bool:
    words = SAME_OUTCOME.get(name.core, (name.core,))
    return any(f"{no}{word}" in said for no in ("未", "没有", "尚未") for word in words if word)


def is_base(figure: Figure, name: RateName) -> bool:
    """Whether the rate is surely taken of this count."""
    return _is_base(figure.words, name)


@lru_cache(maxsize=65536)
def _is_base(said: str, name: RateName) -> bool:
    words = said if name.chinese else said.lower()
    if name.own_bases is not None:
        rated = any(word in words for word in name.own_bases)
        return rated and not (name.core in RATED and any(each in words for each in ASKED))
    if not name.chinese:
        return any(word in words for word in EN_BASES)
    if any(owed in words for owed in OWED):
        return True
    return any(word in words for word in BASES) and not _is_undone(words, name)
