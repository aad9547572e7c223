"""A report: submitted, checked, solved on the spot or dispatched, verified, closed, rated.

  (none) ─ GridReportSubmitted ─► submitted ─ GridReportRejected ─► rejected
                                     │
                            GridReportValidated
                                     ▼
     ┌── GridReportReturned ──► validated | returned ── GridReportHandled, on the spot ──┐
     │                               │                                                   │
     │                      GridReportDispatched                                         │
     │                               ▼                                                   ▼
     └─────────────────────────  dispatched ────────── GridReportHandled ─────────►  handled
                                     ▲                                                │    │
                                     └── GridReportVerified, not confirmed ───────────┘    │
                                                                 GridReportVerified, confirmed
                                                                                           ▼
     closed ◄──────────────────────── GridReportClosed ───────────────────────────── verified
       └─ GridReportRated ─► closed

  validated | dispatched | returned ── GridReportConverted ─► converted
  converted ── GridReportOutcomeNoted ─► handled, where it was settled or closed there | returned, where
                nobody took it up or it ended unsettled | converted
  handled | verified | returned ── GridReportOutcomeNoted, open again ─► converted
  returned, ended elsewhere unsettled ── GridReportClosed, with words ─► closed

From every open state it may go up a level (GridReportEscalated), and never down. A step that is not
done by its term is recorded as missed (GridReportTermMissed), which changes no state. No term runs
while a report is converted: a case, a mediation or a work order has the matter. What was said
and about whom stays in the vault. `report_file` has the state, `terms` the policy's terms; each
other file is a step; `decide` and `evolve` are the tables of all commands and all events.
"""

from dataclasses import replace

from services.grid.domain.report.decide import ReportCommand, decide
from services.grid.domain.report.evolve import evolve
from services.grid.domain.report.report_file import Report, ReportNotFound, ReportState
from shared.contracts.event import Event
from shared.decider import Decider
from shared.keyed_marks import KeyedMarks

REPORT = Decider(
    initial=Report(),
    decide=decide,
    evolve=evolve,
    marked=lambda report, mark: replace(report, mark=mark),
)


def report_decider(marks: KeyedMarks) -> Decider[ReportCommand, Report, Event]:
    """The rules, with the marks by which the unit that a report is about is named."""
    return replace(REPORT, initial=Report(unit_marks=marks))


__all__ = [
    "REPORT",
    "Report",
    "ReportCommand",
    "ReportNotFound",
    "ReportState",
    "report_decider",
]
