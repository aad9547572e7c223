"""受理 (acceptance): a post takes the case, and its term begins."""

from dataclasses import dataclass

from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.ended import refuse_if_ended
from services.intake.domain.case.forwarding import refuse_complained_unit
from services.intake.domain.case.mediation_outcome import settled_on_acceptance
from services.intake.domain.case.order import refuse_acceptance_after_resolution
from services.intake.domain.case.origin import Origin, refuse_unstated_unit
from services.intake.domain.case.recused import refuse_recused_post
from services.intake.domain.case.remit import taken_by_act
from services.intake.domain.case.routing import routed_on_acceptance
from services.intake.domain.resolution_policy import ResolutionPolicy
from shared.clocks.due import Due
from shared.contracts.case_codes import Procedure, Purpose
from shared.contracts.event import Event
from shared.contracts.intake import CaseAccepted
from shared.contracts.transfer_codes import RemitHow
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptCase:
    """受理: this post takes the case.

    Where `settled_by` says so, an outcome of its mediation that was noted before settles the case
    at once. It is None for an acceptance that is stated afterwards.
    """

    handler: str
    procedure: Procedure
    responsible_unit: str
    co_handlers: tuple[str, ...]
    due: Due | None
    """The end of the term; None where the way of the case has none."""
    by_post: str | None = None
    """The post that accepts, where it is not the handler."""
    settled_by: ResolutionPolicy | None = None
    origin: Origin = Origin.OFFICE


class CaseTakenByAnother(Refusal):
    """Another handler has accepted this case."""

    title = "The case is taken"


class CaseAcceptedOtherwise(Refusal):
    """The same handler accepted this case with another procedure or other units."""

    title = "The case was accepted otherwise"


class CaseNotAccepted(Refusal):
    """Nobody has accepted this case yet."""

    title = "The case is not accepted"


class PurposeNotStated(Refusal):
    """A report was converted to this case: state what is wanted (`/correct`) before accepting it."""

    title = "The purpose is not stated"


def accept(command: AcceptCase, case: CaseFile) -> list[Event]:
    """Once, by one handler; a promise kept before may resolve the case in the same decision.

    A case whose way nobody has chosen takes that of its purpose, a claim the petition procedure.
    """
    accepted = CaseAccepted(
        procedure=command.procedure,
        responsible_unit=command.responsible_unit,
        co_handlers=command.co_handlers,
        due_at=command.due and command.due.due_at,
        handler=command.handler,
        policy_version=command.due and command.due.policy_version,
        calendar_version=command.due and command.due.calendar_version,
        due_at_for_petitioner=command.due and command.due.due_at_for_petitioner,
        **case.about(command.origin),
    )
    if case.accepted:
        _refuse_another(accepted, case.accepted)
        return []
    refuse_unstated_unit(command.responsible_unit, command.origin, field="responsible_unit")
    refuse_acceptance_after_resolution(case)
    refuse_if_ended(case)
    routed: list[Event] = []
    if command.origin is Origin.OFFICE:
        refuse_complained_unit([command.responsible_unit], case, field="responsible_unit")
        refuse_complained_unit(command.co_handlers, case, field="co_handlers")
        refuse_recused_post(command.handler, case, field="handler")
        _refuse_unstated_purpose(case)
        routed = routed_on_acceptance(case, by_post=command.by_post or command.handler)
    return [
        *routed,
        accepted,
        *taken_by_act(case, RemitHow.ACCEPTED),
        *settled_on_acceptance(case, command.settled_by),
    ]


def _refuse_unstated_purpose(case: CaseFile) -> None:
    """A conversion states no purpose, and the way of the case follows from it."""
    filed = case.required
    if filed.report_id is not None and filed.purpose is Purpose.NOT_STATED:
        raise PurposeNotStated


def _refuse_another(accepted: CaseAccepted, before: CaseAccepted) -> None:
    if accepted.handler != before.handler:
        raise CaseTakenByAnother(case_id=before.case_id)
    terms = {
        (each.procedure, each.responsible_unit, each.co_handlers) for each in (accepted, before)
    }
    if len(terms) > 1:
        raise CaseAcceptedOtherwise


def refuse_unless_accepted(case: CaseFile) -> None:
    """Raise for a case that nobody has accepted yet."""
    if case.accepted is None:
        raise CaseNotAccepted
