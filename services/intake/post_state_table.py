"""What follows from every command at every moment of a post: `docs/post-states.md`.

`python -m services.intake.post_state_table DOCS` writes the page into the folder DOCS; the tests
compare the committed page with what this writes.
"""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from services.intake.domain.posts import (
    POST,
    CorrectPost,
    EndPost,
    HandOverPost,
    HoldPost,
    NameSubstitute,
    PostCommand,
    PostFile,
    RegisterPost,
    VacatePost,
)
from shared.contracts.unit_codes import HandOverReason, PostFact
from shared.state_table import StateTable

_FIRST, _LATER = date(2025, 1, 1), date(2025, 3, 1)
_REGISTER = RegisterPost(
    post_id="519900-0198a5c0-0000-7000-8000-0000000000b1",
    code="justice-1",
    division="519900101",
    unit="justice-office",
    leads=True,
    valid_from=_FIRST,
)
_CORRECT = CorrectPost(values={PostFact.LEADS: False})
_HOLD = HoldPost(holder="h-17", since=_LATER)
_VACATE = VacatePost(on=_LATER)
_NAME = NameSubstitute(substitute="justice-2", since=_LATER)
_HAND_OVER = HandOverPost(to="justice-2", on=_LATER, reason=HandOverReason.TRANSFER)
_END = EndPost(on=_LATER)

POST_STATES: StateTable[PostCommand, PostFile] = StateTable(
    subject="a post",
    example=(
        "The example is the head of a justice office; no case is open with it, unless a section "
        "says so. What else is asked of each command is in services/intake/domain/posts."
    ),
    decider=POST,
    commands=(_REGISTER, _CORRECT, _HOLD, _VACATE, _NAME, _HAND_OVER, _END),
    moments={
        "not registered": (),
        "registered": (_REGISTER,),
        "registered, and corrected since": (_REGISTER, _CORRECT),
        "held": (_REGISTER, _HOLD),
        "held, with a substitute": (_REGISTER, _HOLD, _NAME),
        "vacant": (_REGISTER, _HOLD, _VACATE),
        "vacant, and cases are left open": (
            *(_REGISTER, _HOLD),
            replace(_VACATE, open_matters=2, leaves_open=True),
        ),
        "handed over": (_REGISTER, _HOLD, _HAND_OVER),
        "ended": (_REGISTER, _END),
    },
    state_of=lambda post: post.state,
)

if __name__ == "__main__":
    POST_STATES.write(Path(sys.argv[1]) / "post-states.md")
