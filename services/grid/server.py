"""The server process of grid: API, relay and seals (`python -m services.grid.server`)."""

from functools import partial

from fastapi import FastAPI

from services.grid.api import (
    assessments,
    attaching,
    converting,
    correcting_grids,
    correcting_reports,
    correcting_signals,
    coverage,
    erasing,
    grid_workers,
    grids,
    lists,
    merging,
    order_import,
    patrol_lists,
    patrols,
    raising,
    receiving,
    records,
    register_import,
    report_lists,
    report_steps,
    reporting,
    serving,
    signal_linking,
    signal_lists,
    signal_steps,
    suggestions,
    taking_over,
    unmerging,
    villages,
    warning_lists,
    warning_steps,
    watching,
    weekly_reports,
    work,
    work_orders,
)
from services.grid.api.office import SERVICE, Office
from services.grid.domain.early_warning import WarningState
from services.grid.domain.matter_watch import WatchState
from services.grid.domain.report import ReportState
from services.grid.domain.signal import SignalState
from services.grid.domain.signal.suggesting import SuggestionReason
from services.grid.policies.start_check import check_policies
from services.grid.settings import Settings
from shared.drafts.routes import drafts
from shared.identity import Role, Verifier
from shared.office import ledgers, openings, seals
from shared.office.language import language
from shared.office.marking import marks_of
from shared.office.serving import ledger_app, serve
from shared.office.work import WorkGroup
from shared.settings import read_settings

ROUTERS = (
    lists.router,
    records.router,
    villages.router,
    grids.router,
    correcting_grids.router,
    serving.router,
    grid_workers.router,
    patrols.router,
    patrol_lists.router,
    coverage.router,
    report_lists.router,
    work.router,
    register_import.router,
    reporting.router,
    report_steps.router,
    converting.router,
    taking_over.router,
    weekly_reports.router,
    assessments.router,
    attaching.router,
    attaching.attachments,
    signal_lists.router,
    receiving.router,
    signal_steps.router,
    signal_linking.router,
    correcting_reports.router,
    correcting_signals.router,
    merging.router,
    unmerging.router,
    order_import.router,
    work_orders.router,
    suggestions.router,
    warning_lists.router,
    raising.router,
    warning_steps.router,
    watching.router,
    erasing.router,
    language(ReportState, SignalState, SuggestionReason, WarningState, WatchState, WorkGroup),
    drafts(Role.GRID_WORKER, Role.GRID_LEAD, Role.CLERK, Role.HANDLER, Role.TOWNSHIP_LEADER),
    ledgers.router,
    openings.router,
    seals.router,
)


def new_app(settings: Settings, verifier: Verifier) -> FastAPI:
    """All that runs in this process."""
    return ledger_app(
        service=SERVICE,
        routers=ROUTERS,
        office_over=partial(
            Office.over,
            report_terms=settings.report_terms,
            early_warnings=settings.early_warning_policy,
            marks=marks_of(settings),
        ),
        settings=settings,
        verifier=verifier,
    )


def main() -> None:
    """Serve until a signal."""
    settings = read_settings(Settings)
    check_policies(settings.early_warning_policy)
    serve(SERVICE, settings, partial(new_app, settings))


if __name__ == "__main__":
    main()
