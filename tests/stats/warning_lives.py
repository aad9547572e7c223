"""Ledgers of made-up early warnings and watched matters: each call is one event."""

from datetime import date, datetime, timedelta
from typing import Any

from services.stats.domain.warning_fact import WarningFact
from services.stats.domain.warning_subject import WARNING
from services.stats.domain.watch_subject import WATCH
from shared.contracts.case_codes import Category
from shared.contracts.early_warning_codes import (
    DisposedHow,
    FalseWarningReason,
    LevelChangeReason,
    WarningLevel,
    WarningRule,
    WarningSource,
    WarningSubject,
    WatchEnd,
)
from shared.contracts.early_warnings import (
    MatterWatched,
    WarningAcknowledged,
    WarningDisposed,
    WarningExpired,
    WarningFoundFalse,
    WarningLevelChanged,
    WarningRaised,
    WatchEnded,
    WatchFoundUnjustified,
    WatchReviewed,
)
from shared.divisions import new_id
from tests.stats.made_up_ledger import MadeUpLedger, noon

UNIT, DIGEST = "labour-office", "0" * 64
RED, ORANGE, YELLOW, BLUE = WarningLevel


class Warnings(MadeUpLedger):
    """Warnings and watched matters of a township, as the grid service tells of them."""

    source = "/grid"

    def warn(
        self,
        on: str | datetime,
        rule: WarningRule = WarningRule.TERM,
        level: WarningLevel = YELLOW,
        *,
        village: str | None = None,
        category: Category | None = None,
        last_day: str | None = None,
        dispose_by: datetime | None = None,
        afterwards: bool = False,
        safety: bool = False,
        again: str | None = None,
    ) -> str:
        warning, is_told = again or new_id(self.division), rule is WarningRule.TOLD_BY_WORKER
        at = noon(on) if isinstance(on, str) else on
        raised = WarningRaised(
            warning_id=warning,
            matter_id=warning,
            level=level,
            subject_kind=WarningSubject.SAFETY if safety else WarningSubject.MATTER,
            subject=warning,
            rule=rule,
            rule_version=1,
            because=() if safety else (warning,),
            reason="请研判处置。",
            reason_en="Look into it and act.",
            source=WarningSource.GRID if is_told else WarningSource.MONITORING,
            dispose_by=dispose_by or at + timedelta(days=3),
            episode=1,
            category=category,
            village_code=village,
            recorded_afterwards=afterwards or None,
            last_day=date.fromisoformat(last_day) if last_day else None,
        )
        self.record(raised, warning, on)
        return warning

    def tell(self, on: str | datetime, level: WarningLevel = YELLOW, **rest: Any) -> str:
        """A post warns."""
        return self.warn(on, WarningRule.TOLD_BY_WORKER, level, **rest)

    def acknowledge(self, warning: str, on: str | datetime) -> None:
        self._about(WarningAcknowledged(warning_id=warning, by_unit=UNIT), on)

    def change(self, warning: str, on: str | datetime, level: WarningLevel = RED) -> None:
        at = noon(on) if isinstance(on, str) else on
        changed = WarningLevelChanged(
            warning_id=warning,
            from_level=YELLOW,
            to_level=level,
            why=LevelChangeReason.WORSE,
            dispose_by=at + timedelta(hours=24),
        )
        self._about(changed, on)

    def dispose(
        self, warning: str, on: str | datetime, how: DisposedHow = DisposedHow.SETTLED
    ) -> None:
        self._about(WarningDisposed(warning_id=warning, how=how, by_unit=UNIT), on)

    def expire(self, warning: str, on: str | datetime) -> None:
        self._about(WarningExpired(warning_id=warning), on)

    def find_false(self, warning: str, on: str | datetime) -> None:
        reason = FalseWarningReason.NOT_CONNECTED
        self._about(WarningFoundFalse(warning_id=warning, reason=reason, by_unit=UNIT), on)

    def watch(self, on: str | datetime, again: str | None = None) -> str:
        watch = again or new_id(self.division)
        watched = MatterWatched(
            watch_id=watch,
            matter_id=watch,
            owner_unit=UNIT,
            plan_digest=DIGEST,
            review_by=date(2030, 1, 1),
            expires_on=date(2030, 1, 1),
        )
        self.record(watched, watch, on)
        return watch

    def review(self, watch: str, on: str | datetime) -> None:
        reviewed = WatchReviewed(watch_id=watch, matter_id=watch, review_by=date(2030, 1, 1))
        self.record(reviewed, watch, on)

    def end_watch(self, watch: str, on: str | datetime) -> None:
        ended = WatchEnded(watch_id=watch, matter_id=watch, why=WatchEnd.SETTLED)
        self.record(ended, watch, on)

    def find_unjustified(self, watch: str, on: str | datetime) -> None:
        reason = FalseWarningReason.WRONG_RECORD
        found = WatchFoundUnjustified(watch_id=watch, matter_id=watch, reason=reason)
        self.record(found, watch, on)

    def _about(self, event: Any, on: str | datetime) -> None:
        self.record(event, event.warning_id, on)

    def fact(self, warning: str) -> WarningFact | None:
        """What stats makes of a warning."""
        steps = [step for event in self.events for step in WARNING.steps_of(event)]
        found: WarningFact | None = WARNING.fold(
            step for step in steps if step.entity_id == warning
        )
        return found

    def counted(self, about: str) -> dict[str, str]:
        """For each counter the days on which a warning or a watched matter counts."""
        found: dict[str, list[str]] = {}
        for subject in (WARNING, WATCH):
            steps = [step for event in self.events for step in subject.steps_of(event)]
            if fact := subject.fold(step for step in steps if step.entity_id == about):
                for name, day, *_ in subject.contributions(fact):
                    found.setdefault(name, []).append(day.isoformat())
        return {name: " ".join(days) for name, days in found.items()}
