"""调查核实, 听证 (finding the facts): what was done, and that people heard the matter [R31(6)]."""

from dataclasses import dataclass

from services.intake.domain.case.acceptance import refuse_unless_accepted
from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.ended import refuse_if_ended
from services.intake.domain.case.origin import Origin
from shared.contracts.case_handling import HearingHeld, InvestigationRecorded
from shared.contracts.case_handling_codes import InvestigationStep
from shared.contracts.event import Event
from shared.times import china_day


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordInvestigation:
    """调查核实: which steps were taken that day; what they found is in the vault."""

    steps: tuple[InvestigationStep, ...]
    record_digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordHearing:
    """听证: how many heard the matter; nobody is named."""

    representatives: int
    record_digest: str | None = None


def investigate(command: RecordInvestigation, case: CaseFile) -> list[Event]:
    """Of an open case that was accepted; the same of the same day once."""
    recorded = InvestigationRecorded(
        steps=command.steps, record_digest=command.record_digest, **case.about(Origin.OFFICE)
    )
    return _found(recorded, case)


def hear(command: RecordHearing, case: CaseFile) -> list[Event]:
    """Of an open case that was accepted; the same of the same day once."""
    held = HearingHeld(
        representatives=command.representatives,
        record_digest=command.record_digest,
        **case.about(Origin.OFFICE),
    )
    return _found(held, case)


def _found(fact: InvestigationRecorded | HearingHeld, case: CaseFile) -> list[Event]:
    known = any(
        before == fact and china_day(mark.occurred_at) == case.on
        for before, mark in case.proceedings.found
    )
    if known:
        return []
    refuse_if_ended(case)
    refuse_unless_accepted(case)
    return [fact]
