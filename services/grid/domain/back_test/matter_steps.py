"""What becomes of a matter: answered, resolved, opened again, or sealed."""

from collections.abc import Iterator
from datetime import datetime

from services.grid.domain.back_test.findings import Moved, Step
from services.grid.domain.rules.cases import is_sealing
from shared.contracts.agreements import AgreementPerformed, MediationSucceeded
from shared.contracts.event import Event
from shared.contracts.grid_reports import GridReportClosed, GridReportHandled
from shared.contracts.intake import (
    CaseClosed,
    CaseEvent,
    CaseReopened,
    CaseReplied,
    CaseResolved,
    OpinionServed,
)
from shared.contracts.mediation import MediationEndVoided
from shared.contracts.signals import WorkOrderAnswered

STEPPING = (
    OpinionServed,
    CaseReplied,
    GridReportHandled,
    WorkOrderAnswered,
    MediationSucceeded,
    CaseResolved,
    CaseClosed,
    GridReportClosed,
    AgreementPerformed,
    CaseReopened,
    MediationEndVoided,
)


def steps_in(event: Event, at: datetime) -> Iterator[Moved]:
    """The step of the event's matter, where it states one."""
    match event:
        case CaseEvent() if is_sealing(event):
            yield Moved(event.matter_id, Step.SEALED, at)
        case OpinionServed() | CaseReplied() | GridReportHandled() | MediationSucceeded():
            yield Moved(event.matter_id, Step.ANSWERED, at)
        case WorkOrderAnswered(case_id=None):
            yield Moved(event.matter_id, Step.ANSWERED, at)
        case CaseResolved() | CaseClosed() | GridReportClosed() | AgreementPerformed():
            yield Moved(event.matter_id, Step.RESOLVED, at)
        case CaseReopened() | MediationEndVoided():
            yield Moved(event.matter_id, Step.REOPENED, at)
        case _:
            pass
