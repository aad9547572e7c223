"""Documents are served after they were issued, terms are extended within bounds, reviews in order."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from shared.contracts.case_codes import OpinionResult, ReopenReason, ServiceMethod
from shared.contracts.case_handling import (
    ExtensionGranted,
    ReReviewHandedOver,
    ReviewDecided,
    ReviewRequested,
)
from shared.contracts.case_handling_codes import (
    ApproverRole,
    NoticeKind,
    ReviewLevel,
    ReviewResult,
    ServiceProof,
)
from shared.contracts.case_notices import NoticeIssued, NoticeServed
from shared.contracts.event import Event
from shared.contracts.intake import CaseReopened, OpinionIssued, OpinionServed
from shared.divisions import new_id
from tests.intake.facts import FILED
from tests.stats.lives import TOWNSHIP, Ledger
from tests.verify.exports import Chained, write_export
from tests.verify.tampering import found_in


class Acts:
    """A case and its acts, each of a day of March."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.case = new_id(TOWNSHIP)
        self.about: dict[str, Any] = {"case_id": self.case, "matter_id": self.case}
        self.add(FILED.model_copy(update=self.about), 1)

    def add(self, event: Event, day: int) -> None:
        self.ledger.record(event, self.case, f"2025-03-{day:02}")

    def issue(self, day: int) -> None:
        self.add(OpinionIssued(result=OpinionResult.SUPPORTED, measures=(), **self.about), day)

    def serve(self, day: int, *, served_on: int | None = None, proven: bool = True) -> None:
        served = OpinionServed(
            result=OpinionResult.SUPPORTED,
            measures=(),
            method=ServiceMethod.POST,
            proof=ServiceProof.POSTING_RECEIPT if proven else None,
            served_on=date(2025, 3, served_on) if served_on else None,
            **self.about,
        )
        self.add(served, day)

    def extend(self, days: int, day: int) -> None:
        due = datetime(2025, 5, 1, 16, tzinfo=UTC)
        granted = ExtensionGranted(
            days=days,
            approver_role=ApproverRole.UNIT_HEAD,
            due_at=due,
            due_at_for_petitioner=due,
            policy_version="national-2022",
            **self.about,
        )
        self.add(granted, day)

    def request(self, level: ReviewLevel, day: int) -> None:
        self.add(ReviewRequested(level=level, **self.about), day)

    def decide(self, level: ReviewLevel, result: ReviewResult, day: int) -> None:
        decided = ReviewDecided(
            level=level, result=result, by_unit="county-government", **self.about
        )
        self.add(decided, day)

    def reopen(self, reason: ReopenReason, day: int) -> None:
        self.add(CaseReopened(reason=reason, **self.about), day)

    def findings(self, folder: Path) -> list[str]:
        return found_in(write_export(folder, [Chained(self.ledger)], division=TOWNSHIP))


@pytest.fixture
def acts() -> Acts:
    return Acts()


def test_acts_in_order_are_fine(acts: Acts, tmp_path: Path) -> None:
    acts.issue(3)
    acts.serve(5, served_on=4)
    acts.request(ReviewLevel.REVIEW, 6)
    acts.decide(ReviewLevel.REVIEW, ReviewResult.CHANGED, 7)
    acts.request(ReviewLevel.RE_REVIEW, 8)
    acts.add(ReReviewHandedOver(to_unit="city-government", **acts.about), 9)
    acts.decide(ReviewLevel.RE_REVIEW, ReviewResult.UPHELD, 10)
    acts.reopen(ReopenReason.REVIEW_CHANGED, 11)
    acts.issue(12)
    acts.serve(12)
    acts.extend(20, 13)
    acts.extend(10, 13)
    assert acts.findings(tmp_path) == []


def test_what_was_not_issued_is_not_served(acts: Acts, tmp_path: Path) -> None:
    acts.serve(5)
    [found] = acts.findings(tmp_path)
    assert "serves a document that was not issued before" in found


def test_an_opinion_of_an_earlier_release_states_no_proof(acts: Acts, tmp_path: Path) -> None:
    acts.serve(5, proven=False)
    assert acts.findings(tmp_path) == []


def test_nothing_is_served_before_it_was_issued(acts: Acts, tmp_path: Path) -> None:
    acts.issue(5)
    acts.serve(6, served_on=4)
    [found] = acts.findings(tmp_path)
    assert "is served before 2025-03-05, when it was issued" in found


def test_a_notice_is_not_served_for_another(acts: Acts, tmp_path: Path) -> None:
    acts.add(NoticeIssued(notice=NoticeKind.RECEIPT, **acts.about), 3)
    served = NoticeServed(
        notice=NoticeKind.ACCEPTED,
        method=ServiceMethod.IN_PERSON,
        proof=ServiceProof.SIGNED,
        **acts.about,
    )
    acts.add(served, 4)
    [found] = acts.findings(tmp_path)
    assert "serves a document that was not issued before" in found


def test_extensions_add_up_to_thirty_days(acts: Acts, tmp_path: Path) -> None:
    acts.extend(20, 3)
    acts.extend(11, 4)
    [found] = acts.findings(tmp_path)
    assert "extends a term by more than 30 days in all" in found


def test_reviews_come_in_their_order(acts: Acts, tmp_path: Path) -> None:
    acts.request(ReviewLevel.REVIEW, 3)
    acts.decide(ReviewLevel.RE_REVIEW, ReviewResult.UPHELD, 4)
    acts.add(ReReviewHandedOver(to_unit="city-government", **acts.about), 5)
    requested, decided, handed_over = acts.findings(tmp_path)
    assert "requests a review of nothing that was served" in requested
    assert "decides a review that was not requested" in decided
    assert "hands over a re-review that was not requested" in handed_over


@pytest.mark.parametrize("result", [ReviewResult.UPHELD, ReviewResult.REVOKED])
def test_only_what_a_review_came_to_opens_a_case(
    acts: Acts, tmp_path: Path, result: ReviewResult
) -> None:
    acts.issue(3)
    acts.serve(3)
    acts.request(ReviewLevel.REVIEW, 4)
    acts.decide(ReviewLevel.REVIEW, result, 5)
    acts.reopen(ReopenReason.REVIEW_CHANGED, 6)
    [found] = acts.findings(tmp_path)
    assert "opens a case by a review that is not on record" in found
