"""What is done with a case, step by step, and what is sent for each step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any


@dataclass(frozen=True, slots=True)
class Step:
    """A command of a life; a wrong one has to be refused and to leave no trace."""

    verb: str
    wrong: bool = False


BODIES: Mapping[str, Mapping[str, Any]] = {
    "file": {
        "channel": "visit",
        "purpose": "request",
        "category": "land",
        "headcount": 1,
        "first_or_repeat": "first",
        "person": {"name": "测试丙", "phone": "000-5550199"},
        "narrative": "渠道年久失修，请查。",
    },
    "forward": {"to_unit": "water-station"},
    "accept": {"responsible_unit": "land-office"},
    "answer": {"result": "supported", "measures": ["solve"], "method": "in-person"},
    "resolve": {"how": "opinion-accepted"},
    "withdraw": {"statement_recorded": True},
    "divert": {"route": "litigation"},
    "close": {"outcome": "supported"},
    "reopen": {"reason": "new-facts"},
}

_FILE, _FORWARD, _ACCEPT, _ANSWER = Step("file"), Step("forward"), Step("accept"), Step("answer")
_RESOLVE, _CLOSE, _REOPEN = Step("resolve"), Step("close"), Step("reopen")
_LIVES: Sequence[tuple[Step, ...]] = (
    (_FILE, _ACCEPT, _ANSWER, _RESOLVE, _CLOSE),
    (_FILE, _FORWARD, _ACCEPT, _ANSWER, _RESOLVE),
    (_FILE, _ACCEPT, _ANSWER, _RESOLVE, _REOPEN, _ANSWER, _RESOLVE),
    (_FILE, Step("close", wrong=True), _ACCEPT, _ANSWER),
    (_FILE, Step("resolve", wrong=True), Step("withdraw")),
    (_FILE, _ACCEPT, Step("divert")),
    (_FILE,),
)


def draw_life(chance: Random) -> tuple[Step, ...]:
    return chance.choice(_LIVES)
