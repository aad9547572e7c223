"""What became of a matter elsewhere is noted by its sender and its home, whatever their state.

A receiver's case that is returned since it was objected to twice goes on to the common superior in
the same decision, which the home of the matter takes by itself [R24].
"""

from dataclasses import dataclass

from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.crossing import own_division
from services.intake.domain.case.origin import Origin
from services.intake.domain.case.transfers import PETITION_OFFICE
from shared.contracts.case_handling_codes import CorrectionReason, FilingFact
from shared.contracts.event import Event
from shared.contracts.intake import CaseForwarded, FilingCorrected
from shared.contracts.transfer_codes import TransferEnd, TransferStep
from shared.contracts.transfers import TransferNoted
from shared.divisions import COUNTY, county_of


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTransfer:
    """What the receiver of a matter has done."""

    receiver_case_id: str
    to_division: str
    to_unit: str
    step: TransferStep
    end: TransferEnd | None = None
    objection: str | None = None
    to_superior: bool = False
    """Whether the home passes the matter on to the common superior."""
    complained_unit: str | None = None
    """Of a matter that comes back: the unit complained of, as the receiver knows it."""
    complained_division: str | None = None
    complained_mark: str | None = None
    content_digest: str | None = None
    """Of a matter that comes back: the own copy of the words as the receiver has them."""
    why: CorrectionReason = CorrectionReason.STATED_BY_PETITIONER
    """Why the receiver's words differ."""


def note_transfer(command: NoteTransfer, case: CaseFile) -> list[Event]:
    """What was told, and what follows from it."""
    noted = TransferNoted(
        receiver_case_id=command.receiver_case_id,
        to_division=command.to_division,
        to_unit=command.to_unit,
        step=command.step,
        end=command.end,
        objection=command.objection,
        complained_unit=command.complained_unit,
        complained_division=command.complained_division,
        complained_mark=command.complained_mark,
        **case.about(Origin.OFFICE),
    )
    if case.transfers.last_note(command.receiver_case_id) == noted:
        return []
    return [noted, *_what_follows(command, case)]


def _what_follows(command: NoteTransfer, case: CaseFile) -> list[Event]:
    """What came back with a matter, and that it goes on to the superior, or to the named unit."""
    if not comes_back(command, case):
        return []
    return [*_corrected(command, case), *_passed_on(command, case)]


def comes_back(command: NoteTransfer, case: CaseFile) -> bool:
    """Whether the case has the matter again by this note."""
    current = case.transfers.current
    if command.step is not TransferStep.RETURNED or command.to_division != own_division(case):
        return False
    return current is not None and current.case_id == command.receiver_case_id


def _corrected(command: NoteTransfer, case: CaseFile) -> list[Event]:
    """The words as they were corrected and completed by the receiver."""
    if command.content_digest is None:
        return []
    return [
        FilingCorrected(
            why=command.why,
            changed=(FilingFact.CONTENT,),
            content_digest=command.content_digest,
            **case.about(Origin.OFFICE),
        )
    ]


def _passed_on(command: NoteTransfer, case: CaseFile) -> list[Event]:
    about, own = case.about(Origin.OFFICE), own_division(case)
    if command.to_superior:
        if len(own) == COUNTY:
            return []
        superior = county_of(own)
        return [CaseForwarded(to_unit=PETITION_OFFICE, to_division=superior, **about)]
    if command.to_unit == PETITION_OFFICE:
        return []
    return [CaseForwarded(to_unit=command.to_unit, **about)]
