"""A resolution that names its grounds names earlier events of its own case, of the right kind."""

from datetime import date
from pathlib import Path

import pytest

from shared.contracts.case_codes import Category, MediationOutcome, ResolvedHow
from shared.contracts.case_handling import ReviewDecided, ReviewRequested, StatementRecorded
from shared.contracts.case_handling_codes import (
    ReviewLevel,
    ReviewResult,
    StatementKind,
    StatementWay,
)
from shared.contracts.conferences import ConferenceTaskSet
from shared.contracts.intake import CaseResolved, MediationOutcomeNoted
from shared.contracts.mediation_codes import VoidReason
from shared.contracts.reception_codes import VisitCase
from shared.contracts.receptions import ReceptionVisitReceived, ReceptionVisitVoided
from shared.divisions import new_id
from tests.stats.lives import NEIGHBOUR, TOWNSHIP, Ledger
from tests.verify.exports import Chained, write_export
from tests.verify.tampering import found_in

SERVED = "2025-03-10"


class Answered:
    """A case whose opinion was served, and what is said of it then."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.case = self.ledger.file("2025-03-03")
        self.ledger.accept(self.case, "2025-03-04")
        self.ledger.serve(self.case, SERVED)
        self.served = self.last

    @property
    def last(self) -> str:
        return self.ledger.events[-1].event_id

    def state(self, statement: StatementKind, case: str | None = None) -> str:
        case = case or self.case
        stated = StatementRecorded(
            case_id=case,
            matter_id=case,
            statement=statement,
            way=StatementWay.IN_PERSON,
            taken_by="post-1",
        )
        self.ledger.record(stated, case, "2025-03-12")
        return self.last

    def resolve(self, how: ResolvedHow, *grounds: str, on: str = "2025-03-20") -> None:
        resolved = CaseResolved(
            case_id=self.case, matter_id=self.case, how=how, on_site=False, grounds=grounds
        )
        self.ledger.record(resolved, self.case, on)

    def findings(self, folder: Path) -> list[str]:
        return found_in(write_export(folder, [Chained(self.ledger)], division=TOWNSHIP))


@pytest.fixture
def answered() -> Answered:
    return Answered()


def test_what_the_petitioner_stated_is_a_ground(answered: Answered, tmp_path: Path) -> None:
    stated = answered.state(StatementKind.OPINION_ACCEPTED)
    answered.resolve(ResolvedHow.OPINION_ACCEPTED, stated)
    assert answered.findings(tmp_path) == []


def test_a_resolution_of_before_needs_none(answered: Answered, tmp_path: Path) -> None:
    answered.ledger.resolve(answered.case, "2025-03-20")
    assert answered.findings(tmp_path) == []


def test_a_ground_of_another_kind_is_named(answered: Answered, tmp_path: Path) -> None:
    stated = answered.state(StatementKind.SETTLED_ON_THE_SPOT)
    answered.resolve(ResolvedHow.OPINION_ACCEPTED, stated, answered.served)
    findings = answered.findings(tmp_path)
    assert [each.partition("and rests on ")[2] for each in findings] == [
        "statement-recorded settled-on-the-spot",
        "opinion-served",
    ]


def test_an_event_of_another_case_or_of_none_is_named(answered: Answered, tmp_path: Path) -> None:
    other = answered.ledger.file("2025-03-05")
    stated = answered.state(StatementKind.OPINION_ACCEPTED, other)
    for ground in (stated, new_id(NEIGHBOUR)):
        answered.resolve(ResolvedHow.OPINION_ACCEPTED, ground)
    findings = answered.findings(tmp_path)
    assert ["no earlier event of its case" in each for each in findings] == [True, True]


def test_no_grounds_at_all_are_named(answered: Answered, tmp_path: Path) -> None:
    answered.resolve(ResolvedHow.OPINION_ACCEPTED)
    [finding] = answered.findings(tmp_path)
    assert "names grounds that are none" in finding


def test_what_was_stated_before_a_reopening_is_no_ground(
    answered: Answered, tmp_path: Path
) -> None:
    stated = answered.state(StatementKind.OPINION_ACCEPTED)
    answered.ledger.reopen(answered.case, "2025-03-15")
    answered.resolve(ResolvedHow.OPINION_ACCEPTED, stated)
    [finding] = answered.findings(tmp_path)
    assert "no earlier event of its case" in finding


@pytest.mark.parametrize(("on", "holds"), [("2025-04-09", False), ("2025-04-10", True)])
def test_the_time_for_review_is_counted_from_the_service(
    answered: Answered, tmp_path: Path, on: str, *, holds: bool
) -> None:
    answered.resolve(ResolvedHow.TIME_FOR_REVIEW_PASSED, answered.served, on=on)
    findings = answered.findings(tmp_path)
    assert [f"within 30 days of the service on {SERVED}" in each for each in findings] == (
        [] if holds else [True]
    )


@pytest.mark.parametrize("level", ReviewLevel)
def test_only_a_re_review_is_final(answered: Answered, tmp_path: Path, level: ReviewLevel) -> None:
    about = {"case_id": answered.case, "matter_id": answered.case}
    for each in dict.fromkeys((ReviewLevel.REVIEW, level)):
        requested = ReviewRequested.model_validate({**about, "level": each})
        decided = ReviewDecided.model_validate(
            {**about, "level": each, "result": ReviewResult.UPHELD, "by_unit": "county-government"}
        )
        for event in (requested, decided):
            answered.ledger.record(event, answered.case, "2025-05-05")
    answered.resolve(ResolvedHow.FINAL_REVIEW, answered.last, on="2025-06-06")
    assert bool(answered.findings(tmp_path)) == (level is ReviewLevel.REVIEW)


def test_a_re_review_that_revoked_the_opinion_ends_nothing(
    answered: Answered, tmp_path: Path
) -> None:
    about = {"case_id": answered.case, "matter_id": answered.case}
    for level, result in (
        (ReviewLevel.REVIEW, ReviewResult.UPHELD),
        (ReviewLevel.RE_REVIEW, ReviewResult.REVOKED),
    ):
        requested = ReviewRequested.model_validate({**about, "level": level})
        decided = ReviewDecided.model_validate(
            {**about, "level": level, "result": result, "by_unit": "city-government"}
        )
        for event in (requested, decided):
            answered.ledger.record(event, answered.case, "2025-05-05")
    answered.resolve(ResolvedHow.FINAL_REVIEW, answered.last, on="2025-06-06")
    [finding] = answered.findings(tmp_path)
    assert "which revoked the opinion" in finding


def test_the_mediations_own_event_is_a_ground_where_it_was_noted(
    answered: Answered, tmp_path: Path
) -> None:
    performed = new_id(NEIGHBOUR)  # of another division, so that no ledger here has to hold it
    answered.resolve(ResolvedHow.AGREEMENT_PERFORMED, performed)
    noted = MediationOutcomeNoted(
        case_id=answered.case,
        matter_id=answered.case,
        mediation_id=new_id(NEIGHBOUR),
        outcome=MediationOutcome.PERFORMED,
    )
    answered.ledger.record(noted, answered.case, "2025-03-19", performed)
    answered.resolve(ResolvedHow.AGREEMENT_PERFORMED, performed)
    answered.resolve(ResolvedHow.AGREEMENT_PERFORMED, answered.ledger.events[-2].event_id)
    [finding] = answered.findings(tmp_path)
    assert "no earlier event of its case" in finding


def visited(answered: Answered, visit_id: str, *, solved: bool) -> str:
    """A visit at a reception that names the case; gives its event."""
    reception_id = new_id(TOWNSHIP)
    visit = ReceptionVisitReceived(
        reception_id=reception_id,
        visit_id=visit_id,
        on=date(2025, 3, 12),
        headcount=1,
        category=Category.LAND,
        solved_on_site=solved,
        acknowledged=solved,
        case_id=answered.case,
        case_is=VisitCase.RAISED_BEFORE,
    )
    answered.ledger.record(visit, reception_id, "2025-03-12")
    return answered.last


@pytest.mark.parametrize("solved", [True, False])
def test_a_visit_at_which_it_was_solved_is_a_ground(
    answered: Answered, tmp_path: Path, *, solved: bool
) -> None:
    ground = visited(answered, new_id(TOWNSHIP), solved=solved)
    answered.resolve(ResolvedHow.ON_THE_SPOT, ground)
    found = ["no earlier event of its case" in each for each in answered.findings(tmp_path)]
    assert found == ([] if solved else [True])


def test_a_void_visit_is_no_ground(answered: Answered, tmp_path: Path) -> None:
    visit_id = new_id(TOWNSHIP)
    ground = visited(answered, visit_id, solved=True)
    voided = ReceptionVisitVoided(
        reception_id=new_id(TOWNSHIP),
        visit_id=visit_id,
        on=date(2025, 3, 12),
        headcount=1,
        solved_on_site=True,
        reason=VoidReason.BY_MISTAKE,
    )
    answered.ledger.record(voided, voided.reception_id, "2025-03-13")
    answered.resolve(ResolvedHow.ON_THE_SPOT, ground)
    [finding] = answered.findings(tmp_path)
    assert "no earlier event of its case" in finding


def test_a_record_that_names_a_case_is_no_act_on_it(answered: Answered, tmp_path: Path) -> None:
    answered.ledger.resolve(answered.case, "2025-03-11")
    task = ConferenceTaskSet(
        conference_id=new_id(TOWNSHIP),
        task_id=new_id(TOWNSHIP),
        unit="justice-office",
        due_on=date(2025, 3, 31),
        words_digest="a" * 64,
        case_id=answered.case,
    )
    # dated before the case was filed, by a post that nobody has
    answered.ledger.record(task, task.conference_id, "2025-02-01")
    visited(answered, new_id(TOWNSHIP), solved=False)
    assert answered.findings(tmp_path) == []
