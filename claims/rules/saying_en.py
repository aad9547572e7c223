"""What an English clause says of its figure."""

import re
from dataclasses import replace

from claims.rules.figure import Figure, Sort
from claims.rules.saying_parts import Role, Saying
from claims.rules.vocabulary import EN_DOWN, EN_UP

_WAYS = "|".join(sorted([*EN_UP, *EN_DOWN], key=len, reverse=True))
_VAGUE = r"(?:about|around|approximately|roughly|nearly|almost|over|more than|some|just)"
_CHANGED = re.compile(
    rf"(?<!make )(?<!makes )(?<!made )(?<!making )(?<!taken )(?<!set )\b(?P<way>{_WAYS})(?:\s(?:by|of|was|is))*(?:\s(?:a|an))?(?:\s{_VAGUE})?$",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    rf"^(?:year[- ]on[- ]year\s)?(?P<way>{_WAYS})\b(?!\s(?:were|was|closed|resolved|settled))",
    re.IGNORECASE,
)
_LEVEL = re.compile(rf"\b(?:{_WAYS})\s(?:\w+\s){{0,3}}?to(?:\s{_VAGUE})?$|\bto$", re.IGNORECASE)
_RATE_BEFORE = re.compile(
    r"(?P<stem>[A-Za-z-]+)\s(?:rate|ratio|percentage)s?(?:\s(?:of|was|were|is|are|at|stood at|stands at|reached|reaching|came to|stood|being|for|in|the|year|period))*"
    rf"(?:\s{_VAGUE})?\s?$",
    re.IGNORECASE,
)
_RATE_AFTER = re.compile(r"^(?P<stem>[A-Za-z-]+)\srate\b", re.IGNORECASE)
_SHARE_BEFORE = re.compile(
    rf"\b(?:account(?:s|ed|ing)? for|making up|made up|makes up|represent(?:s|ed|ing)?|share of|proportion of|or|i\.e\.|equal to|equivalent to)(?:\s{_VAGUE})?$",
    re.IGNORECASE,
)
_SHARE_AFTER = re.compile(
    r"^of (?:the total|all|them|these|those|which|the|total)\b(?P<base>.*)", re.IGNORECASE
)
_FROM = re.compile(
    r"\bfrom(?:\s(?:a|the|an|its|their))?(?:\s\w+\s(?:of|rate of))?$", re.IGNORECASE
)
_OPENS = re.compile(r"[a-zA-Z ]*\(\s*(?:or|about|i\.e\.,?|that is,?)?\s*$", re.IGNORECASE)


def english_saying(figure: Figure, before: tuple[Figure, Saying] | None) -> Saying:
    """By the words before and after it and, where those say nothing, by the figure before it."""
    if _FROM.search(figure.lead):
        rate = _RATE_BEFORE.search(_FROM.sub("", figure.lead).strip())
        return Saying(role=Role.FROM, stem=_stem(rate))
    if change := _change(figure):
        return change
    if figure.is_count:
        return Saying(role=Role.NUMBER)
    if figure.sort is not Sort.PERCENT:
        return Saying(role=Role.BARE)
    return _of_percentage(figure, before)


def _change(figure: Figure) -> Saying | None:
    if _LEVEL.search(figure.lead):
        return None
    found = _CHANGED.search(figure.lead) or _CHANGES.match(figure.tail)
    if found is None:
        return None
    way = found["way"].lower()
    direction = 1 if way in EN_UP else -1
    return Saying(
        role=Role.CHANGE,
        direction=-direction if figure.value < 0 else direction,
        subject=figure.lead[: found.start()].strip()
        if figure.lead.endswith(found.group())
        else "",
        since="on last year" if _compares(figure.tail) else "",
    )


def _compares(tail: str) -> bool:
    return re.search(r"\b(?:from|on|than|over|compared|against|versus|year)\b", tail) is not None


def _stem(rate: re.Match[str] | None) -> str:
    return rate["stem"].lower() if rate else ""


def _of_percentage(figure: Figure, before: tuple[Figure, Saying] | None) -> Saying:
    rate = _RATE_BEFORE.search(figure.lead) or _RATE_AFTER.match(figure.tail)
    if rate:
        return Saying(role=Role.RATE, stem=rate["stem"].lower())
    if before is not None:
        other, said = before
        if other.is_count and _OPENS.fullmatch(figure.gap):
            return Saying(role=Role.SHARE, direct=True)
        if _LEVEL.search(figure.lead) and said.stem:
            return replace(said, role=Role.RATE)
    share = _SHARE_AFTER.match(figure.tail)
    if share or _SHARE_BEFORE.search(figure.lead):
        return Saying(role=Role.SHARE, base=share["base"].strip() if share else "")
    return Saying(role=Role.BARE)
