"""移交 (hand-over): another unit or post holds the case from now on, with a reason."""

from dataclasses import dataclass

from services.intake.domain.case.acceptance import refuse_unless_accepted
from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.ended import refuse_if_departed
from services.intake.domain.case.forwarding import refuse_complained_unit
from services.intake.domain.case.origin import Origin, refuse_unstated_unit
from services.intake.domain.case.recused import refuse_recused_post
from shared.contracts.case_holding import CaseHandedOver
from shared.contracts.event import Event
from shared.contracts.unit_codes import HandOverReason


@dataclass(frozen=True, slots=True, kw_only=True)
class HandCaseOver:
    """移交: to a unit, and to a post of it where one is named."""

    to_unit: str
    to_post: str | None
    reason: HandOverReason


def hand_case_over(command: HandCaseOver, case: CaseFile) -> list[Event]:
    """Of an accepted case that has not left the office; nothing where it is in those hands."""
    about = case.about(Origin.OFFICE)
    refuse_if_departed(case)
    refuse_unless_accepted(case)
    refuse_unstated_unit(command.to_unit, Origin.OFFICE, field="to_unit")
    refuse_complained_unit([command.to_unit], case, field="to_unit")
    refuse_recused_post(command.to_post, case, field="to_post")
    if case.responsible_unit is None or (command.to_unit, command.to_post) == (
        case.responsible_unit,
        case.handler,
    ):
        return []
    return [
        CaseHandedOver(
            from_unit=case.responsible_unit,
            from_post=case.handler,
            to_unit=command.to_unit,
            to_post=command.to_post,
            reason=command.reason,
            **about,
        )
    ]
