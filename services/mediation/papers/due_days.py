"""By which days an agreement is to be performed, as its paper says it."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from services.mediation.papers.dictation.days import days_in, full_day

_DOING = "付清|付讫|结清|还清|履行|给付|支付|交付|交清|赔付|兑现|完成"
_SIGNING = "签(?:字|名|约|署|订)?(?:本|该)?(?:人民调解|调解)?(?:协议书?)?(?:之时|的?同时|时)"
_AT_ONCE = re.compile(rf"(?:当场|现场|当即|即时|即刻|{_SIGNING})[^，。；]{{0,12}}?(?:{_DOING})")
_DONE = re.compile(
    r"[0-9〇零一二两三四五六七八九十年月日号]{0,12}已经?(?:[于将把][^，。；]{1,20}?)?"
    rf"(?:当场|现场|全部|全额|如数|一次性)*(?:{_DOING})"
)
_REMAINS = re.compile(
    "未|不|没|余|剩|欠|尚|仍|还(?!清)|尾款|其他|其中|另|分期|分次|首|先|再|后|每|待|届|陆续|继续|部分|半"
    "|分之|[一二三四五六七八九]成|[定订押]金|预[付支]"
)
"""Words beside which something may be left to be done; rather one too many is asked for a day."""


def due_days(values: Mapping[str, Any]) -> Sequence[date | None]:
    """The days in their order; None where no single day can be read, none at all if all is done."""
    return instalment_days(values) or _day_of_all(str(values.get("performance_by") or ""))


def instalment_days(values: Mapping[str, Any]) -> Sequence[date | None]:
    """One a row of the instalments; None where a row names no single day ("秋收后", "每月5日")."""
    return [full_day(str(row.get("due", ""))) for row in values.get("instalments") or ()]


def _day_of_all(said: str) -> Sequence[date | None]:
    return () if not said or _done_at_the_signing(said) else (full_day(said),)


def _done_at_the_signing(said: str) -> bool:
    """Nothing is left by then: "当场付清", "已履行完毕"; not "已付1000元，2000元年底付清"."""
    left = _AT_ONCE.sub("", _DONE.sub("", said))
    if left == said or _REMAINS.search(said):
        return False
    return not (re.search(_DOING, left) or _names_a_day(left))


def _names_a_day(said: str) -> bool:
    at_once = ("当场", "现场", "签")
    return any(not day.said.startswith(at_once) for day in days_in(said, date.min))
