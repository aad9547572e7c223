"""What follows from every command at every moment of a mediation: `docs/mediation-states.md`.

`python -m services.mediation.state_table DOCS` writes the page into the folder DOCS; the tests
compare the committed page with what this writes.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

from services.mediation.domain.mediation import MEDIATION, MediationCommand
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.examples import (
    APPLY,
    ASSIGN,
    BREACH,
    CHECK,
    CONFIRMED,
    CONSENT,
    DECLINE,
    DRAFT,
    EXTEND,
    FAIL,
    FILL_IN,
    FIRST,
    FOLLOW_UP,
    HOLD,
    LAST,
    NAME_PARTIES,
    PERFORM,
    RECUSE,
    REFUSE,
    REQUEST,
    SIGN,
    TERMINATE,
    UNDONE,
    VOID_ASSIGNMENT,
    VOID_CONSENT,
    VOID_DRAFT,
    VOID_END,
    VOID_EXTENSION,
    VOID_PAPER,
    VOID_RECUSAL,
    VOID_SESSION,
    WITHDRAW,
)
from shared.state_table import StateTable

COMMANDS: tuple[MediationCommand, ...] = (
    *(APPLY, DECLINE, NAME_PARTIES, CONSENT, REFUSE, WITHDRAW),
    *(ASSIGN, RECUSE, EXTEND, HOLD),
    *(DRAFT, SIGN, FAIL, TERMINATE),
    *(VOID_CONSENT, VOID_ASSIGNMENT, VOID_RECUSAL),
    *(VOID_EXTENSION, VOID_SESSION, VOID_DRAFT, VOID_END),
    *(CHECK, FIRST, PERFORM, BREACH),
    *(REQUEST, CONFIRMED, FOLLOW_UP, FILL_IN, VOID_PAPER),
)
_OPENED = (APPLY, CONSENT)
_IN_SESSION = (*_OPENED, ASSIGN, HOLD)
_SIGNED = (*_IN_SESSION, SIGN)

MOMENTS: Mapping[str, tuple[MediationCommand, ...]] = {
    "before anything": (),
    "a referral that was declined": (DECLINE,),
    "applied for, the other side not asked yet": (APPLY,),
    "both sides have agreed": _OPENED,
    "a mediator takes part": (*_OPENED, ASSIGN),
    "the mediator has stepped back": (*_OPENED, ASSIGN, RECUSE),
    "a session was held": _IN_SESSION,
    "there is a draft, the time was extended": (*_IN_SESSION, EXTEND, DRAFT),
    "a paper was filled in": (*_IN_SESSION, FILL_IN),
    "refused by a side": (APPLY, REFUSE),
    "terminated before any session": (APPLY, TERMINATE),
    "failed": (*_IN_SESSION, FAIL),
    "failed, as a side withdrew its consent": (*_IN_SESSION, WITHDRAW),
    "an end taken back": (*_IN_SESSION, FAIL, VOID_END),
    "signed": _SIGNED,
    "an instalment performed": (*_SIGNED, FIRST),
    "performed": (*_SIGNED, FIRST, LAST),
    "performed, then undone": (*_SIGNED, FIRST, LAST, UNDONE),
    "breached": (*_SIGNED, BREACH),
    "a court is asked": (*_SIGNED, REQUEST),
    "confirmed by a court": (*_SIGNED, REQUEST, CONFIRMED),
}
"""The moments in the life of a mediation, and the commands that lead to each."""

MEDIATION_STATES: StateTable[MediationCommand, MediationFile] = StateTable(
    subject="a mediation",
    example=(
        "Every command is a good one about one made-up dispute, without a mistake of its own: its "
        "applicant applies herself, its agreement has two instalments. What else is asked of a "
        "command, such as the parts of an agreement, is told by the refusals in "
        "`services/mediation/domain`."
    ),
    decider=MEDIATION,
    commands=COMMANDS,
    moments=MOMENTS,
    state_of=lambda mediation: mediation.state,
)

if __name__ == "__main__":
    MEDIATION_STATES.write(Path(sys.argv[1]) / "mediation-states.md")
