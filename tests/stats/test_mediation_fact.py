"""The facts of mediations and mediators: what their events come to, told and taken back."""

import pytest

from services.stats.api.figure_json import measure_json
from services.stats.domain.counted_subject import CountedSubject
from services.stats.domain.measures import MEASURES
from services.stats.domain.mediation_subject import MEDIATION
from services.stats.domain.mediator_subject import MEDIATOR
from shared.contracts.mediation_codes import DisputeKind, MediatorKind, SessionMode
from tests.stats.mediation_lives import Mediations

CERTIFIED, ELDER = MediatorKind.CERTIFIED, MediatorKind.RESPECTED_ELDER


@pytest.fixture
def ledger() -> Mediations:
    return Mediations()


def counted(ledger: Mediations, mediation: str) -> dict[str, str]:
    return _counted(MEDIATION, ledger.fact(mediation))


def _counted(subject: CountedSubject, fact: object) -> dict[str, str]:
    """Each counter with its days."""
    found: dict[str, list[str]] = {}
    for name, day, *_ in subject.contributions(fact):
        found.setdefault(name, []).append(day.isoformat())
    return {name: " ".join(days) for name, days in found.items()}


def test_a_dispute_counts_once_and_each_of_its_sessions(ledger: Mediations) -> None:
    dispute = ledger.apply("2025-03-01", kind=DisputeKind.LABOUR)
    ledger.meet(dispute, "2025-03-04", SessionMode.CAUCUS)
    ledger.meet(dispute, "2025-03-05", SessionMode.CAUCUS)
    ledger.meet(dispute, "2025-03-05", SessionMode.JOINT)
    ledger.succeed(dispute, "2025-03-06")
    assert counted(ledger, dispute) == {
        "mediations_ended": "2025-03-06",
        "mediations_succeeded": "2025-03-06",
        "mediations_ended_labour": "2025-03-06",
        "mediations_succeeded_labour": "2025-03-06",
        "mediation_sessions": "2025-03-04 2025-03-05 2025-03-05",
        "mediation_sessions_caucus": "2025-03-04 2025-03-05",
        "mediation_sessions_joint": "2025-03-05",
    }


def test_two_sessions_of_a_day_are_two(ledger: Mediations) -> None:
    dispute = ledger.apply("2025-03-01")
    for _ in range(2):
        ledger.meet(dispute, "2025-03-04")
    ((key, day, counts),) = MEDIATION.day_counts(ledger.fact(dispute))
    assert (key, day.isoformat(), counts) == ("session", "2025-03-04", (2, 2, 0))


def test_a_session_that_was_not_held_so_is_none(ledger: Mediations) -> None:
    dispute, other = ledger.apply("2025-03-01"), ledger.apply("2025-03-01")
    session = ledger.meet(dispute, "2025-03-04")
    ledger.meet(dispute, "2025-03-05")
    ledger.void_session(other, session, "2025-03-06")
    assert counted(ledger, dispute)["mediation_sessions"] == "2025-03-04 2025-03-05"
    ledger.void_session(dispute, session, "2025-03-06")
    assert counted(ledger, dispute)["mediation_sessions"] == "2025-03-05"


def test_what_never_came_to_mediating_is_neither_success_nor_failure(ledger: Mediations) -> None:
    refused, terminated = ledger.apply("2025-03-01"), ledger.apply("2025-03-01")
    ledger.refuse(refused, "2025-03-02")
    ledger.terminate(terminated, "2025-03-03")
    assert counted(ledger, refused) == {"mediations_refused": "2025-03-02"}
    assert counted(ledger, terminated) == {"mediations_terminated": "2025-03-03"}


def test_what_both_sides_agreed_to_and_failed_counts_even_where_nobody_met(
    ledger: Mediations,
) -> None:
    dispute = ledger.apply("2025-03-01", kind=DisputeKind.LABOUR)
    ledger.fail(dispute, "2025-03-31")
    assert counted(ledger, dispute) == {
        "mediations_ended": "2025-03-31",
        "mediations_ended_labour": "2025-03-31",
    }
    said = [
        measure_json(MEASURES[name])["treatment"]
        for name in ("mediations_ended", "mediation_rate")
    ]
    assert all(each["without_session"].startswith("counted where it failed") for each in said)


