"""What follows from every command at every moment of an accusation: `docs/accusation-states.md`.

`python -m services.intake.accusation_state_table DOCS` writes the page into the folder DOCS; the
tests compare the committed page with what this writes.
"""

import sys
from dataclasses import replace
from pathlib import Path

from services.intake.domain.accusation import (
    ACCUSATION,
    AccusationCommand,
    AccusationFile,
    AcknowledgeAccusation,
    CloseAccusation,
    NoteOutcome,
    RegisterAccusation,
    TransferAccusation,
)
from shared.contracts.accusation_codes import AccusationOutcome, CompetentBody
from shared.contracts.case_codes import Channel, ServiceMethod
from shared.state_table import StateTable

_REGISTER = RegisterAccusation(
    accusation_id="519900-0198a5c0-0000-7000-8000-0000000000c1",
    matter_id="519900-0198a5c0-0000-7000-8000-0000000000ca",
    number="519900-2025-LX-000001-7",
    channel=Channel.LETTER,
    person_ref="519900-0198a5c0-0000-7000-8000-0000000000cb",
    content_digest="a" * 64,
)
_ACKNOWLEDGE = AcknowledgeAccusation(method=ServiceMethod.POST)
_TRANSFER = TransferAccusation(to=CompetentBody.DISCIPLINE)
_NOTE = NoteOutcome(outcome=AccusationOutcome.HANDLED)
_CLOSE = CloseAccusation()

ACCUSATION_STATES: StateTable[AccusationCommand, AccusationFile] = StateTable(
    subject="an accusation",
    example=(
        "Every command is a good one about one made-up letter. What else is asked of each is in "
        "`services/intake/domain/accusation`."
    ),
    decider=ACCUSATION,
    commands=(_REGISTER, _ACKNOWLEDGE, _TRANSFER, _NOTE, _CLOSE),
    moments={
        "before anything": (),
        "registered": (_REGISTER,),
        "registered, and told of the receipt by telephone": (
            _REGISTER,
            replace(_ACKNOWLEDGE, method=ServiceMethod.OTHER),
        ),
        "transferred": (_REGISTER, _TRANSFER),
        "transferred a second time, since the first body was not competent": (
            *(_REGISTER, _TRANSFER, replace(_NOTE, outcome=AccusationOutcome.NOT_ACCEPTED)),
            replace(_TRANSFER, to=CompetentBody.PERSONNEL),
        ),
        "transferred, and its outcome told": (_REGISTER, _TRANSFER, _NOTE),
        "closed": (_REGISTER, _TRANSFER, _NOTE, _CLOSE),
        "closed, and nothing was told": (_REGISTER, _TRANSFER, _CLOSE),
    },
    state_of=lambda accusation: accusation.state,
)

if __name__ == "__main__":
    ACCUSATION_STATES.write(Path(sys.argv[1]) / "accusation-states.md")
