"""Events of the grid service about early warnings and watched matters, on `concord.grid`.

A warning is about a matter, a place and an issue, an agency's own term, a failed service or acute
safety. No field of any of these events could hold a person or a household.
"""

from datetime import date
from typing import Annotated, Self

from pydantic import Field, StringConstraints, ValidationInfo, model_validator

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
from shared.contracts.event import Event, is_stored
from shared.contracts.warning_subjects import is_of_county, subject_fits
from shared.contracts.words import Digest, UnitRef
from shared.divisions import Identifier, VillageCode, division_of
from shared.times import WireTime

SubjectKey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9:/._-]{0,127}$")]
"""What is warned about, within the township: a matter's or a record's id, or codes of place and issue."""
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=500)]
"""Made from the template of the rule, and never typed."""
RuleVersion = Annotated[int, Field(strict=True, ge=1, le=1_000)]


class EarlyWarningEvent(Event):
    """What all events about a warning have in common."""

    warning_id: Identifier
    matter_id: Identifier | None = None
    """The matter, where the warning is about one."""


class WarningRaised(EarlyWarningEvent):
    """预警: the office has to act on something; it is about a matter or itself, never about a person."""

    level: WarningLevel
    subject_kind: WarningSubject
    subject: SubjectKey
    rule: WarningRule
    rule_version: RuleVersion
    because: tuple[Identifier, ...]
    """The events that fired the rule, at most a hundred; of a safety warning none."""
    reason: Sentence
    """In Chinese."""
    reason_en: Sentence
    source: WarningSource
    dispose_by: WireTime
    episode: Annotated[int, Field(strict=True, ge=1)]
    """The first, second … warning of this rule about this subject."""
    unit: UnitRef | None = None
    """Whose term or service it is about, where it is a unit's."""
    category: Category | None = None
    village_code: VillageCode | None = None
    words_digest: Digest | None = None
    """Of what the post said that raised it; a rule says nothing."""
    recorded_afterwards: bool | None = None
    """True where an older record states it: it counts for no precision and no lead time."""
    last_day: date | None = None
    """Of the term or the promise that the rule judged, as it was then; none where it judged none."""

    @model_validator(mode="after")
    def _is_about_no_person(self, info: ValidationInfo) -> Self:
        if not is_stored(info) and not subject_fits(
            self.subject_kind,
            self.rule,
            self.subject,
            matter_id=self.matter_id,
            division=division_of(self.warning_id),
        ):
            raise ValueError("the subject does not fit its kind and rule")
        return self


class WarningAcknowledged(EarlyWarningEvent):
    """签收: a unit has seen it and acts."""

    by_unit: UnitRef


class WarningLevelChanged(EarlyWarningEvent):
    """调级: a rule, or a post, gives it another level."""

    from_level: WarningLevel
    to_level: WarningLevel
    why: LevelChangeReason
    dispose_by: WireTime
    reason: Sentence | None = None
    """What the rule says at this level, in Chinese; none where somebody of the office changes it."""
    reason_en: Sentence | None = None
    last_day: date | None = None
    """Of the term or the promise, as it is when the level changes; an extension may have moved it."""


class WarningDisposed(EarlyWarningEvent):
    """处置: what was warned of is done with."""

    how: DisposedHow
    by_unit: UnitRef
    words_digest: Digest | None = None


class WarningExpired(EarlyWarningEvent):
    """失效: its time is over, and nobody has done anything."""


class WarningFoundFalse(EarlyWarningEvent):
    """误报: there was nothing to warn of; the warning stays on record."""

    reason: FalseWarningReason
    by_unit: UnitRef
    words_digest: Digest | None = None


class WatchEvent(Event):
    """What all events about a watched matter have in common."""

    watch_id: Identifier
    matter_id: Identifier


class MatterWatched(WatchEvent):
    """列入重点关注: a unit keeps an eye on a matter, by a plan, until a day."""

    owner_unit: UnitRef
    plan_digest: Digest
    review_by: date
    expires_on: date
    warning_id: Identifier | None = None
    """The warning from which it was put on the list."""
    recorded_afterwards: bool | None = None
    """True where an older record states it."""

    @model_validator(mode="after")
    def _is_of_the_county(self, info: ValidationInfo) -> Self:
        if not is_stored(info) and not is_of_county(self.matter_id, self.watch_id):
            raise ValueError("the matter is of another county")
        return self


class WatchReviewed(WatchEvent):
    """复核: the plan was looked at, and goes on."""

    review_by: date
    words_digest: Digest | None = None


class WatchEnded(WatchEvent):
    """移出关注: the matter is watched no more."""

    why: WatchEnd
    words_digest: Digest | None = None


class WatchFoundUnjustified(WatchEvent):
    """更正: the matter did not belong on the list; the entry stays on record."""

    reason: FalseWarningReason
    words_digest: Digest | None = None
