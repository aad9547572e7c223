"""What a measure's definition consists of. API, metrics, reports and documents read nothing else."""

from dataclasses import dataclass, field
from enum import StrEnum

NOTHING_SAID = "counted like any other"
DOES_NOT_APPLY = "does not apply"
AT_ITS_HOLDER = "counted in the ledger that holds the matter"


class Unit(StrEnum):
    """What a value counts; units are never mixed."""

    PERCENT = "percent"
    MATTER = "件"
    VISITING_GROUP = "批"
    SESSION = "次"
    PERSON = "人"
    PERSON_TIME = "人次"
    PLACE = "个"
    DAY = "天"
    WARNING = "条"


@dataclass(frozen=True, slots=True)
class Name:
    """What people call it."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Count:
    """A plain count."""

    counter: str


@dataclass(frozen=True, slots=True)
class Rate:
    """Numerator ÷ denominator in percent, both of the same cohort."""

    numerator: str
    denominator: str


@dataclass(frozen=True, slots=True)
class Change:
    """(this period − the same period a year before) ÷ the latter, in percent.

    A period that is not over yet is compared with the part of a year before up to the same day.
    """

    counter: str


@dataclass(frozen=True, slots=True)
class Stock:
    """How many are there at the end of the period: all that came until then less all that left."""

    joined: str
    left: str


@dataclass(frozen=True, slots=True)
class Quantile:
    """The least value that so many of a hundred do not exceed, of a counter by values."""

    counter: str
    percent: int


Formula = Count | Rate | Change | Stock | Quantile


@dataclass(frozen=True, slots=True)
class Listed:
    """A count that is printed with the figure: left out of it, or beside it."""

    key: str
    counter: str
    name: Name


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of what is counted, by the counters of the formula narrowed to it."""

    code: str
    name: str
    formula: Count | Stock | Quantile


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """What becomes of cases that a reader may wonder about."""

    withdrawn: str = NOTHING_SAID
    diverted: str = NOTHING_SAID
    linked: str = NOTHING_SAID
    declined: str = DOES_NOT_APPLY
    not_yet_due: str = DOES_NOT_APPLY
    unrated: str = DOES_NOT_APPLY
    reopened: str = NOTHING_SAID
    transferred: str = AT_ITS_HOLDER


@dataclass(frozen=True, slots=True, kw_only=True)
class MediationTreatment:
    """What becomes of mediations that a reader may wonder about."""

    refused: str = NOTHING_SAID
    terminated: str = NOTHING_SAID
    without_session: str = DOES_NOT_APPLY
    voided: str = "counts as if it had never been recorded"
    not_yet_due: str = DOES_NOT_APPLY
    breached: str = DOES_NOT_APPLY


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterTreatment:
    """What becomes of people on a roster that a reader may wonder about."""

    several_kinds: str
    left: str
    returned: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTreatment:
    """What becomes of grid reports that a reader may wonder about."""

    rejected: str
    not_yet_checked: str
    converted: str
    repeated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterTreatment:
    """What becomes of entries of grid's register that a reader may wonder about."""

    begins: str
    ended: str
    successors: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PatrolTreatment:
    """What becomes of patrols, and of days without one, that a reader may wonder about."""

    several: str
    voided: str
    late: str
    without_worker: str
    not_yet_due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningTreatment:
    """What becomes of early warnings that a reader may wonder about."""

    safety: str = "left out of every figure, as is its place: who may know of it is told elsewhere"
    found_false: str
    expired: str
    recorded_afterwards: str
    level_changed: str = "has the level of the position asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchTreatment:
    """What becomes of watched matters that a reader may wonder about."""

    several: str
    reviewed: str
    expired: str
    unjustified: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyTreatment:
    """What becomes of what leaders and units did that a reader may wonder about."""

    voided: str = "counts as if it had never been recorded"
    recorded_late: str = "counts on its own day, also where it had been recorded as missed"
    missed: str = DOES_NOT_APPLY


AnyTreatment = (
    Treatment
    | MediationTreatment
    | RosterTreatment
    | ReportTreatment
    | RegisterTreatment
    | PatrolTreatment
    | WarningTreatment
    | WatchTreatment
    | DutyTreatment
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure in one version; a change of what it counts is a new version."""

    id: str
    version: int = 1
    name: Name
    formula: Formula
    unit: Unit
    cohort: str
    treatment: AnyTreatment = field(default_factory=Treatment)
    excluded: tuple[Listed, ...] = ()
    beside: tuple[Listed, ...] = ()
    kinds: tuple[Kind, ...] = ()
    """The groups that it is given by; of one thing in several kinds they add up to more."""
    minimum_sample: int = 1
    """Of fewer matters than this no rate and no quantile is given, only the counts."""
    only_with: str | None = None
    """The measure without which this one is not given."""
    basis: str
    without_base: str | None = None
    """What is said instead of a value where the denominator is zero."""
    policy: tuple[str, ...] = ()
    """The thresholds of the policy that it reads."""
    plausible: str | None = None
    """What is published elsewhere of the same figure: to wonder by, never to correct by."""

    @property
    def listed(self) -> tuple[Listed, ...]:
        """All counts that are printed with it."""
        return (*self.excluded, *self.beside)


ROUNDING = "half up, one decimal"
