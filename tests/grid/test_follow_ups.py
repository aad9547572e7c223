"""Which events of a case and a mediation are outcomes of a converted report."""

import pytest

from services.grid.domain.follow_ups import (
    OF_A_CASE,
    OF_A_MEDIATION,
    Outcome,
    outcome_of,
)
from services.grid.domain.report.conversion import COMES_BACK, GOES_ON
from services.intake.domain.case.case_file import CaseState
from services.intake.domain.follow_ups import OUTCOMES
from shared.contracts.case_handling_codes import CorrectionReason
from shared.contracts.case_holding import CaseRouted
from shared.contracts.event import Event
from shared.contracts.intake import CaseAccepted, FilingCorrected
from shared.contracts.mediation import MediatorAssigned
from shared.contracts.report_codes import ReportOutcome
from shared.contracts.transfer_codes import TransferEnd, TransferStep
from shared.contracts.transfers import TransferNoted
from tests.stored_events import stored


def test_intake_and_grid_name_what_becomes_of_a_mediation_alike() -> None:
    known = {kind: told.outcome.value for kind, told in OF_A_MEDIATION.items()}
    assert {kind: outcome.value for kind, outcome in OUTCOMES.items()}.items() <= known.items()


def test_every_state_in_which_a_case_has_ended_is_an_outcome() -> None:
    told = {each.outcome.value for each in OF_A_CASE.values()}
    going_on = {
        *(CaseState.UNFILED, CaseState.FILED),
        *(CaseState.TRANSFERRED_OUT, CaseState.RETURNED),
    }
    sealed = {CaseState.WITH_DISCIPLINE}
    """Grid learns nothing of what was recognised as an accusation."""
    assert {state.value for state in CaseState if state not in going_on | sealed} <= told


def test_what_comes_back_or_goes_on_has_not_ended() -> None:
    outcomes = {*OF_A_CASE.values(), *OF_A_MEDIATION.values()}
    ended = {each.outcome for each in outcomes if each.ended}
    assert not ended & (COMES_BACK | GOES_ON)
    assert {each.outcome for each in outcomes} == set(ReportOutcome)


@pytest.mark.parametrize("end", TransferEnd)
def test_an_end_in_another_ledger_is_one_here(end: TransferEnd) -> None:
    noted = stored(TransferNoted).model_copy(update={"step": TransferStep.ENDED, "end": end})
    assert outcome_of(noted) == Outcome(ReportOutcome.of(end.value), ended=True)


@pytest.mark.parametrize("step", TransferStep)
def test_what_a_case_learns_of_its_matter_elsewhere_is_an_outcome_of_the_same_name(
    step: TransferStep,
) -> None:
    noted = stored(TransferNoted).model_copy(update={"step": step, "end": None})
    told = outcome_of(noted)
    if step.value in {outcome.value for outcome in ReportOutcome}:
        assert told is not None
        assert told.outcome.value == step.value
    else:
        assert told is None


@pytest.mark.parametrize("why", CorrectionReason)
def test_a_filing_that_was_completed_is_taken_up(why: CorrectionReason) -> None:
    corrected = stored(FilingCorrected).model_copy(update={"why": why})
    expected = Outcome(ReportOutcome.COMPLETED) if why is CorrectionReason.COMPLETED else None
    assert outcome_of(corrected) == expected


@pytest.mark.parametrize("kind", [CaseRouted, MediatorAssigned])
def test_most_events_are_no_outcome(kind: type[Event]) -> None:
    assert outcome_of(stored(kind)) is None
    assert outcome_of(stored(CaseAccepted)) == Outcome(ReportOutcome.ACCEPTED)
