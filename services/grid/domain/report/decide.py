"""Every command of a report, and the step that decides it."""

from services.grid.domain.report.attaching import AttachToReport, attach
from services.grid.domain.report.checking import (
    RejectReport,
    ValidateReport,
    reject,
    validate,
)
from services.grid.domain.report.closing import (
    CloseReport,
    RateReport,
    VerifyReport,
    close,
    rate,
    verify,
)
from services.grid.domain.report.converting import (
    ConvertReport,
    NoteOutcome,
    convert,
    note,
)
from services.grid.domain.report.correcting import CorrectReport, correct
from services.grid.domain.report.escalating import (
    EscalateReport,
    MissTerm,
    StepUp,
    escalate,
    miss,
    step_up,
)
from services.grid.domain.report.handling import (
    DispatchReport,
    HandleReport,
    ReturnReport,
    SolveOnSite,
    dispatch,
    give_back,
    handle,
    solve_on_site,
)
from services.grid.domain.report.moving import MoveMatter, move
from services.grid.domain.report.report_file import Report
from services.grid.domain.report.submitting import SubmitReport, submit
from shared.contracts.event import Event

ReportCommand = (
    SubmitReport
    | CorrectReport
    | ValidateReport
    | RejectReport
    | DispatchReport
    | ReturnReport
    | ConvertReport
    | NoteOutcome
    | MoveMatter
    | HandleReport
    | SolveOnSite
    | VerifyReport
    | CloseReport
    | RateReport
    | AttachToReport
    | EscalateReport
    | StepUp
    | MissTerm
)


def decide(command: ReportCommand, report: Report) -> list[Event]:  # noqa: C901, PLR0911, PLR0912
    """The events that follow; none where the record says so already. May raise a refusal."""
    match command:
        case SubmitReport():
            return submit(command, report)
        case CorrectReport():
            return correct(command, report)
        case ValidateReport():
            return validate(command, report)
        case RejectReport():
            return reject(command, report)
        case DispatchReport():
            return dispatch(command, report)
        case ReturnReport():
            return give_back(command, report)
        case ConvertReport():
            return convert(command, report)
        case NoteOutcome():
            return note(command, report)
        case MoveMatter():
            return move(command, report)
        case HandleReport():
            return handle(command, report)
        case SolveOnSite():
            return solve_on_site(command, report)
        case VerifyReport():
            return verify(command, report)
        case CloseReport():
            return close(command, report)
        case RateReport():
            return rate(command, report)
        case AttachToReport():
            return attach(command, report)
        case EscalateReport():
            return escalate(command, report)
        case StepUp():
            return step_up(command, report)
        case MissTerm():
            return miss(command, report)