def test_an_end_that_was_taken_back_leaves_the_dispute_open(ledger: Mediations) -> None:
    dispute = ledger.apply("2025-03-01")
    ledger.fail(dispute, "2025-03-02")
    assert counted(ledger, dispute)["mediations_ended"] == "2025-03-02"
    ledger.void_end(dispute, "2025-03-03")
    assert counted(ledger, dispute) == {}
    ledger.succeed(dispute, "2025-04-01")
    assert counted(ledger, dispute)["mediations_succeeded"] == "2025-04-01"


def test_what_was_signed_stands(ledger: Mediations) -> None:
    dispute = ledger.apply("2025-03-01")
    ledger.succeed(dispute, "2025-03-02")
    ledger.void_end(dispute, "2025-03-03")
    ledger.fail(dispute, "2025-03-04")
    ledger.succeed(dispute, "2025-03-05")
    assert counted(ledger, dispute)["mediations_succeeded"] == "2025-03-02"


def test_an_agreement_counts_on_its_last_day_whenever_it_is_performed(ledger: Mediations) -> None:
    dispute = ledger.apply("2025-03-01")
    ledger.succeed(dispute, "2025-03-02", perform_by="2025-05-31")
    assert counted(ledger, dispute)["agreements_due"] == "2025-05-31"
    ledger.perform(dispute, "2025-04-01")
    found = counted(ledger, dispute)
    assert found["agreements_performed"] == "2025-05-31"
    assert "agreements_performed_late" not in found


def test_a_breach_that_was_made_good_is_performance_though_late(ledger: Mediations) -> None:
    dispute = ledger.apply("2025-03-01")
    ledger.succeed(dispute, "2025-03-02", perform_by="2025-05-31")
    ledger.breach(dispute, "2025-06-01")
    assert "agreements_breached" in counted(ledger, dispute)
    ledger.perform(dispute, "2025-06-09")
    found = counted(ledger, dispute)
    assert found["agreements_performed_late"] == found["agreements_performed"] == "2025-05-31"
    assert "agreements_breached" not in found


def test_performance_that_was_undone_is_none(ledger: Mediations) -> None:
    dispute = ledger.apply("2025-03-01")
    ledger.succeed(dispute, "2025-03-02", perform_by="2025-05-31")
    ledger.perform(dispute, "2025-04-01")
    ledger.breach(dispute, "2025-06-01")
    found = counted(ledger, dispute)
    assert found["agreements_breached"] == "2025-05-31"
    assert "agreements_performed" not in found


def test_an_agreement_without_a_day_is_never_due(ledger: Mediations) -> None:
    dispute = ledger.apply("2025-03-01")
    ledger.succeed(dispute, "2025-03-02")
    ledger.perform(dispute, "2025-03-02")
    assert not [name for name in counted(ledger, dispute) if name.startswith("agreements")]


def test_a_mediator_counts_once_and_once_in_each_kind(ledger: Mediations) -> None:
    wu = ledger.enrol("2025-01-01", CERTIFIED)
    ledger.enrol("2025-02-01", CERTIFIED, ELDER, again=wu)
    assert _counted(MEDIATOR, ledger.roster_fact(wu)) == {
        "mediators_joined": "2025-01-01",
        "mediators_joined_certified": "2025-01-01",
        "mediators_joined_respected_elder": "2025-02-01",
    }


def test_who_comes_back_has_the_kinds_of_the_new_enrolment(ledger: Mediations) -> None:
    wu = ledger.enrol("2025-01-01", CERTIFIED)
    ledger.leave(wu, "2025-02-01")
    ledger.leave(wu, "2025-02-02")
    ledger.enrol("2025-03-01", ELDER, again=wu)
    found = _counted(MEDIATOR, ledger.roster_fact(wu))
    assert found["mediators_joined"] == "2025-01-01 2025-03-01"
    assert found["mediators_left"] == found["mediators_left_certified"] == "2025-02-01"
    assert found["mediators_joined_respected_elder"] == "2025-03-01"


def test_nobody_leaves_before_coming(ledger: Mediations) -> None:
    wu = ledger.enrol("2025-03-01", CERTIFIED)
    ledger.leave(wu, "2025-01-01")
    assert _counted(MEDIATOR, ledger.roster_fact(wu))["mediators_left"] == "2025-03-01"
