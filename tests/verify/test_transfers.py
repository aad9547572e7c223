"""A matter that another ledger received names the event that passed it on, and one ledger holds it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from shared.contracts.case_codes import Category, Channel, FirstOrRepeat, Purpose
from shared.contracts.intake import CaseFiled
from shared.contracts.transfer_codes import ObjectionReason, TransferStep
from shared.contracts.transfers import RemitObjected, RemitObjectionDecided, TransferNoted
from shared.divisions import id_caused_by, new_id
from tests.stats.lives import COUNTY, NEIGHBOUR, TOWNSHIP, Ledger
from tests.verify.exports import Chained, write_export
from tests.verify.tampering import found_in


class Passed:
    """A matter of one township that was forwarded to another."""

    def __init__(self) -> None:
        self.home, self.there = Ledger(TOWNSHIP), Ledger(NEIGHBOUR)
        self.case = self.home.file("2025-01-02")
        self.home.forward(self.case, "2025-01-03", to_division=NEIGHBOUR)
        self.cause = self.home.events[-1].event_id
        self.receiver = id_caused_by(self.cause, division=NEIGHBOUR)

    def received(
        self, *, cause: str | None = None, day: str = "2025-01-03", **changes: Any
    ) -> None:
        facts: dict[str, Any] = {
            "case_id": self.receiver,
            "matter_id": self.case,
            "from_case_id": self.case,
            "home_case_id": self.case,
            "received_on": date(2025, 1, 3),
        }
        filed = CaseFiled(
            number="519900-2025-WS-000002-A",
            channel=Channel.ONLINE,
            purpose=Purpose.REQUEST,
            category=Category.LAND,
            headcount=1,
            joint=None,
            anonymous=None,
            first_or_repeat=FirstOrRepeat.FIRST,
            urgent=None,
            **(facts | changes),
        )
        self.there.record(filed, filed.case_id, day, cause or self.cause)

    def noted(self, step: TransferStep, cause: str | None) -> None:
        note = TransferNoted(
            case_id=self.case,
            matter_id=self.case,
            receiver_case_id=self.receiver,
            to_division=NEIGHBOUR,
            to_unit="petition-office",
            step=step,
        )
        self.home.record(note, self.case, "2025-01-04", cause)

    def findings(self, folder: Path) -> list[str]:
        chained = [Chained(self.home), Chained(self.there)]
        return found_in(write_export(folder, chained, division=COUNTY))


@pytest.fixture
def passed() -> Passed:
    return Passed()


def test_a_chain_that_is_whole_holds(passed: Passed, tmp_path: Path) -> None:
    passed.received()
    passed.noted(TransferStep.RECEIVED, passed.there.events[-1].event_id)
    assert passed.findings(tmp_path) == []


def test_a_receiver_s_days_run_from_its_own_registration(passed: Passed, tmp_path: Path) -> None:
    passed.received(day="2025-01-05", received_on=date(2025, 1, 5))
    assert passed.findings(tmp_path) == []


def test_on_its_way_it_is_held_by_nobody_else(passed: Passed, tmp_path: Path) -> None:
    passed.there.file("2025-01-01")
    assert passed.findings(tmp_path) == []


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"matter_id": new_id(TOWNSHIP)}, "its matter"),
        ({"received_on": date(2025, 1, 2)}, "its day of receipt"),
        ({"day": "2025-01-05"}, "its day of receipt"),
        ({"home_case_id": new_id(TOWNSHIP)}, "its home"),
        ({"case_id": new_id(NEIGHBOUR)}, "its id"),
    ],
)
def test_a_receiver_that_differs_from_what_was_passed_on_is_named(
    passed: Passed, tmp_path: Path, changed: dict[str, Any], named: str
) -> None:
    passed.received(**changed)
    assert any(f"differs in {named}" in each for each in passed.findings(tmp_path))


def test_a_receiver_without_a_forwarding_is_named(passed: Passed, tmp_path: Path) -> None:
    passed.received(cause=passed.home.events[0].event_id)
    [finding] = passed.findings(tmp_path)
    assert "which has not passed it on" in finding


def test_an_act_where_the_matter_is_no_more_is_named(passed: Passed, tmp_path: Path) -> None:
    passed.received()
    passed.home.accept(passed.case, "2025-01-05")
    [finding] = passed.findings(tmp_path)
    assert "is an act in a case whose matter is elsewhere" in finding


def test_two_ledgers_that_hold_one_matter_are_named(passed: Passed, tmp_path: Path) -> None:
    passed.received()
    passed.home.note(passed.case, "2025-01-05")
    [finding] = passed.findings(tmp_path)
    assert "is held by 2 ledgers at once" in finding


@pytest.mark.parametrize("step", [TransferStep.ACCEPTED, TransferStep.RETURNED])
def test_a_note_of_something_else_than_its_cause_is_named(
    passed: Passed, tmp_path: Path, step: TransferStep
) -> None:
    passed.received()
    passed.noted(step, passed.there.events[-1].event_id)
    [finding] = passed.findings(tmp_path)
    assert f"notes a matter as {step}, and follows from case-filed" in finding


def test_an_objection_that_nobody_made_is_not_decided(passed: Passed, tmp_path: Path) -> None:
    passed.received()
    objected = RemitObjected(
        case_id=passed.receiver,
        matter_id=passed.case,
        by_unit="petition-office",
        reason_code=ObjectionReason.ANOTHER_AREA,
    )
    passed.there.record(objected, passed.receiver, "2025-01-04")
    about: dict[str, Any] = {
        "case_id": passed.case,
        "matter_id": passed.case,
        "receiver_case_id": passed.receiver,
        "upheld": True,
    }
    made = RemitObjectionDecided(objection=passed.there.events[-1].event_id, **about)
    passed.home.record(made, passed.case, "2025-01-05")
    assert passed.findings(tmp_path) == []
    invented = RemitObjectionDecided(objection=new_id(NEIGHBOUR), **about)
    passed.home.record(invented, passed.case, "2025-01-06")
    [finding] = passed.findings(tmp_path / "again")
    assert "an objection that its receiver has not made" in finding
