"""No act about a case lies before its receipt, its acceptance or after it was voided."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from shared.contracts.case_codes import OpinionResult, Procedure, ServiceMethod
from shared.contracts.case_handling_codes import CorrectionReason, FilingFact, FilingVoidReason
from shared.contracts.event import Event
from shared.contracts.intake import (
    CaseAccepted,
    FilingCorrected,
    FilingVoided,
    OpinionServed,
)
from shared.divisions import new_id
from shared.times import start_of
from tests.intake.facts import FILED
from tests.stats.lives import TOWNSHIP, Ledger
from tests.verify.exports import Chained, write_export
from tests.verify.tampering import found_in


class Days:
    """A case that was received on the third and registered on the fifth."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.case = new_id(TOWNSHIP)
        filed = {"case_id": self.case, "matter_id": self.case, "received_on": date(2025, 3, 3)}
        self.add(FILED.model_copy(update=filed), "2025-03-05")

    def add(self, event: Event, on: str) -> None:
        self.ledger.record(event, self.case, on)

    def about(self) -> dict[str, Any]:
        return {"case_id": self.case, "matter_id": self.case}

    def accept(self, on: str) -> None:
        due = start_of(date(2025, 6, 1))
        accepted = CaseAccepted(
            procedure=Procedure.ORDINARY,
            responsible_unit="justice-office",
            co_handlers=(),
            due_at=due,
            due_at_for_petitioner=due,
            handler="post-1",
            **self.about(),
        )
        self.add(accepted, on)

    def serve(self, on: str, served_on: date | None = None) -> None:
        served = OpinionServed(
            result=OpinionResult.SUPPORTED,
            measures=(),
            method=ServiceMethod.POST,
            served_on=served_on,
            **self.about(),
        )
        self.add(served, on)

    def void(self, on: str) -> None:
        self.add(FilingVoided(why=FilingVoidReason.NOT_A_PETITION, **self.about()), on)

    def receive(self, received_on: date | None, on: str) -> None:
        corrected = FilingCorrected(
            why=CorrectionReason.TYPING_ERROR,
            changed=(FilingFact.RECEIVED_ON,),
            received_on=received_on,
            **self.about(),
        )
        self.add(corrected, on)

    def findings(self, folder: Path) -> list[str]:
        return found_in(write_export(folder, [Chained(self.ledger)], division=TOWNSHIP))


@pytest.fixture
def days() -> Days:
    return Days()


def test_an_act_before_the_registration_is_fine_since_the_receipt(
    days: Days, tmp_path: Path
) -> None:
    days.accept("2025-03-04")
    days.serve("2025-03-20")
    assert days.findings(tmp_path) == []


def test_an_act_before_the_receipt_is_named(days: Days, tmp_path: Path) -> None:
    days.accept("2025-03-02")
    [finding] = days.findings(tmp_path)
    assert "lies before 2025-03-03, when its case was received" in finding


def test_the_corrected_receipt_counts(days: Days, tmp_path: Path) -> None:
    days.receive(date(2025, 3, 1), "2025-03-06")
    days.accept("2025-03-02")
    days.receive(None, "2025-03-07")
    days.serve("2025-03-04")
    [finding] = days.findings(tmp_path)
    assert "lies before 2025-03-05, when its case was received" in finding


def test_a_receipt_after_the_registration_is_named(days: Days, tmp_path: Path) -> None:
    days.receive(date(2025, 3, 6), "2025-03-07")
    [finding] = days.findings(tmp_path)
    assert "received on 2025-03-06, after it was filed" in finding


def test_an_opinion_before_the_acceptance_is_named(days: Days, tmp_path: Path) -> None:
    days.accept("2025-03-10")
    days.serve("2025-03-12", served_on=date(2025, 3, 9))
    [finding] = days.findings(tmp_path)
    assert "lies before 2025-03-10, when its case was accepted" in finding


def test_a_ledger_of_before_is_not_held_to_the_order(tmp_path: Path) -> None:
    ledger = Ledger()
    case = ledger.file("2025-03-03")
    ledger.accept(case, "2025-03-10")
    ledger.serve(case, "2025-03-09")
    assert found_in(write_export(tmp_path, [Chained(ledger)], division=TOWNSHIP)) == []


def test_what_follows_a_voided_registration_is_named(days: Days, tmp_path: Path) -> None:
    days.void("2025-03-06")
    days.accept("2025-03-07")
    [finding] = days.findings(tmp_path)
    assert "registration is void" in finding


def test_an_accepted_case_that_is_voided_is_named(days: Days, tmp_path: Path) -> None:
    days.accept("2025-03-06")
    days.void("2025-03-07")
    [finding] = days.findings(tmp_path)
    assert "voids the registration of a case that was accepted" in finding


def test_two_clocks_may_differ_over_midnight(tmp_path: Path) -> None:
    ledger = Ledger()
    midnight = start_of(date(2025, 3, 4))
    case = ledger.file(midnight + timedelta(seconds=30))
    ledger.forward(case, midnight - timedelta(seconds=30))
    assert found_in(write_export(tmp_path, [Chained(ledger)], division=TOWNSHIP)) == []


def test_a_day_that_was_stated_is_told_by_no_clock(tmp_path: Path) -> None:
    ledger = Ledger()
    midnight = start_of(date(2025, 3, 4))
    case = ledger.file(midnight + timedelta(seconds=30))
    ledger.forward(case, midnight - timedelta(seconds=1))
    [finding] = found_in(write_export(tmp_path, [Chained(ledger)], division=TOWNSHIP))
    assert "when its case was received" in finding
