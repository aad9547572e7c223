"""What follows from every command at every moment of a case: `docs/case-states.md`.

`python -m services.intake.state_table DOCS` writes the page into the folder DOCS; the tests
compare the committed page with what this writes.
"""

import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from services.intake.domain.case import CASE, CaseCommand, CaseFile
from services.intake.domain.resolution_policy import ON_PERFORMANCE
from services.intake.examples import (
    ACCEPT,
    ANSWER,
    ANSWER_QUESTION,
    ASK,
    ASSIGN,
    ATTACH,
    CASE_ID,
    CHECK,
    CHECK_BY_OFFICE,
    CLOSE,
    CLOSE_ANSWER_REVIEW,
    COMMANDS,
    CORRECT,
    COUNTY_CASE,
    DECIDE_OBJECTION,
    DECIDE_REVIEW,
    DECLINE,
    DISPATCH,
    DIVERT,
    END_WITHDRAWAL,
    EXTEND,
    FILE,
    FORWARD,
    FORWARD_ACROSS,
    HAND_CASE_OVER,
    HAND_OVER,
    HANDED_OVER,
    INVESTIGATE,
    ISSUE_NOTICE,
    ISSUE_OPINION,
    LAPSE,
    LINK,
    NOTE,
    NOTE_TRANSFER,
    OBJECT,
    OPEN_ANSWER_REVIEW,
    RATE,
    RECEIVE,
    RECORD,
    RECUSE,
    REFER,
    REOPEN,
    REPLY,
    REQUEST_RE_REVIEW,
    REQUEST_REVIEW,
    RESOLVE,
    ROUTE,
    SERVE_NOTICE,
    SETTLE,
    STATE_WITHDRAWAL,
    TAKE,
    TAKE_BACK,
    VOID,
)
from shared.contracts.case_codes import Outcome, ReopenReason
from shared.contracts.case_handling_codes import NoticeKind
from shared.contracts.case_holding_codes import Lane, RoutingGround
from shared.contracts.transfer_codes import TransferStep
from shared.state_table import StateTable, example_event_id

_CHECKED = (CHECK, CHECK_BY_OFFICE)
_REFERRED = (FILE, ACCEPT, REFER)
_ANSWERED = (FILE, ACCEPT, ANSWER)

_END_LATER_WITHDRAWAL = replace(END_WITHDRAWAL, statement_id=example_event_id(6))
_TELL_OF_DECLINE = replace(ISSUE_NOTICE, notice=NoticeKind.DECLINED, service=HANDED_OVER)

_OBJECTED = (FILE, FORWARD_ACROSS, NOTE_TRANSFER)
_GIVEN_BACK = replace(NOTE_TRANSFER, step=TransferStep.RETURNED, to_division=CASE_ID[:9])
_IN_THE_COUNTY = replace(FILE, case_id=COUNTY_CASE)

