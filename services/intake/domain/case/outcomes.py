"""The outcomes with which the record of a case supports its closing."""

from typing import assert_never

from services.intake.domain.case.case_file import CaseFile
from shared.contracts.case_codes import Outcome, ResolvedHow
from shared.contracts.case_handling_codes import DeclineGround
from shared.contracts.intake import CaseDeclined, CaseDiverted, CaseLinked, CaseWithdrawn

_OF_A_DEPARTURE = {
    Outcome.WITHDRAWN,
    Outcome.DIVERTED,
    Outcome.LINKED,
    Outcome.DECLINED,
    Outcome.NO_FURTHER_ACCEPTANCE,
}


def outcomes_of(case: CaseFile) -> set[Outcome]:
    """What the office may state; none while nothing ends the case."""
    match case.departed:
        case CaseWithdrawn():
            return {Outcome.WITHDRAWN}
        case CaseDiverted():
            return {Outcome.DIVERTED}
        case CaseLinked():
            return {Outcome.LINKED}
        case CaseDeclined(ground=DeclineGround.CONCLUDED):
            return {Outcome.NO_FURTHER_ACCEPTANCE}
        case CaseDeclined():
            return {Outcome.DECLINED}
        case None:
            return _outcomes_of_handling(case)
        case never:
            assert_never(never)


def _outcomes_of_handling(case: CaseFile) -> set[Outcome]:
    outcomes: set[Outcome] = set()
    if case.served:
        outcomes.add(Outcome[case.served.result.name])
    if case.resolved and case.resolved.how is ResolvedHow.AGREEMENT_PERFORMED:
        outcomes.add(Outcome.MEDIATED)
    if case.resolved and case.resolved.how is ResolvedHow.ON_THE_SPOT and not case.served:
        outcomes |= {Outcome.SUPPORTED, Outcome.EXPLAINED}
    return outcomes


def outcomes_a_register_may_state(case: CaseFile) -> set[Outcome]:
    """Less than the office has to, but nothing that contradicts the record."""
    if case.departed or case.served:
        return outcomes_of(case) | {Outcome.NOT_STATED}
    return set(Outcome) - _OF_A_DEPARTURE
