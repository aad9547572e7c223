"""回避 (recusal): a post that is interested in the matter steps back, or is made to [R28]."""

from dataclasses import dataclass

from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.handing_over import HandCaseOver, hand_case_over
from services.intake.domain.case.origin import Origin
from shared.contracts.case_holding import RecusalRecorded
from shared.contracts.case_holding_codes import RecusalReason
from shared.contracts.event import Event
from shared.contracts.unit_codes import HandOverReason
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRecusal:
    """回避. Where the handler is recused, `to_unit` and `to_post` say who has the case from now on."""

    post: str
    reason: RecusalReason
    to_unit: str | None = None
    to_post: str | None = None


class RecusedHandlerHandsOver(Refusal):
    """The handler of the case is recused: name the unit and the post that have it from now on."""

    status = 422
    title = "The recused handler hands the case over"


class RecusedPostHoldsNothing(Refusal):
    """Only the handler of the case has something to hand over; leave the others out."""

    status = 422
    title = "The recused post does not hold the case"


def record_recusal(command: RecordRecusal, case: CaseFile) -> list[Event]:
    """Once of each post; a handler's case is in other hands with the same act."""
    recused = RecusalRecorded(
        post=command.post, reason=command.reason, **case.about(Origin.OFFICE)
    )
    if command.post in case.recused_posts:
        return []
    return [recused, *_handed_over(command, case)]


def _handed_over(command: RecordRecusal, case: CaseFile) -> list[Event]:
    if command.post != case.handler:
        if command.to_unit is not None or command.to_post is not None:
            raise RecusedPostHoldsNothing(field="to_unit" if command.to_unit else "to_post")
        return []
    if command.to_unit is None or command.to_post in {None, command.post}:
        raise RecusedHandlerHandsOver(field="to_post" if command.to_unit else "to_unit")
    given = HandCaseOver(
        to_unit=command.to_unit, to_post=command.to_post, reason=HandOverReason.RECUSAL
    )
    return hand_case_over(given, case)