_TO_COURT = replace(ROUTE, lane=Lane.LITIGATION, ground=RoutingGround.BY_LAW)
_TO_DUTY = replace(ROUTE, lane=Lane.STATUTORY_DUTY, ground=RoutingGround.OWN_DUTY)
_TO_DISCIPLINE = replace(ROUTE, lane=Lane.DISCIPLINE, ground=RoutingGround.BY_LAW)
_DECIDED = replace(DECIDE_REVIEW, served_on=date(2025, 3, 8))

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
        "declined, and told so": (FILE, DECLINE, _TELL_OF_DECLINE),
        "declined and closed": (
            *(FILE, DECLINE, _TELL_OF_DECLINE, *_CHECKED),
            replace(CLOSE, outcome=Outcome.DECLINED),
        ),
        "filed, with a notice of receipt that is not served": (FILE, ISSUE_NOTICE),
        "filed, and told of the receipt": (FILE, ISSUE_NOTICE, SERVE_NOTICE),
        "filed, and the petitioner is asked": (FILE, ASK),
        "filed, and the petitioner has answered": (FILE, ASK, ANSWER_QUESTION),
        "forwarded to another unit": (FILE, FORWARD),
        "replied to, by an older register": (FILE, REPLY),
        "referred to a committee before anybody has accepted it": (FILE, REFER),
        "routed to the petition procedure": (FILE, ROUTE),
        "routed to a court": (FILE, _TO_COURT),
        "routed to a statutory duty": (FILE, _TO_DUTY),
        "routed to a statutory duty, and accepted": (FILE, _TO_DUTY, replace(ACCEPT, due=None)),
        "accepted, and recognised as an accusation": (FILE, ACCEPT, _TO_DISCIPLINE),
        "accepted": (FILE, ACCEPT),
        "accepted, and a file is attached": (FILE, ACCEPT, ATTACH),
        "accepted, and handed over": (FILE, ACCEPT, HAND_CASE_OVER),
        "accepted, and a post is recused": (FILE, ACCEPT, RECUSE),
        "accepted, and referred to a committee": _REFERRED,
        "accepted, and its mediated agreement performed": (*_REFERRED, NOTE),
        "accepted after its mediated agreement was performed": (
            *(FILE, REFER, NOTE),
            replace(ACCEPT, settled_by=ON_PERFORMANCE),
        ),
        "accepted, with an opinion that is not sent": (FILE, ACCEPT, ISSUE_OPINION),
        "accepted, with an opinion that was dispatched": (FILE, ACCEPT, ISSUE_OPINION, DISPATCH),
        "accepted, investigated, and its term extended": (FILE, ACCEPT, INVESTIGATE, EXTEND),
        "answered": _ANSWERED,
        "answered, and raised again": (*_ANSWERED, OPEN_ANSWER_REVIEW),
        "answered, raised again, and looked at": (
            *(*_ANSWERED, OPEN_ANSWER_REVIEW),
            CLOSE_ANSWER_REVIEW,
        ),
        "answered, and rated": (*_ANSWERED, RATE),
        "answered, and its review requested": (*_ANSWERED, REQUEST_REVIEW),
        "answered, and its opinion revoked by the review": (
            *(*_ANSWERED, REQUEST_REVIEW),
            _DECIDED,
        ),
        "answered, and its re-review requested": (
            *(*_ANSWERED, REQUEST_REVIEW, _DECIDED),
            REQUEST_RE_REVIEW,
        ),
        "answered, and its re-review handed over": (
            *(*_ANSWERED, REQUEST_REVIEW, _DECIDED),
            *(REQUEST_RE_REVIEW, HAND_OVER),
        ),
        "reopened, since the review revoked its opinion": (
            *(*_ANSWERED, REQUEST_REVIEW, _DECIDED),
            replace(REOPEN, reason=ReopenReason.REVIEW_REVOKED),
        ),
        "answered, and the opinion accepted": (*_ANSWERED, RECORD),
        "answered and resolved": (*_ANSWERED, RECORD, RESOLVE),
        "answered, and checked by the head of the unit": (*_ANSWERED, CHECK),
        "answered, and checked by both": (*_ANSWERED, *_CHECKED),
        "answered and closed": (*_ANSWERED, *_CHECKED, CLOSE),
        "resolved and closed": (*_ANSWERED, RECORD, RESOLVE, *_CHECKED, CLOSE),
        "accepted, and a withdrawal is stated": (FILE, ACCEPT, STATE_WITHDRAWAL),
        "accepted, and the days of a stated withdrawal are over": (
            *(FILE, ACCEPT),
            replace(STATE_WITHDRAWAL, takes_effect_at=datetime(2025, 3, 6, 16, tzinfo=UTC)),
        ),
        "accepted, and a withdrawal was taken back": (FILE, ACCEPT, STATE_WITHDRAWAL, TAKE_BACK),
        "answered, and the days of a stated withdrawal are over": (
            *_ANSWERED,
            replace(STATE_WITHDRAWAL, takes_effect_at=datetime(2025, 3, 7, 16, tzinfo=UTC)),
        ),
        "withdrawn": (FILE, ACCEPT, STATE_WITHDRAWAL, END_WITHDRAWAL),
        "diverted to a statutory route": (FILE, DIVERT),
        "linked to another case": (FILE, LINK),
        "withdrawn and closed": (
            *(FILE, ACCEPT, STATE_WITHDRAWAL, END_WITHDRAWAL, *_CHECKED),
            replace(CLOSE, outcome=Outcome.WITHDRAWN),
        ),
        "answered, withdrawn and closed": (
            *(*_ANSWERED, STATE_WITHDRAWAL, _END_LATER_WITHDRAWAL, *_CHECKED),
            replace(CLOSE, outcome=Outcome.WITHDRAWN),
        ),
        "forwarded to another township": (FILE, FORWARD_ACROSS),
        "forwarded to another township, which objects": _OBJECTED,
        "forwarded to another township, and its objection upheld": (*_OBJECTED, DECIDE_OBJECTION),
        "returned by another township": (*_OBJECTED, DECIDE_OBJECTION, _GIVEN_BACK),
        "received from another township": (RECEIVE,),
        "received from another township, and taken": (RECEIVE, TAKE),
        "received from another township, and the days to object are over": (RECEIVE, LAPSE),
        "received from another township, and objected to": (RECEIVE, OBJECT),
        "returned to another township": (RECEIVE, OBJECT, SETTLE),
        "received as assigned by the county": (replace(RECEIVE, assigned=True),),
        "filed with the county": (_IN_THE_COUNTY,),
        "assigned by the county": (_IN_THE_COUNTY, ASSIGN),
        "reopened": (*_ANSWERED, *_CHECKED, CLOSE, REOPEN),
    },
    state_of=lambda case: case.state,
)

if __name__ == "__main__":
    CASE_STATES.write(Path(sys.argv[1]) / "case-states.md")
