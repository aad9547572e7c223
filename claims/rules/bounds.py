"""How closely a figure wants to be taken, by the words right before and after it."""

import re

from claims.rules.figure import Bound

_BEFORE = (
    (Bound.NEARLY, r"(?:将近|接近|(?<![附最临邻相])近|nearly|almost|close to|just under)"),
    (
        Bound.AT_MOST,
        r"(?:不足|不到|不超过|低于|少于|小于|最多|至多|under|less than|fewer than|below|at most|up to)",
    ),
    (
        Bound.AT_LEAST,
        r"(?:超过|超|逾|突破|不少于|不低于|不下于|高于|多于|大于|至少|over|more than|at least|above|exceeding|exceeded|exceeds|no less than|no fewer than)",
    ),
    (Bound.ABOUT, r"(?:大约|约|大概|约为|约占|roughly|about|approximately|around|some|approx\.)"),
)
_AFTER = (
    (Bound.AT_LEAST, r"(?:以上|之多|多(?=[,，。;、)]|$)|or more|or above|and above|\+)"),
    (Bound.AT_MOST, r"(?:以下|以内|之内|or less|or fewer)"),
    (Bound.ABOUT, r"(?:左右|上下|or so)"),
)
_BEFORES = [(bound, re.compile(rf"{words}了?\s?$", re.IGNORECASE)) for bound, words in _BEFORE]
_AFTERS = [(bound, re.compile(rf"\s?{words}", re.IGNORECASE)) for bound, words in _AFTER]
_ANY_BEFORE = re.compile(rf"(?:{'|'.join(words for _, words in _BEFORE)})了?\s?$", re.IGNORECASE)
_ANY_AFTER = re.compile(rf"\s?(?:{'|'.join(words for _, words in _AFTER)})", re.IGNORECASE)
_LAST = frozenset("近足到过下于多少小超逾破约概为占了")
"""The last characters of the Chinese words before a figure: most clauses end in another."""
_REACH = 16


def bound_of(text: str, start: int, end: int) -> Bound:
    """Exact unless a word says otherwise."""
    before = text[max(start - _REACH, 0) : start]
    after = text[end : end + _REACH]
    # most figures are exact: a look or two tell
    last = before.rstrip()[-1:]
    if (last in _LAST or last.isascii()) and _ANY_BEFORE.search(before):
        return next(bound for bound, pattern in _BEFORES if pattern.search(before))
    if _ANY_AFTER.match(after):
        return next(bound for bound, pattern in _AFTERS if pattern.match(after))
    return Bound.EXACT
