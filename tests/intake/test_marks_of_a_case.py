"""Who caused a matter goes along with it; the mark of an answer decides nothing."""

from dataclasses import replace
from typing import Any

import pytest

from services.intake.domain.case import CASE
from services.intake.domain.case.correction import CorrectFiling
from services.intake.domain.follow_ups import file_case_on_report_converted
from services.intake.examples import ISSUE_OPINION, RECEIVE, REFER
from shared.contracts.case_codes import Category, Purpose
from shared.contracts.case_handling_codes import CorrectionReason, FilingFact
from shared.contracts.grid_reports import GridReportConverted
from shared.contracts.intake import CaseFiled, CaseReferredToMediation, FilingCorrected
from shared.contracts.report_codes import ConvertedTo
from shared.testing.given_when_then import Facts
from tests.intake.facts import ACCEPTED, CASE_ID, FILE, FILED, ISSUED, MATTER_ID, REPLIED, REPLY

case = Facts(CASE)
CAUSE, OTHER, MARK = "c" * 64, "e" * 64, "d" * 64
CAUSED = FILED.model_copy(update={"cause_ref": CAUSE})


def correcting(**facts: Any) -> CorrectFiling:
    named = {FilingFact.of(name.replace("_", "-")): value for name, value in facts.items()}
    return CorrectFiling(why=CorrectionReason.FOUND_OTHERWISE, facts=named)


def test_a_case_is_filed_with_its_cause() -> None:
    (filed,) = case.when(replace(FILE, cause_ref=CAUSE)).events
    assert isinstance(filed, CaseFiled)
    assert filed.cause_ref == CAUSE


@pytest.mark.parametrize("cause", [OTHER, None])
def test_a_cause_is_corrected_and_a_referral_states_the_corrected_one(cause: str | None) -> None:
    (corrected,) = case.given(CAUSED).when(correcting(cause_ref=cause)).events
    assert isinstance(corrected, FilingCorrected)
    assert (corrected.changed, corrected.cause_ref) == ((FilingFact.CAUSE_REF,), cause)
    (referred,) = case.given(CAUSED, corrected).when(REFER).events
    assert isinstance(referred, CaseReferredToMediation)
    assert referred.cause_ref == cause


def test_a_corrected_cause_says_what_it_was_and_since_when_the_case_counts() -> None:
    (corrected,) = case.given(CAUSED).when(correcting(cause_ref=OTHER)).events
    assert isinstance(corrected, FilingCorrected)
    assert (corrected.was_cause_ref, corrected.was_category) == (CAUSE, FILED.category)
    assert corrected.registered_at is not None


def test_a_case_that_turns_out_to_be_an_accusation_says_no_cause() -> None:
    accused = correcting(purpose=Purpose.ACCUSATION, cause_ref=None)
    (corrected,) = case.given(CAUSED).when(accused).events
    assert isinstance(corrected, FilingCorrected)
    assert corrected.was_cause_ref is None


def test_the_same_cause_corrects_nothing() -> None:
    assert not case.given(CAUSED).when(correcting(cause_ref=CAUSE)).events


def test_the_receiver_of_a_matter_has_its_cause() -> None:
    sender = replace(RECEIVE.sender, registration=CAUSED)
    filed, *_ = case.when(replace(RECEIVE, sender=sender)).events
    assert isinstance(filed, CaseFiled)
    assert filed.cause_ref == CAUSE


def test_a_converted_report_is_filed_with_its_cause() -> None:
    converted = GridReportConverted(
        matter_id=MATTER_ID,
        report_id=MATTER_ID,
        to=ConvertedTo.CASE,
        matter_category=Category.LABOUR,
        village_code="519900101201",
        cause_ref=CAUSE,
    )
    command = file_case_on_report_converted(
        converted, case_id=CASE_ID, number="519900-2025-WG-000004-L", person_ref=MATTER_ID
    )
    assert command.cause_ref == CAUSE


def test_an_answer_is_recorded_with_its_mark() -> None:
    (issued,) = case.given(FILED, ACCEPTED).when(replace(ISSUE_OPINION, text_mark=MARK)).events
    assert issued == ISSUED.model_copy(update={"text_mark": MARK})
    (replied,) = case.given(FILED).when(replace(REPLY, text_mark=MARK)).events
    assert replied == REPLIED.model_copy(update={"text_mark": MARK})


@pytest.mark.parametrize("before", [None, OTHER], ids=["by no key", "by another key"])
def test_what_was_stated_before_the_key_was_changed_is_the_same(before: str | None) -> None:
    replied = REPLIED.model_copy(update={"text_mark": before})
    assert not case.given(FILED, replied).when(replace(REPLY, text_mark=MARK)).events
    issued = ISSUED.model_copy(update={"text_mark": before})
    again = replace(ISSUE_OPINION, text_mark=MARK)
    assert not case.given(FILED, ACCEPTED, issued).when(again).events
