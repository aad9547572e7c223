"""Instalments: which, how much and when, each as far as it was said."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from services.mediation.papers.dictation.days import SaidDay, days_in
from services.mediation.papers.dictation.money import SaidAmount, amounts_in
from services.mediation.papers.dictation.numerals import read_number
from shared.papers import in_capitals, printed_day

_N = "[一二两三四五六七八九十0-9]+"
_TERM = re.compile(
    rf"第{_N}(?:次|期|笔|回)|头一?(?:次|期|笔|回)|首(?:付|期|次)|最后一(?:次|期|笔|回)|"
    r"先(?:给|付|还|赔)|剩下的?|余款|尾款|其余的?|每(?:次|期|笔)|每(?:个)?月(?:[一二三四五六七八九十0-9]{1,3}[日号])?"
)
_NO_PAYMENT = re.compile("调解|见面|开会|吵|打架|谈")
_COUNT = re.compile(rf"分(?:成|为)?(?P<count>{_N})(?:次|期|笔|回)")
_END = re.compile(r"[。；;\n]")
_TOTAL = re.compile(r"(?:一共|总共|共计|合计|总计|共)\D{0,6}$")
_NEAR = 10
_REST = re.compile("剩|余|尾|其余")


@dataclass(frozen=True, slots=True)
class SaidInstalment:
    """One instalment; `amount` and `due` are None where they were not said."""

    term: str
    amount: SaidAmount | None
    due: SaidDay | None

    def row(self) -> dict[str, str]:
        """As a row of the form: what could not be read stands as it was said."""
        cents = self.amount.cents if self.amount else None
        return {
            "term": self.term,
            "due": self._due(),
            "amount": _yuan(cents)
            if cents is not None
            else self.amount.said
            if self.amount
            else "",
            "capitals": in_capitals(cents) if cents is not None else "",
        }

    @property
    def monthly(self) -> bool:
        """It recurs every month."""
        return self.term.startswith(("每月", "每个月"))

    def _due(self) -> str:
        """Of what recurs only the first day was said, and it stays as it was said."""
        if self.due is None:
            return self.term if self.monthly else ""
        if self.due.on is None or self.term.startswith("每"):
            return self.due.said
        return printed_day(self.due.on)


def _yuan(cents: int) -> str:
    yuan, rest = divmod(cents, 100)
    return f"{yuan}元" if not rest else f"{yuan}.{rest:02d}元"


def instalments_in(text: str, said_on: date) -> list[SaidInstalment]:
    """The instalments in the order in which they were said.

    From the word for one to the word for the next, or to a full stop; one that has neither an
    amount nor a day is none.
    """
    terms = list(_TERM.finditer(text))
    starts = [*(term.start() for term in terms), len(text)]
    read = (
        _instalment(term[0], _up_to_stop(text[term.end() : following]), said_on)
        for term, following in zip(terms, starts[1:], strict=True)
    )
    return [found for found in read if found] or _by_days(text, said_on)


def _by_days(text: str, said_on: date) -> list[SaidInstalment]:
    """Without a word for each, two days or more with an amount after each of them."""
    days = days_in(text, said_on)
    starts = [*(day.start for day in days), len(text)]
    found = [
        SaidInstalment(day.said, amounts[0], day)
        for day, following in zip(days, starts[1:], strict=True)
        if (amounts := amounts_in(_up_to_stop(text[day.start + len(day.said) : following])))
    ]
    return found if len(found) > 1 else []


def _up_to_stop(said: str) -> str:
    return _END.split(said, maxsplit=1)[0]


def _instalment(term: str, said: str, said_on: date) -> SaidInstalment | None:
    if _NO_PAYMENT.match(said):
        return None
    days = days_in(said, said_on)
    amounts = amounts_in(_without_days(said, days), bare=True)
    if not (amounts or days):
        return None
    return SaidInstalment(term, amounts[0] if amounts else None, days[0] if days else None)


def _without_days(said: str, days: Sequence[SaidDay]) -> str:
    """A day's numbers are no money; the places of the others stay."""
    for day in days:
        gap = "□" * len(day.said)
        said = said[: day.start] + gap + said[day.start + len(day.said) :]
    return said


def doubts_of(text: str, found: Sequence[SaidInstalment]) -> Iterator[str]:
    """What does not add up among the instalments, and what was left open in them."""
    if (match := _COUNT.search(text)) and not _each(found):
        stated = read_number(match["count"])
        if stated is not None and stated != len(found):
            yield f"说是{match[0]}，听到的是{len(found)}期"
    for instalment in found:
        if instalment.amount is None:
            yield f"{instalment.term}没有说金额"
        if instalment.due is None and not instalment.monthly:
            yield f"{instalment.term}没有说什么时候履行"
    yield from _against_total(text, found)


def _against_total(text: str, found: Sequence[SaidInstalment]) -> Iterator[str]:
    total = stated_total(text)
    if total is None or not found or _each(found):
        return
    known = [one.amount.cents for one in found if one.amount and one.amount.cents is not None]
    if len(known) == len(found) and sum(known) != total:
        yield f"各期合计{_yuan(sum(known))}，总额说的是{_yuan(total)}"
    rest = [one for one in found if _REST.match(one.term) and one.amount is None]
    if len(rest) == 1 and len(known) == len(found) - 1 and sum(known) < total:
        yield f"{rest[0].term}按总额减去其他各期应为{_yuan(total - sum(known))}"


def stated_total(text: str) -> int | None:
    """The total in cents: after 一共 and the like, else the first amount before any instalment."""
    first_term = _TERM.search(text)
    before = text[: first_term.start()] if first_term else text
    named = [
        one
        for one in amounts_in(text)
        if _TOTAL.search(text, max(0, one.start - _NEAR), one.start)
    ]
    chosen = named or amounts_in(before)
    return chosen[-1].cents if chosen else None


def _each(found: Sequence[SaidInstalment]) -> bool:
    return any(one.term.startswith("每") for one in found)
