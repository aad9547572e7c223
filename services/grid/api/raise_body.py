"""What is stated to raise a warning: by a post about a matter, by a backfill of an older record."""

from typing import Annotated

from pydantic import Field

from shared.contracts.case_codes import Category
from shared.contracts.early_warning_codes import (
    WarningLevel,
    WarningRule,
    WarningSource,
    WarningSubject,
)
from shared.contracts.early_warnings import RuleVersion, SubjectKey
from shared.contracts.words import UnitRef
from shared.divisions import Identifier, VillageCode
from shared.http import EachOnce
from shared.office import Dated
from shared.office.occurrence_time import BackfillOnly
from shared.refusals import Refusal
from shared.vault.bodies import Narrative

_OF_A_BACKFILL = (
    *("source", "rule", "rule_version", "subject", "unit", "category", "village_code"),
    *("episode",),
)
_OF_A_POST = frozenset({WarningSubject.SAFETY, WarningSubject.MATTER})


class WarningIsARules(Refusal):
    """A post warns of a matter or of acute safety; the rest follows from what is recorded."""

    status = 422
    title = "Of this a rule warns"


class RaiseBody(Dated):
    """What is warned about and how urgently; what a post says of it goes to the vault."""

    subject_kind: WarningSubject
    level: WarningLevel
    matter_id: Identifier | None = None
    words: Narrative | None = None
    because: Annotated[tuple[Identifier, ...], EachOnce, Field(max_length=100)] = ()
    """Recorded events from which it follows; those of a safety warning go to the vault."""
    source: WarningSource | None = None
    """This and what follows is stated by a backfill alone."""
    rule: WarningRule | None = None
    rule_version: RuleVersion | None = None
    subject: SubjectKey | None = None
    """Where it is about no matter: the codes of place and issue, or the record's id."""
    unit: UnitRef | None = None
    category: Category | None = None
    village_code: VillageCode | None = None
    episode: Annotated[int, Field(strict=True, ge=1, le=10_000)] | None = None
    """Which warning of the rule about the subject it was, in the older record."""

    def require_of_a_post(self) -> None:
        """Raise BackfillOnly, or WarningIsARules."""
        for field in _OF_A_BACKFILL:
            if getattr(self, field) is not None:
                raise BackfillOnly("A post says of which matter it warns, and what", field=field)
        if self.subject_kind not in _OF_A_POST:
            raise WarningIsARules(field="subject_kind")
