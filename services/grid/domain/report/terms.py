"""By when each step of a report is due, and each level has to settle it: policy data, in hours.

A policy is pinned step by step: an event with which a step begins says by when it is due and by
which version, and a later version changes nothing of that.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from shared.contracts.report_codes import LadderLevel, ReportStep, Urgency


@dataclass(frozen=True, slots=True)
class Term:
    """When something is due, by which version of the policy."""

    due_at: datetime
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsPolicy:
    """The terms of an office; a change is a new version."""

    version: str
    basis: str
    steps: Mapping[Urgency, Mapping[ReportStep, timedelta]] = field(default_factory=dict)
    ladder: Mapping[LadderLevel, timedelta] = field(default_factory=dict)
    """How long each level has, from the lowest that the policy knows to the highest."""

    def term(self, step: ReportStep, urgency: Urgency, at: datetime) -> Term | None:
        """When a step is due that begins then; None where the policy has no term for it."""
        lasts = self.steps.get(urgency, {}).get(step)
        return None if lasts is None else Term(at + lasts, self.version)

    def level_term(self, level: LadderLevel, at: datetime) -> Term | None:
        """Until when a level has the report that comes to it then."""
        lasts = self.ladder.get(level)
        return None if lasts is None else Term(at + lasts, self.version)


def due(term: Term | None) -> datetime | None:
    """When the term ends, None where there is none."""
    return None if term is None else term.due_at


def version(*terms: Term | None) -> str | None:
    """By which version the first of these terms was counted that there is."""
    return next((term.version for term in terms if term is not None), None)
