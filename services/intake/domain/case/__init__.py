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
never a resolution. A closed case may still become resolved when the time for review passes. An
older register may state less than the office has to, but nothing that contradicts the record.

Each file is one step of this life with its commands, rule and refusals. `case_file` has the
state, `origin` and `ended` the rules that several steps share; `decide` and `evolve` are the
tables of all commands and all events.
"""

from dataclasses import replace

from services.intake.domain.case.case_file import CaseFile, CaseNotFound, CaseState
from services.intake.domain.case.decide import CaseCommand, decide
from services.intake.domain.case.evolve import evolve
from shared.decider import Decider

CASE = Decider(
    initial=CaseFile(),
    decide=decide,
    evolve=evolve,
    marked=lambda case, mark: replace(case, mark=mark),
)

__all__ = ["CASE", "CaseCommand", "CaseFile", "CaseNotFound", "CaseState"]
