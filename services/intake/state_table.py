"""What follows from every command at every moment of a case: `docs/case-states.md`.

`python -m services.intake.state_table DOCS` writes the page into the folder DOCS; the tests
compare the committed page with what this writes.
"""

import sys
from dataclasses import replace
from pathlib import Path

from services.intake.domain.case import CASE, CaseCommand, CaseFile
from services.intake.domain.resolution_policy import ON_PERFORMANCE
from services.intake.examples import (
    ACCEPT,
    ANSWER,
    CLOSE,
    COMMANDS,
    CORRECT,
    DECLINE,
    DIVERT,
    FILE,
    FORWARD,
    LINK,
    NOTE,
    RECORD,
    REFER,
    REOPEN,
    REPLY,
    RESOLVE,
    VOID,
    WITHDRAW,
)
from shared.contracts.case_codes import Outcome
from shared.state_table import StateTable

_REFERRED = (FILE, ACCEPT, REFER)
_ANSWERED = (FILE, ACCEPT, ANSWER)

CASE_STATES: StateTable[CaseCommand, CaseFile] = StateTable(
    subject="a case",
    example=(
        "Every command is a good one about one made-up petition, without a mistake of its own; "
        "the reply comes from an older register, everything else from the office. What else is "
        "asked of a command is told by the refusals in `services/intake/domain/case`."
    ),
    decider=CASE,
    commands=COMMANDS,
    moments={
        "before anything": (),
        "filed": (FILE,),
        "corrected": (FILE, CORRECT),
        "voided": (FILE, VOID),
        "declined": (FILE, DECLINE),
        "declined and closed": (FILE, DECLINE, replace(CLOSE, outcome=Outcome.DECLINED)),
        "forwarded to another unit": (FILE, FORWARD),
        "replied to, by an older register": (FILE, REPLY),
        "referred to a committee before anybody has accepted it": (FILE, REFER),
        "accepted": (FILE, ACCEPT),
        "accepted, and referred to a committee": _REFERRED,
        "accepted, and its mediated agreement performed": (*_REFERRED, NOTE),
        "accepted after its mediated agreement was performed": (
            *(FILE, REFER, NOTE),
            replace(ACCEPT, settled_by=ON_PERFORMANCE),
        ),
        "answered": _ANSWERED,
        "answered, and the opinion accepted": (*_ANSWERED, RECORD),
        "answered and resolved": (*_ANSWERED, RECORD, RESOLVE),
        "answered and closed": (*_ANSWERED, CLOSE),
        "resolved and closed": (*_ANSWERED, RECORD, RESOLVE, CLOSE),
        "withdrawn": (FILE, ACCEPT, WITHDRAW),
        "diverted to a statutory route": (FILE, DIVERT),
        "linked to another case": (FILE, LINK),
        "withdrawn and closed": (
            *(FILE, ACCEPT, WITHDRAW),
            replace(CLOSE, outcome=Outcome.WITHDRAWN),
        ),
        "reopened": (*_ANSWERED, CLOSE, REOPEN),
    },
    state_of=lambda case: case.state,
)

if __name__ == "__main__":
    CASE_STATES.write(Path(sys.argv[1]) / "case-states.md")
