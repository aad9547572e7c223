"""接收转送件: a matter that another ledger passed on is filed by its receiver, as a case of its own."""

from dataclasses import dataclass
from datetime import date

from services.intake.domain.case.case_file import CaseFile, about
from services.intake.domain.case.filing import CaseAlreadyFiled
from services.intake.domain.case.origin import Origin
from services.intake.domain.case.transfers import PETITION_OFFICE
from shared.contracts.case_codes import ReceivedFrom
from shared.contracts.event import Event
from shared.contracts.intake import CaseFiled, CaseForwarded
from shared.contracts.transfer_codes import RemitHow
from shared.contracts.transfers import RemitTaken
from shared.divisions import COUNTY, division_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveCase:
    """The registration as the sender has it, under an id and a number of the receiver's own."""

    case_id: str
    number: str
    sender: CaseFile
    """The case that passed the matter on, as it was when it did."""
    sender_unit: str
    to_unit: str
    assigned: bool
    received_on: date
    person_ref: str | None
    content_digest: str | None


def receive(command: ReceiveCase, case: CaseFile) -> list[Event]:
    """Once; a matter that is assigned, or has come up to the superior, is taken at once."""
    filed = _filing(command)
    if case.filed is not None:
        if case.filed.from_case_id != filed.from_case_id:
            raise CaseAlreadyFiled
        return []
    own = about(command.case_id, filed.matter_id, Origin.OFFICE)
    events: list[Event] = [filed]
    if command.to_unit != PETITION_OFFICE:
        events.append(CaseForwarded(to_unit=command.to_unit, **own))
    if how := _taken_at_once(command):
        events.append(RemitTaken(how=how, **own))
    return events


def _taken_at_once(command: ReceiveCase) -> RemitHow | None:
    if command.assigned:
        return RemitHow.ASSIGNED
    return RemitHow.SUPERIOR if len(division_of(command.case_id)) == COUNTY else None


def _filing(command: ReceiveCase) -> CaseFiled:
    """What the sender registered; the village is its own, and so is the case that it repeats.

    The unit that is complained of goes along; where its division is not stated, it is one of the
    division that first filed the matter.
    """
    sent = command.sender.required
    from_above = len(division_of(sent.case_id)) == COUNTY
    return CaseFiled(
        number=command.number,
        channel=sent.channel,
        purpose=sent.purpose,
        category=sent.category,
        headcount=sent.headcount,
        joint=sent.joint,
        anonymous=sent.anonymous,
        first_or_repeat=sent.first_or_repeat,
        urgent=sent.urgent,
        received_from=ReceivedFrom.HIGHER_LEVEL if from_above else None,
        complained_unit=sent.complained_unit,
        complained_division=sent.complained_division,
        complained_mark=sent.complained_mark,
        person_ref=command.person_ref,
        content_digest=command.content_digest,
        received_on=command.received_on,
        contact_unclear=sent.contact_unclear,
        transferred_from=command.sender_unit,
        from_case_id=sent.case_id,
        cause_ref=sent.cause_ref,
        home_case_id=sent.home_case_id or sent.case_id,
        **about(command.case_id, sent.matter_id, Origin.OFFICE),
    )
