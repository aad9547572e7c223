"""An event that follows from another names it, and that one has to be there and to fit."""

from pathlib import Path

import pytest

from shared.contracts.case_codes import MediationOutcome
from shared.contracts.intake import MediationOutcomeNoted
from shared.contracts.mediation import MediationFailed
from shared.contracts.mediation_codes import FailureGround
from shared.divisions import new_id
from tests.stats.lives import NEIGHBOUR, TOWNSHIP, Ledger
from tests.stats.mediation_lives import Mediations
from tests.verify.exports import Chained, write_export
from tests.verify.tampering import found_in

NOT_HELD = "which no ledger of the export holds"


class Referred:
    """A case whose dispute was ended, and the ledgers of both."""

    def __init__(self) -> None:
        self.cases, self.mediations = Ledger(), Mediations()
        self.case = self.cases.file("2025-01-02")
        self.mediation = self.mediations.apply("2025-01-03")
        failed = MediationFailed(
            ground=FailureGround.NO_AGREEMENT,
            routes_told=(),
            mediation_id=self.mediation,
            matter_id=self.case,
            case_id=self.case,
        )
        self.mediations.record(failed, self.mediation, "2025-02-01")

    def note(
        self,
        cause: str | None,
        outcome: MediationOutcome = MediationOutcome.FAILED,
        mediation: str | None = None,
    ) -> None:
        noted = MediationOutcomeNoted(
            matter_id=self.case,
            case_id=self.case,
            mediation_id=mediation or self.mediation,
            outcome=outcome,
        )
        self.cases.record(noted, self.case, "2025-02-01", cause)

    @property
    def failed(self) -> str:
        return self.mediations.events[-1].event_id

    def findings(self, folder: Path) -> list[str]:
        chained = [Chained(self.cases), Chained(self.mediations)]
        return found_in(write_export(folder, chained, division=TOWNSHIP))


@pytest.fixture
def referred() -> Referred:
    return Referred()


def test_an_outcome_of_the_mediation_that_brought_it_holds(
    referred: Referred, tmp_path: Path
) -> None:
    referred.note(referred.failed)
    assert referred.findings(tmp_path) == []


def test_an_outcome_of_an_event_that_no_ledger_holds_is_named(
    referred: Referred, tmp_path: Path
) -> None:
    invented = new_id(TOWNSHIP)
    referred.note(invented)
    [finding] = referred.findings(tmp_path)
    assert invented in finding
    assert NOT_HELD in finding


def test_an_event_of_another_division_is_not_looked_for(
    referred: Referred, tmp_path: Path
) -> None:
    referred.note(new_id(NEIGHBOUR))
    assert referred.findings(tmp_path) == []


def test_an_outcome_without_a_cause_is_named(referred: Referred, tmp_path: Path) -> None:
    referred.note(None)
    [finding] = referred.findings(tmp_path)
    assert "names no event that it follows from" in finding


def test_another_outcome_than_the_mediations_is_named(referred: Referred, tmp_path: Path) -> None:
    referred.note(referred.failed, MediationOutcome.PERFORMED)
    referred.note(referred.mediations.events[0].event_id)
    referred.note(referred.cases.events[0].event_id)
    findings = referred.findings(tmp_path)
    assert [finding.partition("follows from ")[2] for finding in findings] == [
        "/mediation mediation-failed",
        "/mediation mediation-applied",
        "/intake case-filed",
    ]


def test_the_outcome_of_another_mediation_is_named(referred: Referred, tmp_path: Path) -> None:
    referred.note(referred.failed, mediation=new_id(TOWNSHIP))
    [finding] = referred.findings(tmp_path)
    assert "about another mediation or case" in finding
