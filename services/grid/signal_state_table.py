"""What follows from every command at every moment of a signal: `docs/signal-states.md`.

`python -m services.grid.signal_state_table DOCS` writes the page into the folder DOCS.
"""

import sys
from dataclasses import replace
from pathlib import Path

from services.grid.domain.signal import SIGNAL, Signal, SignalCommand
from services.grid.signal_examples import (
    ANSWER,
    ASSIGN_ORDER,
    CORRECT_SIGNAL,
    FOLLOW,
    IN_PROCEDURE,
    LINK,
    LOSE,
    OPEN_ORDER,
    RECEIVE,
    RETURN,
    UNLINK,
    VOID_ORDER,
)
from shared.contracts.signal_codes import SignalSource
from shared.state_table import StateTable

_BY_THE_APP = replace(RECEIVE, source=SignalSource.GRID_APP, order=None)

SIGNAL_STATES: StateTable[SignalCommand, Signal] = StateTable(
    subject="a signal",
    example=(
        "Every command is a good one about one made-up call to 12345, or about the order that the "
        "office opens itself. What else is asked of a command is told by the refusals in "
        "`services/grid/domain/signal`."
    ),
    decider=SIGNAL,
    commands=(
        RECEIVE,
        CORRECT_SIGNAL,
        OPEN_ORDER,
        RETURN,
        ASSIGN_ORDER,
        VOID_ORDER,
        ANSWER,
        LINK,
        UNLINK,
        LOSE,
        FOLLOW,
    ),
    moments={
        "before anything": (),
        "received without an order": (_BY_THE_APP,),
        "received with its order": (RECEIVE,),
        "opened by the office": (OPEN_ORDER,),
        "returned to the desk": (RECEIVE, RETURN),
        "given to another unit": (RECEIVE, RETURN, ASSIGN_ORDER),
        "linked to a report": (RECEIVE, LINK),
        "linked, and the link undone": (RECEIVE, LINK, UNLINK),
        "answered": (RECEIVE, ANSWER),
        "its order voided": (RECEIVE, VOID_ORDER),
        "answered, since a case has the matter": (RECEIVE, IN_PROCEDURE),
    },
    state_of=lambda signal: signal.state,
)

if __name__ == "__main__":
    SIGNAL_STATES.write(Path(sys.argv[1]) / "signal-states.md")
