"""The counters of early warnings: those of posts, those of rules, and those that are open."""

from collections.abc import Iterator

from services.stats.domain.anchor import Anchor, Trace
from services.stats.domain.counter import Condition, Counter
from services.stats.domain.warning_fact import WarningFact
from shared.contracts.early_warning_codes import (
    DisposedHow,
    WarningLevel,
    WarningRule,
    WarningSource,
)
from shared.contracts.early_warnings import (
    WarningDisposed,
    WarningExpired,
    WarningFoundFalse,
    WarningRaised,
)

RULES = tuple(rule for rule in WarningRule if rule is not WarningRule.TOLD_BY_WORKER)
"""Those that raise warnings by themselves, without a post."""
RESOLVED = frozenset({DisposedHow.SETTLED.value, DisposedHow.PAID.value})
"""化解: what was warned of is no dispute any more; a step of the office alone does not settle it."""

RAISED = Anchor("raised", Trace((WarningRaised.kind,)), lambda fact: fact.raised)
ENDED = Anchor(
    "ended",
    Trace((WarningDisposed.kind, WarningExpired.kind, WarningFoundFalse.kind)),
    lambda fact: fact.ended,
    other_traces=(Trace((WarningRaised.kind,)),),
)
_END = ("raised", "disposed", "expired", "found_false")


def by_rule(counter: str, rule: WarningRule) -> str:
    """The counter narrowed to the warnings of a rule."""
    return f"{counter}_{rule.name.lower()}"


def at_level(counter: str, level: WarningLevel) -> str:
    """The counter narrowed to the warnings of a level."""
    return f"{counter}_{level.name.lower()}"


def _is_of_a_post(fact: WarningFact) -> bool:
    return fact.warned.source_kind == WarningSource.GRID


def _is_found_by_rule(fact: WarningFact) -> bool:
    return fact.warned.source_kind == WarningSource.MONITORING


def _is_resolved(fact: WarningFact) -> bool:
    return fact.is_disposed and fact.how in RESOLVED


def _is_watched(fact: WarningFact) -> bool:
    return fact.is_disposed and fact.how == DisposedHow.WATCHED


def _is_disposed_in_a_day(fact: WarningFact) -> bool:
    return fact.is_disposed_in_a_day and not _is_watched(fact)


def _is_disposed_later(fact: WarningFact) -> bool:
    return fact.is_disposed and not fact.is_disposed_in_a_day and not _is_watched(fact)


def _is_disposed_otherwise(fact: WarningFact) -> bool:
    return fact.is_disposed and not _is_resolved(fact)


def _is_false(fact: WarningFact) -> bool:
    return fact.found_false is not None


def _is_expired(fact: WarningFact) -> bool:
    return fact.expired is not None and fact.found_false is None and fact.disposed is None


def _is_open(fact: WarningFact) -> bool:
    return fact.ended is None


def _is_judged(fact: WarningFact) -> bool:
    """Of those raised by a rule as it happened; a post that tells is not measured."""
    is_live = _is_found_by_rule(fact) and not fact.warned.afterwards
    return is_live and (fact.disposed is not None or fact.found_false is not None)


def _is_confirmed(fact: WarningFact) -> bool:
    return _is_judged(fact) and fact.found_false is None


def _is_false_alarm(fact: WarningFact) -> bool:
    return _is_judged(fact) and fact.found_false is not None


def _is_afterwards(fact: WarningFact) -> bool:
    return _is_found_by_rule(fact) and fact.warned.afterwards


def _has_lead(fact: WarningFact) -> bool:
    return fact.warned.lead_days is not None and fact.found_false is None


def _lead_days(fact: WarningFact) -> int:
    return fact.warned.lead_days or 0


def _both(one: Condition, other: Condition) -> Condition:
    return lambda fact: one(fact) and other(fact)


def _is_of(rule: WarningRule) -> Condition:
    return lambda fact: fact.warned.rule == rule


def _is_at(level: WarningLevel) -> Condition:
    return lambda fact: fact.level == level


_FATES: tuple[tuple[str, Condition, tuple[str, ...]], ...] = (
    ("found_false", _is_false, ("raised", "found_false")),
    ("expired", _is_expired, ("raised", "expired")),
    ("open", _is_open, ("raised",)),
)


def _of_posts() -> Iterator[Counter]:
    yield Counter("grid_warnings", RAISED, _is_of_a_post, ("raised",))
    end = ("raised", "disposed")
    yield Counter("grid_warnings_resolved", RAISED, _both(_is_of_a_post, _is_resolved), end)
    otherwise = _both(_is_of_a_post, _is_disposed_otherwise)
    yield Counter("grid_warnings_disposed_otherwise", RAISED, otherwise, end)
    for name, holds, made_by in _FATES:
        yield Counter(f"grid_warnings_{name}", RAISED, _both(_is_of_a_post, holds), made_by)


def _of_rules() -> Iterator[Counter]:
    yield Counter("monitoring_warnings", RAISED, _is_found_by_rule, ("raised",))
    for rule in RULES:
        holds = _both(_is_found_by_rule, _is_of(rule))
        yield Counter(by_rule("monitoring_warnings", rule), RAISED, holds, ("raised",))
    for name, holds in (
        ("disposed_in_24h", _is_disposed_in_a_day),
        ("disposed_later", _is_disposed_later),
        ("watched", _is_watched),
    ):
        of_rules = _both(_is_found_by_rule, holds)
        yield Counter(f"monitoring_warnings_{name}", RAISED, of_rules, ("raised", "disposed"))
    for name, holds, made_by in _FATES:
        yield Counter(
            f"monitoring_warnings_{name}", RAISED, _both(_is_found_by_rule, holds), made_by
        )


def _of_precision() -> Iterator[Counter]:
    yield Counter("warnings_judged", RAISED, _is_judged, _END)
    yield Counter("warnings_recorded_afterwards", RAISED, _is_afterwards, ("raised",))
    for name, holds, made_by in (
        ("warnings_confirmed", _is_confirmed, ("raised", "disposed")),
        ("warnings_false_alarms", _is_false_alarm, ("raised", "found_false")),
    ):
        yield Counter(name, RAISED, holds, made_by)
        for rule in RULES:
            yield Counter(by_rule(name, rule), RAISED, _both(holds, _is_of(rule)), made_by)


def _of_lead_time() -> Iterator[Counter]:
    yield Counter("warnings_with_lead", RAISED, _has_lead, ("raised",))
    yield Counter("warning_lead_days", RAISED, _has_lead, ("raised",), value=_lead_days)


def _of_open_ones() -> Iterator[Counter]:
    for level in WarningLevel:
        yield Counter(at_level("warnings_came", level), RAISED, _is_at(level), ("raised",))
    for level in WarningLevel:
        yield Counter(at_level("warnings_left", level), ENDED, _is_at(level), _END)


WARNING_COUNTERS = (
    *_of_posts(),
    *_of_rules(),
    *_of_precision(),
    *_of_lead_time(),
    *_of_open_ones(),
)
