"""The sender decides an objection: a matter is returned only with its consent [R23].

A second objection to the same matter is not the sender's to decide: it goes to the common superior.
"""

from dataclasses import dataclass

from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.origin import Origin
from services.intake.domain.case.transfers import MOST_OBJECTIONS, Hop
from shared.contracts.event import Event
from shared.contracts.transfer_codes import TransferStep
from shared.contracts.transfers import RemitObjectionDecided
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideObjection:
    """Whether the matter comes back, or stays with the receiver."""

    upheld: bool


class NoObjection(Refusal):
    """The receiver has not objected, or has taken the matter since."""

    title = "There is no objection to decide"


class ObjectionDecidedOtherwise(Refusal):
    """The objection was decided the other way."""

    title = "The objection was decided otherwise"


class SuperiorDecides(Refusal):
    """It is the second objection to the matter: the common superior names who handles it [R24]."""

    title = "The common superior decides"


def decide_objection(command: DecideObjection, case: CaseFile) -> list[Event]:
    """Once."""
    about, hop = case.about(Origin.OFFICE), _objecting(case)
    if hop is None or hop.note is None or hop.note.objection is None:
        return _decided_before(command, case)
    decided = RemitObjectionDecided(
        objection=hop.note.objection,
        receiver_case_id=hop.case_id,
        upheld=command.upheld,
        **about,
    )
    before = case.transfers.decided
    if before is not None and before.objection == decided.objection:
        return _decided_before(command, case)
    if case.transfers.objections > MOST_OBJECTIONS:
        raise SuperiorDecides
    return [decided]


def _objecting(case: CaseFile) -> Hop | None:
    """The receiver that has objected to what this case passed on."""
    hop = case.transfers.current
    if hop is None or hop.step is not TransferStep.OBJECTED:
        return None
    return hop if case.filed and hop.came_from == case.filed.case_id else None


def _decided_before(command: DecideObjection, case: CaseFile) -> list[Event]:
    before = case.transfers.decided
    if before is None:
        raise NoObjection
    if before.upheld != command.upheld:
        raise ObjectionDecidedOtherwise
    return []
