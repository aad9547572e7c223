"""The two checks of a closing are of two posts, and its evidence is of the case itself."""

from dataclasses import replace
from pathlib import Path

import pytest

from shared.contracts.case_codes import OpinionResult, Outcome
from shared.contracts.case_handling import ClosingChecked
from shared.contracts.case_handling_codes import ClosingChecker
from shared.contracts.intake import CaseClosed, OpinionIssued
from tests.stats.lives import TOWNSHIP, Ledger
from tests.verify.exports import Chained, write_export
from tests.verify.tampering import found_in

OWN, OTHERS = "a" * 64, "b" * 64
UNIT, OFFICE = ClosingChecker


class Answered:
    """A case whose opinion was served, and another one."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.case, self.other = (self.ledger.file("2025-03-03") for _ in range(2))
        self.ledger.accept(self.case, "2025-03-04")
        self.issue(self.case, OWN)
        self.issue(self.other, OTHERS)
        self.ledger.serve(self.case, "2025-03-10")

    def issue(self, case: str, digest: str) -> None:
        issued = OpinionIssued(
            case_id=case,
            matter_id=case,
            result=OpinionResult.SUPPORTED,
            measures=(),
            opinion_digest=digest,
        )
        self.ledger.record(issued, case, "2025-03-10")

    def check(self, by: ClosingChecker, post: str) -> None:
        checked = ClosingChecked(case_id=self.case, matter_id=self.case, by=by)
        self.ledger.record(checked, self.case, "2025-03-11")
        self.ledger.events[-1] = replace(self.ledger.events[-1], actor_ref=post)

    def close(self, *evidence: str) -> None:
        closed = CaseClosed(
            case_id=self.case,
            matter_id=self.case,
            outcome=Outcome.SUPPORTED,
            evidence=evidence,
        )
        self.ledger.record(closed, self.case, "2025-03-12")

    def findings(self, folder: Path) -> list[str]:
        return found_in(write_export(folder, [Chained(self.ledger)], division=TOWNSHIP))


@pytest.fixture
def answered() -> Answered:
    return Answered()


def test_two_posts_check_and_the_opinion_shows_the_end(answered: Answered, tmp_path: Path) -> None:
    answered.check(UNIT, "post-1")
    answered.check(OFFICE, "post-2")
    answered.close(OWN)
    assert answered.findings(tmp_path) == []


def test_two_checks_of_one_post_are_named(answered: Answered, tmp_path: Path) -> None:
    answered.check(UNIT, "post-1")
    answered.check(OFFICE, "post-1")
    [finding] = answered.findings(tmp_path)
    assert "second check of a closing by one post" in finding


def test_a_check_of_an_end_before_is_another_one(answered: Answered, tmp_path: Path) -> None:
    answered.check(UNIT, "post-1")
    answered.ledger.divert(answered.case, "2025-03-11")
    answered.check(OFFICE, "post-1")
    assert answered.findings(tmp_path) == []


@pytest.mark.parametrize("evidence", [(OTHERS,), (OWN, "c" * 64), ()])
def test_evidence_that_is_not_of_the_case_is_named(
    answered: Answered, tmp_path: Path, evidence: tuple[str, ...]
) -> None:
    answered.close(*evidence)
    [finding] = answered.findings(tmp_path)
    assert "evidence" in finding


def test_closings_of_before_name_none(answered: Answered, tmp_path: Path) -> None:
    answered.ledger.close(answered.case, "2025-03-12")
    assert answered.findings(tmp_path) == []
