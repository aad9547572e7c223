"""The most distinct matters that lie close together."""

from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from services.grid.domain.rules.facts import RuleFact, Says
from services.grid.domain.rules.policy import RulePolicy
from shared.folding.newest import Spread

_A_DAY = timedelta(days=1)


def most_matters(facts: Sequence[RuleFact], within: timedelta) -> list[RuleFact]:
    """The facts, in their order, of the window with the most matters, one of them live.

    A window without a live fact raises nothing. Another fact never makes the most fewer. Of two
    windows with as many matters the earlier one is given.
    """
    best: list[RuleFact] = []
    most = 0
    for window, matters in _windows(facts, within):
        if matters > most:
            most, best = matters, list(window)
    return best


def reached_since(facts: Sequence[RuleFact], policy: RulePolicy) -> datetime | None:
    """Where the first window begins that has as many matters as the lowest level asks for."""
    least = min(policy.levels)
    windows = _windows(facts, policy.within)
    return next((window[0].at for window, matters in windows if matters >= least), None)


def _windows(
    facts: Sequence[RuleFact], within: timedelta
) -> Iterator[tuple[deque[RuleFact], int]]:
    """Each window that ends with a fact and has a live one, with how many matters it is of."""
    live = 0
    window: deque[RuleFact] = deque()
    matters: Counter[str] = Counter()
    for each in facts:
        window.append(each)
        matters[each.of] += 1
        live += each.live
        while each.at - window[0].at > within:
            first = window.popleft()
            live -= first.live
            matters[first.of] -= 1
            if not matters[first.of]:
                del matters[first.of]
        if live:
            yield window, len(matters)


def matters_in(facts: Sequence[RuleFact]) -> int:
    """How many matters the facts are of."""
    return len({each.of for each in facts})


def spread_of(says: Says, policy: RulePolicy) -> Mapping[str, Spread]:
    """What is kept of each period as long as a window, so that no level is missed.

    A window has a part of a period that begins or ends it, or all of it. Of each part as many matters
    are kept as the highest level needs.
    """
    return {says: Spread(length=max(policy.within, _A_DAY), items=max(policy.levels))}
