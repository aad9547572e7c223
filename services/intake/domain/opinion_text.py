"""The words of a handling opinion and the parts that it has to have [R32].

The words go to the vault; the rule names the parts that are missing, never what is written.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.refusals import FieldError, InvalidInput
from shared.visible_text import says_nothing

_TERM = re.compile("(?<![0-9０-９])(?:30|３０|三十)\\s*(?:个自然)?日")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What the petitioner asks for, and the opinion on it."""

    claim: str = ""
    opinion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionText:
    """The words as they were written; what is absent is empty."""

    claims: Sequence[Claim] = ()
    facts: str = ""
    reasons: str = ""
    legal_basis: str = ""
    remedy: str = ""


class OpinionLacks(InvalidInput):
    """The opinion lacks parts that it has to have [R32]; `errors` names each of them."""

    title = "The opinion is not complete"


def remedy_text(review_unit: str | None = None) -> str:
    """The remedy and its term, as the opinion states them [R35]."""
    named = f"（{review_unit}）" if review_unit else ""
    return f"如不服本处理意见，可以自收到之日起30日内向上一级机关、单位{named}申请复查。"


def words_of_the_answer(content: Mapping[str, Any]) -> str:
    """What the office says itself: facts, reasons and opinions, without claims, law and remedy."""
    opinions = [claim["opinion"] for claim in content["claims"]]
    return "\n".join([content["facts"], content["reasons"], *opinions])


def refuse_incomplete(text: OpinionText) -> None:
    """Raise OpinionLacks with everything that is missing, in the order of the paper."""
    if errors := list(_errors(text)):
        raise OpinionLacks(errors)


def _errors(text: OpinionText) -> Iterator[FieldError]:
    if not text.claims:
        yield _missing("claims", "投诉请求 (the claims)", "R 32")
    for place, claim in enumerate(text.claims):
        if says_nothing(claim.claim):
            yield _missing(f"claims.{place}.claim", "投诉请求 (the claim)", "R 32")
        if says_nothing(claim.opinion):
            yield _missing(f"claims.{place}.opinion", "处理意见 (the opinion on it)", "R 32")
    for name, words in _PARTS.items():
        if says_nothing(getattr(text, name)):
            yield _missing(name, *words)
    if not says_nothing(text.remedy) and not (_TERM.search(text.remedy) and "复查" in text.remedy):
        yield FieldError(
            "opinion.remedy", "has to say that a review 复查 is requested within 30日 [R 35]"
        )


_PARTS = {
    "facts": ("事实 (the facts)", "R 32"),
    "reasons": ("理由 (the reasons)", "R 32"),
    "legal_basis": ("法律法规依据 (the legal basis)", "R 32"),
    "remedy": ("救济途径和期限 (the remedy and its term)", "R 35"),
}


def _missing(part: str, name: str, source: str) -> FieldError:
    return FieldError(f"opinion.{part}", f"is missing: {name} [{source}]")
