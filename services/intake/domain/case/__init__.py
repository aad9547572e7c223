"""A case: filed once, accepted by one handler, answered by a served opinion, ended openly.

  unfiled ─ CaseFiled ─► filed ─ CaseAccepted ─► accepted ─ OpinionIssued + OpinionServed ─► answered
                           │                        │                                          │
    CaseForwarded, by import CaseReplied            ├──────────────── CaseResolved ────────────┤
                           │                        │                                          │
                           └────────────────────────┴─ CaseWithdrawn | CaseDiverted | CaseLinked
                                                                          │
          (the acceptance remains) ◄── CaseReopened ── closed ◄── CaseClosed

A referral to mediation (CaseReferredToMediation) and what is noted of it (MediationOutcomeNoted)
change neither the state of the case nor its term. Withdrawal and diversion are ends of their own,
never a resolution. A closed case may still become resolved when the time for review passes.

A case is resolved on grounds that its record has (`grounds`), linked to one that was looked up
(`linking`), and closed on evidence, after two checks (`closing`). A withdrawal that the petitioner
has stated leaves the case open until it takes effect (`withdrawal`). An older register may state
less than the office has to, but nothing that contradicts the record.

What the petitioner is told is a document that is issued, perhaps dispatched, and served on the
day that its proof says (`notices`, `answering`, `service`): only a served opinion answers a case,
and a refusal (CaseDeclined) is closed when its notice was served. Investigations, hearings,
extensions and reviews (`investigation`, `extension`, `reviews`) are recorded beside the states; a
review that changed or revoked the opinion opens the case again. Where another case repeats this
one after its answer, the office looks at the answer again (`answer_review`).

A matter may go to another ledger of the county (`forwarding`, `assigning`) and come back
(`transfers`): its receiver files a case of its own (`receiving`), takes it or objects (`remit`),
and what becomes of it is noted by the sender and by the home of the matter (`transfer_note`).

Nothing happens to a case before the day on which the office received it, and no act lies before
one on which it rests, whoever states it and whenever (`order`).

Each file is one step of this life with its commands, rule and refusals. `case_file` has the
state, `origin` and `ended` the rules that several steps share; `decide` and `evolve` are the
tables of all commands and all events.
"""

from dataclasses import replace

from services.intake.domain.case.answer_review import CloseAnswerReview, OpenAnswerReview
from services.intake.domain.case.assigning import AssignCase
from services.intake.domain.case.case_file import CaseFile, CaseNotFound, CaseState
from services.intake.domain.case.correction import VoidFiling
from services.intake.domain.case.decide import CaseCommand, decide
from services.intake.domain.case.dispatching import DispatchDocument
from services.intake.domain.case.ended import (
    CaseIsWithDiscipline,
    CaseWasVoided,
    refuse_if_elsewhere,
)
from services.intake.domain.case.evolve import evolve
from services.intake.domain.case.filing import CiteFiling, FileCase
from services.intake.domain.case.forwarding import ForwardCase
from services.intake.domain.case.mediation_outcome import NoteMediationOutcome
from services.intake.domain.case.notices import IssueNotice, ServeNotice
from services.intake.domain.case.objection import DecideObjection
from services.intake.domain.case.order import refuse_out_of_order
from services.intake.domain.case.receiving import ReceiveCase
from services.intake.domain.case.remit import LapseRemit, ObjectToRemit, SettleObjection
from services.intake.domain.case.routing import RouteCase
from services.intake.domain.case.transfer_note import NoteTransfer
from services.intake.domain.case.withdrawal import EndStatedWithdrawal
from shared.contracts.event import Event
from shared.decider import Decider
from shared.keyed_marks import KeyedMarks

_OF_THOSE_ELSEWHERE = (
    FileCase
    | CiteFiling
    | ReceiveCase
    | ForwardCase
    | AssignCase
    | IssueNotice
    | ServeNotice
    | DispatchDocument
    | NoteMediationOutcome
    | EndStatedWithdrawal
    | LapseRemit
    | SettleObjection
    | ObjectToRemit
    | DecideObjection
    | NoteTransfer
    | OpenAnswerReview
    | CloseAnswerReview
)
"""What is done where a matter was: repeats, what the sender owes the petitioner, and notes."""

_OF_VOID_ONES = (
    FileCase
    | CiteFiling
    | VoidFiling
    | NoteMediationOutcome
    | EndStatedWithdrawal
    | LapseRemit
    | NoteTransfer
    | OpenAnswerReview
)
"""Repeats of what was done, and what comes whatever became of the case."""


_OF_SEALED_ONES = CiteFiling | RouteCase | NoteTransfer


def decide_in_order(command: CaseCommand, case: CaseFile) -> list[Event]:
    """What `decide` says; OutOfOrder where the act lies before one on which it rests.

    A registration that is void takes nothing more, and neither does what is the discipline lane's.
    """
    if case.voided and not isinstance(command, _OF_VOID_ONES):
        raise CaseWasVoided
    if case.is_sealed and not isinstance(command, _OF_SEALED_ONES):
        raise CaseIsWithDiscipline
    follows_another = isinstance(command, RouteCase) and command.with_another
    if not (follows_another or isinstance(command, _OF_THOSE_ELSEWHERE)):
        refuse_if_elsewhere(case)
    events = decide(command, case)
    refuse_out_of_order(events, case)
    return events


CASE = Decider(
    initial=CaseFile(),
    decide=decide_in_order,
    evolve=evolve,
    marked=lambda case, mark: replace(case, mark=mark),
    first_day=lambda case: case.received_on,
)


def case_decider(marks: KeyedMarks) -> Decider[CaseCommand, CaseFile, Event]:
    """The decider of a county with this key, by which units complained of are known."""
    return replace(CASE, initial=CaseFile(unit_marks=marks))


__all__ = ["CASE", "CaseCommand", "CaseFile", "CaseNotFound", "CaseState", "case_decider"]
