"""Steps by which the petitioner's own acts reach a case: what its end may rest on."""

from datetime import UTC, datetime, timedelta
from typing import Any

from shared.times import china_day

Step = tuple[str, dict[str, Any]]


def stated(statement: str, text: str = "我认可。") -> Step:
    """The petitioner's own statement, taken at the desk."""
    return "record-statement", {"statement": statement, "way": "in-person", "text": text}


SETTLED, CONTENT = stated("settled-on-the-spot"), stated("opinion-accepted")
RESOLVED_ON_THE_SPOT: tuple[Step, ...] = (SETTLED, ("resolve", {"how": "on-the-spot"}))
"""For an accepted case."""
RESOLVED_BY_OPINION: tuple[Step, ...] = (CONTENT, ("resolve", {"how": "opinion-accepted"}))
"""For a case whose opinion was served."""

DIVERTED: Step = ("divert", {"route": "litigation"})
"""For a case that only has to have ended."""
LONG_AGO = (china_day(datetime.now(UTC)) - timedelta(days=30)).isoformat()
"""The receipt of a case whose days may all be over by now."""
WITHDRAWAL: Step = ("state-withdrawal", {"way": "in-writing", "text": "我自愿撤回。"})
TAKEN_BACK: Step = ("take-back-withdrawal", {"way": "by-phone"})
WITHDRAWAL_LONG_AGO: Step = (WITHDRAWAL[0], WITHDRAWAL[1] | {"happened_on": LONG_AGO})
"""Of a case received then that nothing was done in since: its days are over."""
WITHDRAWN: Step = ("withdraw", {"statement_recorded": True})
"""The end of a stated withdrawal."""
CHECKS: tuple[Step, ...] = (
    ("check-closing", {"by": "unit-head"}),
    ("check-closing", {"by": "petition-office"}),
)
"""Before a closing: the two are different posts."""


def closed(outcome: str) -> tuple[Step, ...]:
    """A closing that both have checked."""
    return *CHECKS, ("close", {"outcome": outcome})


def is_dated_back(step: Step) -> bool:
    """Whether only a backfill dates this step back: its days are over at once."""
    return step == WITHDRAWAL_LONG_AGO


def is_the_offices(step: Step) -> bool:
    """Whether the petition office takes this step, as a post of its own."""
    return step == CHECKS[1]
