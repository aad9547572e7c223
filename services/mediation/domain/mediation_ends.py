"""How a mediation ends without an agreement, and how the parties are looked after afterwards."""

from typing import assert_never

from services.mediation.domain.agreement_commands import FollowUp
from services.mediation.domain.agreement_performance import require_agreed_by
from services.mediation.domain.mediation_commands import (
    EndCommand,
    FailMediation,
    TerminateMediation,
)
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.mediation_guards import (
    refuse_if_over,
    require_begun,
    routes_in_order,
)
from services.mediation.domain.mediation_papers import require_its_notice
from services.mediation.domain.mediation_refusals import (
    ConsentIsWithdrawnByItsSide,
    FollowedUpOtherwise,
    MediationStillOpen,
)
from services.mediation.domain.session_refusals import (
    PeriodStillRuns,
    SessionsWereHeld,
)
from shared.contracts.agreements import FollowUpMade
from shared.contracts.event import Event
from shared.contracts.mediation import MediationFailed, MediationTerminated
from shared.contracts.mediation_codes import FailureGround, TerminationGround


def end(command: EndCommand, mediation: MediationFile) -> list[Event]:
    """The mediator's ends; a side that wants no more withdraws its own consent."""
    match command:
        case FailMediation():
            return _fail(command, mediation)
        case TerminateMediation():
            return _terminate(command, mediation)
        case never:
            assert_never(never)


def _fail(command: FailMediation, mediation: MediationFile) -> list[Event]:
    failed = MediationFailed(
        ground=command.ground,
        routes_told=routes_in_order(command.routes_told),
        paper_digest=command.paper,
        **mediation.about(),
    )
    if mediation.ended == failed:
        return []
    require_begun(mediation)
    if command.ground is FailureGround.CONSENT_WITHDRAWN:
        raise ConsentIsWithdrawnByItsSide(field="ground")
    passed = mediation.due_at is not None and command.at >= mediation.due_at
    if command.ground is FailureGround.PERIOD_PASSED and not passed:
        raise PeriodStillRuns(field="ground")
    require_its_notice(command.paper, mediation)
    return [failed]


def _terminate(command: TerminateMediation, mediation: MediationFile) -> list[Event]:
    """Not after a session: what was mediated counts as success or failure, and is not taken out."""
    terminated = MediationTerminated(
        ground=command.ground,
        routes_told=routes_in_order(command.routes_told),
        paper_digest=command.paper,
        **mediation.about(),
    )
    if mediation.ended == terminated:
        return []
    refuse_if_over(mediation)
    if command.ground is TerminationGround.CONSENT_WITHDRAWN:
        raise ConsentIsWithdrawnByItsSide(field="ground")
    if mediation.sessions:
        raise SessionsWereHeld
    require_its_notice(command.paper, mediation)
    return [terminated]


def follow_up(command: FollowUp, mediation: MediationFile) -> list[Event]:
    """回访: after an agreement as after an end without one."""
    made = FollowUpMade(
        follow_up_id=command.follow_up_id,
        method=command.method,
        outcome=command.outcome,
        **mediation.about(),
    )
    known = mediation.follow_ups.get(command.follow_up_id)
    if known == made:
        return []
    if known:
        raise FollowedUpOtherwise
    succeeded = mediation.agreement.succeeded
    if not (succeeded or mediation.ended or mediation.withdrawn):
        raise MediationStillOpen
    if succeeded:
        require_agreed_by(command.on, succeeded)
    return [made]
