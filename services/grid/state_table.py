"""What follows from every command at every moment of a report: `docs/report-states.md`.

`python -m services.grid.state_table DOCS` writes the page into the folder DOCS; the tests compare
the committed page with what this writes.
"""

import sys
from pathlib import Path

from services.grid.domain.report import REPORT, Report, ReportCommand
from services.grid.report_examples import (
    ACCEPTED,
    ATTACH,
    CLOSE,
    CONFIRM,
    CONVERT,
    CORRECT_REPORT,
    DECLINED,
    DISPATCH,
    ESCALATE,
    GIVE_BACK,
    HANDLE,
    RATE,
    REFUTE,
    REJECT,
    REOPENED,
    RESOLVED,
    SOLVE_ON_SITE,
    SUBMIT,
    VALIDATE,
    VOIDED,
    miss,
    move,
    step_up,
)
from shared.state_table import StateTable

_DISPATCHED = (SUBMIT, VALIDATE, DISPATCH)
_VERIFIED = (*_DISPATCHED, HANDLE, CONFIRM)

REPORT_STATES: StateTable[ReportCommand, Report] = StateTable(
    subject="a report",
    example=(
        "Every command is a good one about one made-up report, without a mistake of its own. "
        "A report is converted to a case, and "
        "`NoteOutcome` says that the case is resolved, `MoveMatter` that it counts with another matter. `MissTerm` and `StepUp` come of the term that runs at the moment, when it is over. What "
        "else is asked of a command is told by the refusals in `services/grid/domain/report`."
    ),
    decider=REPORT,
    commands=(
        *(SUBMIT, CORRECT_REPORT, VALIDATE, REJECT, DISPATCH, GIVE_BACK, CONVERT, RESOLVED),
        *(HANDLE, SOLVE_ON_SITE, CONFIRM, CLOSE, RATE, ESCALATE, ATTACH, move, step_up, miss),
    ),
    moments={
        "before anything": (),
        "submitted": (SUBMIT,),
        "submitted, and not checked in time": (SUBMIT, miss),
        "rejected": (SUBMIT, REJECT),
        "validated": (SUBMIT, VALIDATE),
        "dispatched to a unit": _DISPATCHED,
        "given back by the unit": (*_DISPATCHED, GIVE_BACK),
        "handled by the unit": (*_DISPATCHED, HANDLE),
        "handled, and the feedback not confirmed": (*_DISPATCHED, HANDLE, REFUTE),
        "solved on the spot": (SUBMIT, VALIDATE, SOLVE_ON_SITE),
        "solved on the spot, and not confirmed": (SUBMIT, VALIDATE, SOLVE_ON_SITE, REFUTE),
        "converted to a case": (*_DISPATCHED, CONVERT),
        "converted, and not taken up in time": (*_DISPATCHED, CONVERT, miss),
        "converted, and the case accepted": (*_DISPATCHED, CONVERT, ACCEPTED),
        "converted, and the case void": (*_DISPATCHED, CONVERT, VOIDED),
        "converted, and the case declined": (*_DISPATCHED, CONVERT, DECLINED),
        "converted, and the case resolved": (*_DISPATCHED, CONVERT, RESOLVED),
        "converted, and the resolved case opened again": (
            *(*_DISPATCHED, CONVERT, RESOLVED),
            REOPENED,
        ),
        "verified": _VERIFIED,
        "closed": (*_VERIFIED, CLOSE),
        "closed and rated": (*_VERIFIED, CLOSE, RATE),
        "at the centre": (SUBMIT, ESCALATE),
        "at the township, since the time of the centre is over": (SUBMIT, ESCALATE, step_up),
        "at the highest level, whose time is over": (SUBMIT, ESCALATE, step_up, step_up),
    },
    state_of=lambda report: report.state,
)

if __name__ == "__main__":
    REPORT_STATES.write(Path(sys.argv[1]) / "report-states.md")
