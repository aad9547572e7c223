"""What follows from every command at every moment of a warning: `docs/warning-states.md`.

`python -m services.grid.warning_state_table DOCS` writes the page into the folder DOCS.
"""

import sys
from pathlib import Path

from services.grid.domain.early_warning import EARLY_WARNING, EarlyWarning, WarningCommand
from services.grid.warning_examples import (
    ACKNOWLEDGE,
    DISPOSE,
    EXPIRE,
    FIND_FALSE,
    RAISE,
    TO_RED,
)
from shared.state_table import StateTable

WARNING_STATES: StateTable[WarningCommand, EarlyWarning] = StateTable(
    subject="a warning",
    example=(
        "Every command is a good one about one made-up orange warning of a term of the labour "
        "office, which acts on it; a leader finds it false. `ChangeLevel` makes it red, and "
        "`ExpireWarning` comes of the time that it has. What else is asked of a command is told by "
        "the refusals in `services/grid/domain/early_warning`."
    ),
    decider=EARLY_WARNING,
    commands=(RAISE, ACKNOWLEDGE, TO_RED, DISPOSE, FIND_FALSE, EXPIRE),
    moments={
        "before anything": (),
        "raised": (RAISE,),
        "raised, and red since": (RAISE, TO_RED),
        "acknowledged": (RAISE, ACKNOWLEDGE),
        "acknowledged, and red since": (RAISE, ACKNOWLEDGE, TO_RED),
        "disposed": (RAISE, DISPOSE),
        "expired": (RAISE, EXPIRE),
        "found false": (RAISE, FIND_FALSE),
        "disposed, and found false since": (RAISE, DISPOSE, FIND_FALSE),
    },
    state_of=lambda warning: warning.state,
)

if __name__ == "__main__":
    WARNING_STATES.write(Path(sys.argv[1]) / "warning-states.md")
