"""Compares grid's tables with its ledgers: `python -m services.grid.live_check`."""

import sys
from collections.abc import Mapping, Sequence

from services.grid.domain.assessment import ASSESSMENT
from services.grid.domain.early_warning import EARLY_WARNING
from services.grid.domain.grid import GRID
from services.grid.domain.grid_worker import GRID_WORKER
from services.grid.domain.matter_watch import MATTER_WATCH
from services.grid.domain.patrol import PATROL
from services.grid.domain.report import REPORT
from services.grid.domain.signal import SIGNAL
from services.grid.domain.village import VILLAGE
from services.grid.domain.weekly_report import WEEKLY_REPORT
from services.grid.settings import Settings
from services.grid.store import (
    assessments,
    grid_board,
    grid_workers,
    patrol_board,
    report_board,
    signal_board,
    village_board,
    warning_board,
    watch_board,
    weekly_reports,
)
from shared.contracts.early_warnings import EarlyWarningEvent, WatchEvent
from shared.contracts.event import Event
from shared.contracts.grid import GridEvent, GridWorkerEnrolled, GridWorkerEvent, VillageEvent
from shared.contracts.grid_reports import GridReportEvent, GridReportSubmitted
from shared.contracts.patrols import PatrolEvent
from shared.contracts.signals import SignalReceived, SignalStreamEvent, WorkOrderOpened
from shared.contracts.weekly_reports import AssessmentEvent, WeeklyReportEvent
from shared.office.live_check import Tables, Viewed
from shared.office.live_check_command import live_check_command
from shared.office.vault_check import KeptInVault
from shared.settings import read_settings

_FILES: Mapping[type[Event], str] = {
    GridReportEvent: "report_id",
    WeeklyReportEvent: "weekly_report_id",
    AssessmentEvent: "assessment_id",
    SignalReceived: "signal_id",
    WorkOrderOpened: "order_id",
    EarlyWarningEvent: "warning_id",
    WatchEvent: "watch_id",
}
"""The field that names the file with a stream's texts, by the events' class."""


def _file_of(event: Event) -> str | None:
    found = (getattr(event, field) for kind, field in _FILES.items() if isinstance(event, kind))
    return next(found, None)


def _persons_of(event: Event) -> Sequence[str]:
    match event:
        case GridWorkerEnrolled():
            return [event.person_ref]
        case GridReportSubmitted():
            return event.persons
        case SignalReceived(caller_ref=str(caller)):
            return [caller]
        case _:
            return ()


TABLES = Tables(
    viewed=(
        Viewed(
            events=VillageEvent,
            decider=VILLAGE,
            view_writes=village_board.view_writes,
            board=village_board.VILLAGES,
        ),
        Viewed(
            events=GridEvent,
            decider=GRID,
            view_writes=grid_board.view_writes,
            board=grid_board.GRIDS,
        ),
        Viewed(
            events=GridWorkerEvent,
            decider=GRID_WORKER,
            view_writes=grid_workers.view_writes,
            board=grid_workers.WORKERS,
        ),
        Viewed(
            events=PatrolEvent,
            decider=PATROL,
            view_writes=patrol_board.view_writes,
            board=patrol_board.PATROLS,
        ),
        Viewed(
            events=GridReportEvent,
            decider=REPORT,
            view_writes=report_board.view_writes,
            board=report_board.REPORTS,
        ),
        Viewed(
            events=WeeklyReportEvent,
            decider=WEEKLY_REPORT,
            view_writes=weekly_reports.view_writes,
            board=weekly_reports.WEEKLY_REPORTS,
        ),
        Viewed(
            events=AssessmentEvent,
            decider=ASSESSMENT,
            view_writes=assessments.view_writes,
            board=assessments.ASSESSMENTS,
        ),
        Viewed(
            events=SignalStreamEvent,
            decider=SIGNAL,
            view_writes=signal_board.view_writes,
            board=signal_board.SIGNALS,
        ),
        Viewed(
            events=EarlyWarningEvent,
            decider=EARLY_WARNING,
            view_writes=warning_board.view_writes,
            board=warning_board.WARNINGS,
        ),
        Viewed(
            events=WatchEvent,
            decider=MATTER_WATCH,
            view_writes=watch_board.view_writes,
            board=watch_board.WATCHES,
        ),
    ),
    kept=KeptInVault(
        file_of=_file_of,
        persons_of=_persons_of,
        # boundaries and names of places are in tables of their own
        without_texts=(GridEvent, VillageEvent),
    ),
)

if __name__ == "__main__":
    sys.exit(live_check_command("grid", read_settings(Settings), TABLES))
