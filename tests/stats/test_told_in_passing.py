"""What is recorded beside the course of a case or a dispute moves no figure."""

from datetime import date

from services.stats.domain.case_subject import CASE
from services.stats.domain.mediation_subject import MEDIATION
from shared.contracts.case_codes import MediationOutcome
from shared.contracts.intake import MediationOutcomeNoted
from shared.contracts.mediation import MediationPaperFilledIn, MediationPaperVoided
from shared.contracts.mediation_codes import PaperForm, VoidReason
from shared.divisions import new_id
from tests.stats.lives import TOWNSHIP, Ledger
from tests.stats.mediation_lives import Mediations


def test_what_a_case_hears_of_its_mediation_is_no_end_of_it() -> None:
    ledger = Ledger()
    case = ledger.file("2025-03-04")
    ledger.accept(case, "2025-03-05")
    before = ledger.fact(case)
    for outcome in MediationOutcome:
        noted = MediationOutcomeNoted(
            case_id=case, matter_id=case, mediation_id=new_id(TOWNSHIP), outcome=outcome
        )
        ledger.record(noted, case, "2025-04-01")
    after = ledger.fact(case)
    assert after == before
    assert list(CASE.contributions(after)) == list(CASE.contributions(before))


def test_a_paper_is_neither_a_session_nor_an_end_taken_back_or_not() -> None:
    ledger = Mediations()
    dispute = ledger.apply("2025-03-01")
    before = ledger.fact(dispute)
    for form in PaperForm:
        filled = MediationPaperFilledIn(
            mediation_id=dispute,
            matter_id=dispute,
            form=form,
            digest="a" * 64,
            dated=date(2025, 3, 2),
        )
        ledger.record(filled, dispute, "2025-03-02")
        voided = MediationPaperVoided(
            mediation_id=dispute,
            matter_id=dispute,
            form=form,
            digest="a" * 64,
            reason=VoidReason.BY_MISTAKE,
        )
        ledger.record(voided, dispute, "2025-03-03")
    after = ledger.fact(dispute)
    assert after == before
    assert list(MEDIATION.contributions(after)) == list(MEDIATION.contributions(before))
