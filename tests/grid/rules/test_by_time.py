"""Rules that judge by the time: when they look, what disarms them, what moves."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.grid.domain.rules import Rule
from services.grid.domain.rules.agreement_broken import AGREEMENT_BROKEN
from services.grid.domain.rules.case_term import TERM
from services.grid.domain.rules.compensation_overdue import COMPENSATION_OVERDUE
from services.grid.domain.rules.facts import Says
from services.grid.domain.rules.half_term import HALF_TERM_WITHOUT_STEP
from services.grid.domain.rules.raised_after_answer import RAISED_AFTER_ANSWER
from shared.contracts.agreements import AgreementPerformed, InstalmentPerformed
from shared.contracts.case_codes import Purpose, ReopenReason, ResolvedHow
from shared.contracts.case_handling import ExtensionGranted, InvestigationRecorded
from shared.contracts.case_handling_codes import ApproverRole, InvestigationStep
from shared.contracts.case_holding import CaseHandedOver
from shared.contracts.event import Event
from shared.contracts.intake import CaseReopened, CaseResolved, CaseWithdrawn
from shared.contracts.unit_codes import HandOverReason
from shared.times import start_of
from tests.grid.rules.given import (
    AGREEMENT,
    CASE,
    MATTER,
    MEDIATION,
    Judged,
    accepted,
    breached,
    events,
    filed,
    on,
    received,
    served,
    succeeded,
    the_day,
)

RESOLVED = CaseResolved(matter_id=MATTER, case_id=CASE, how=ResolvedHow.ON_THE_SPOT, on_site=True)
WITHDRAWN = CaseWithdrawn(matter_id=MATTER, case_id=CASE, statement_recorded=True)
LOOKED_INTO = InvestigationRecorded(
    matter_id=MATTER, case_id=CASE, steps=(InvestigationStep.INTERVIEW,)
)


def judged(rule: Rule, *stated: Any) -> Judged:
    return Judged(rule).read(*events(*stated))


def extended(days: int) -> ExtensionGranted:
    return ExtensionGranted(
        matter_id=MATTER,
        case_id=CASE,
        days=30,
        approver_role=ApproverRole.UNIT_HEAD,
        due_at=on(days),
        due_at_for_petitioner=on(days),
    )


def test_the_level_of_a_term_rises_from_a_week_before_its_last_day() -> None:
    found = judged(TERM, (accepted(), 0))
    assert found.asked == []
    assert found.at(52.5).levels == []
    assert found.at(53.5).levels == ["blue"]
    assert found.at(57.5).levels == ["blue", "yellow"]
    assert found.at(60.5).levels == ["blue", "yellow", "orange"]
    assert found.at(61.5).levels == ["blue", "yellow", "orange", "red"]
    assert found.last.unit == "labour-office"
    assert found.last.matter_id == MATTER
    zh, en = TERM.sentences(found.last)
    assert the_day(60).isoformat() in zh
    assert the_day(60).isoformat() in en


def test_the_days_of_a_term_begin_at_midnight_in_china() -> None:
    found = judged(TERM, (accepted(), 0)).at(60.5)
    assert found.moments[CASE] == {start_of(the_day(61))}
    midnight = datetime(2025, 5, 1, 16, tzinfo=UTC)
    ends = judged(TERM, (accepted(due_at=midnight), 0)).at(59)
    assert ends.moments[CASE] == {midnight}


@pytest.mark.parametrize("closed", [served(), RESOLVED, WITHDRAWN])
def test_an_answer_or_an_end_disarms_the_term(closed: Event) -> None:
    assert judged(TERM, (accepted(), 0), (closed, 50)).at(100).asked == []
    assert judged(TERM, (closed, 50), (accepted(), 0)).at(100).asked == []


def test_what_ended_before_a_new_acceptance_disarms_nothing() -> None:
    found = judged(TERM, (served(), 10), (accepted(), 20)).at(100)
    assert found.levels[-1] == "red"


def reopened(reason: ReopenReason = ReopenReason.WITHDRAWAL_REVOKED) -> CaseReopened:
    return CaseReopened(matter_id=MATTER, case_id=CASE, reason=reason)


def test_a_case_that_is_reopened_has_its_term_again() -> None:
    stated = [(accepted(), 0), (WITHDRAWN, 5), (reopened(), 8)]
    assert judged(TERM, *stated).at(100).levels == ["blue", "yellow", "orange", "red"]
    assert judged(TERM, *reversed(stated)).at(100).levels == ["blue", "yellow", "orange", "red"]
    assert judged(TERM, *stated, (served(), 20)).at(100).asked == []
    assert judged(HALF_TERM_WITHOUT_STEP, *stated).at(31).levels == ["yellow"]
    assert judged(HALF_TERM_WITHOUT_STEP, *stated, (LOOKED_INTO, 20)).at(31).asked == []


def test_a_case_that_is_reopened_after_a_mark_is_looked_at_at_once() -> None:
    found = judged(TERM, (accepted(), 0), (WITHDRAWN, 5)).at(58)
    assert found.asked == []
    found.read(*events((reopened(), 58))).at(58.1)
    assert found.levels == ["yellow"]
    over, late = (judged(TERM, (accepted(), 0), (WITHDRAWN, 5)).at(65) for _ in range(2))
    assert over.read(*events((reopened(), 70))).at(71).levels == ["red"]
    assert late.read(*events((reopened(), 70, 110))).at(500).asked == []
    half = judged(HALF_TERM_WITHOUT_STEP, (accepted(), 0), (WITHDRAWN, 5)).at(40)
    assert half.read(*events((reopened(), 40))).at(40).levels == ["yellow"]


def test_the_unit_is_that_which_has_the_case_then() -> None:
    given_on = CaseHandedOver(
        matter_id=MATTER,
        case_id=CASE,
        from_unit="labour-office",
        to_unit="water-office",
        reason=HandOverReason.REORGANISATION,
    )
    found = judged(TERM, (accepted(), 0), (given_on, 55))
    assert found.at(53.5).last.unit == "labour-office"
    assert found.at(61.5).last.unit == "water-office"
    half = judged(HALF_TERM_WITHOUT_STEP, (given_on, 20), (accepted(), 0)).at(31)
    assert half.last.unit == "water-office"
    answered = [(accepted(), 0), (given_on, 20), (served(), 30), (received(), 31)]
    assert judged(RAISED_AFTER_ANSWER, *answered).last.unit == "water-office"


def test_an_extension_moves_the_term() -> None:
    found = judged(TERM, (accepted(), 0), (extended(90), 50))
    assert found.at(82).levels == []
    assert found.at(83.5).levels == ["blue"]


def test_an_extension_near_the_end_comes_to_the_same_warning() -> None:
    found = judged(TERM, (accepted(), 0)).at(57.5)
    found.read(*events((extended(90), 58)))
    assert found.levels == ["blue", "yellow"]
    assert found.at(87.5).levels == ["blue", "yellow"]
    assert found.at(100).levels == ["blue", "yellow", "orange", "red"]


def test_a_verdict_by_the_time_says_of_which_last_day_it_is() -> None:
    """From which lead time is counted: of a term, also as extended, and of what was promised."""
    term = judged(TERM, (accepted(), 0), (extended(90), 50)).at(83.5)
    half = judged(HALF_TERM_WITHOUT_STEP, (accepted(), 0)).at(30)
    assert (term.last.last_day, half.last.last_day) == (the_day(90), the_day(60))
    promised = judged(AGREEMENT_BROKEN, (succeeded(perform_by=the_day(10)), 0)).at(12)
    assert promised.last.last_day == the_day(10)
    owed = judged(COMPENSATION_OVERDUE, (succeeded(instalments=(the_day(20),)), 0)).at(25)
    assert owed.last.last_day == the_day(20)
    assert judged(AGREEMENT_BROKEN, (breached(), 5)).last.last_day is None


def test_a_look_that_comes_after_the_end_of_a_warning_is_not_passed_over() -> None:
    """Whoever ended the orange warning in a lag did not see that the term was over by then."""
    found = judged(TERM, (accepted(), 0)).at(60.5)
    end(found, CASE, 61.3)
    assert found.at(61.5).levels == ["blue", "yellow", "orange", "red"]


def test_no_term_no_warning() -> None:
    assert judged(TERM, (accepted(due_at=None), 0)).at(1_000).asked == []


def test_an_acceptance_that_was_recorded_late_is_warned_of_by_nobody() -> None:
    found = judged(TERM, (accepted(), 0, 31))
    assert found.moments[CASE] == set()
    assert found.at(100).asked == []
    half = judged(HALF_TERM_WITHOUT_STEP, (accepted(), 0, 31))
    assert half.at(100).asked == []


@pytest.mark.parametrize("rule", [TERM, HALF_TERM_WITHOUT_STEP])
def test_nothing_is_said_of_an_accusation(rule: Rule) -> None:
    sealed = filed(purpose=Purpose.ACCUSATION)
    assert judged(rule, (sealed, 0), (accepted(), 1)).at(100).asked == []


def test_half_a_term_without_a_step() -> None:
    found = judged(HALF_TERM_WITHOUT_STEP, (accepted(), 0))
    assert found.moments[CASE] == {on(30)}
    assert found.at(29.9).asked == []
    assert found.at(30).levels == ["yellow"]
    assert judged(HALF_TERM_WITHOUT_STEP, (accepted(), 0), (extended(90), 20)).at(31).asked
    for step in (LOOKED_INTO, served(), WITHDRAWN):
        assert judged(HALF_TERM_WITHOUT_STEP, (accepted(), 0), (step, 20)).at(31).asked == []
    too_late = judged(HALF_TERM_WITHOUT_STEP, (accepted(), 0)).at(31)
    assert too_late.read(*events((LOOKED_INTO, 32))).levels == ["yellow"]


TWO_DAYS = (the_day(10), the_day(40))


def paid(number: int) -> InstalmentPerformed:
    return InstalmentPerformed(
        matter_id=MATTER, mediation_id=MEDIATION, agreement_id=AGREEMENT, instalment=number
    )


PERFORMED = AgreementPerformed(matter_id=MATTER, mediation_id=MEDIATION, agreement_id=AGREEMENT)


def test_an_instalment_that_is_not_performed_by_its_day_and_the_days_of_grace() -> None:
    found = judged(COMPENSATION_OVERDUE, (succeeded(instalments=TWO_DAYS), 0))
    assert found.at(13.5).asked == []
    assert found.at(14.5).levels == ["yellow"]
    assert found.last.words["number"] == 1
    assert found.at(21.5).levels == ["yellow", "orange"]
    assert found.at(1_000).levels == ["yellow", "orange", "red"]


def test_the_next_instalment_is_waited_for_by_itself() -> None:
    stated = [(succeeded(instalments=TWO_DAYS), 0), (paid(1), 9)]
    found = judged(COMPENSATION_OVERDUE, *stated)
    assert found.at(43.5).asked == []
    assert found.at(44.5).last.words["number"] == 2
    for end in (PERFORMED, breached(), paid(2)):
        assert judged(COMPENSATION_OVERDUE, *stated, (end, 39)).at(500).asked == []


def test_a_breach_that_is_remedied_silences_no_later_instalment() -> None:
    stated = [(succeeded(instalments=TWO_DAYS), 0), (breached(instalment=1), 12)]
    for remedied in ([], [(paid(1), 13)]):
        found = judged(COMPENSATION_OVERDUE, *stated, *remedied)
        assert found.at(43.5).asked == []
        assert found.at(44.5).last.words["number"] == 2
    undone = [(paid(1), 9), (PERFORMED, 39), (breached(instalment=1), 50)]
    assert judged(COMPENSATION_OVERDUE, stated[0], *undone).at(500).asked == []


def test_a_remedied_breach_does_not_silence_the_last_day() -> None:
    stated = [(succeeded(perform_by=the_day(40)), 0), (breached(instalment=1), 12)]
    found = judged(AGREEMENT_BROKEN, *stated)
    assert found.levels == ["orange"]
    state = found.states[MEDIATION]
    state.asked, state.quiet_until = None, on(13)
    found.read(*events((paid(1), 14))).at(41.5)
    assert (found.levels[1:], found.last.last_day) == (["yellow"], the_day(40))
    other = judged(AGREEMENT_BROKEN, *stated, (paid(2), 14))
    other.states[MEDIATION].asked = None
    assert other.at(500).levels == ["orange"]


def test_what_was_performed_as_a_whole_undone_in_part_and_done_again_is_done() -> None:
    stated = [(succeeded(perform_by=the_day(40)), 0), (PERFORMED, 20)]
    undone = judged(AGREEMENT_BROKEN, *stated, (breached(instalment=2), 25))
    assert undone.levels == ["orange"]
    again = judged(AGREEMENT_BROKEN, *stated, (paid(2), 30), (breached(instalment=2), 25))
    assert again.at(500).asked == []


def test_an_agreement_that_is_not_performed_by_its_last_day() -> None:
    promise = (succeeded(perform_by=the_day(30)), 0)
    found = judged(AGREEMENT_BROKEN, promise)
    assert found.at(30.5).asked == []
    assert found.at(31.5).levels == ["yellow"]
    assert found.at(38.5).levels == ["yellow", "orange"]
    assert judged(AGREEMENT_BROKEN, promise, (PERFORMED, 29)).at(100).asked == []
    assert judged(AGREEMENT_BROKEN, (succeeded(), 0)).at(100).asked == []
    assert judged(AGREEMENT_BROKEN, promise, (PERFORMED, 29), (breached(), 40)).levels == [
        "orange"
    ]
    assert judged(AGREEMENT_BROKEN, promise, (PERFORMED, 41), (breached(), 40)).asked == []
    known = judged(AGREEMENT_BROKEN, promise, (breached(), 10)).at(100)
    assert known.levels == ["orange"]


def test_a_breach_that_is_read_after_the_end_of_a_warning_is_warned_of() -> None:
    """It happened before the end, but whoever ended the warning did not know of it."""
    found = judged(AGREEMENT_BROKEN, (succeeded(perform_by=the_day(10)), 0)).at(12)
    assert found.levels == ["yellow"]
    end(found, MEDIATION, 14)
    found.read(*events((breached(), 13.9, 14.1)))
    assert found.levels == ["yellow", "orange"]
    end(found, MEDIATION, 20)
    known, again = found.states[MEDIATION].facts, breached(instalment=1)
    assert found.at(500).levels == ["yellow", "orange"]
    assert [each for each in known if each.says is Says.BREACHED and each.is_dealt_with]
    assert found.read(*events((again, 19, 21))).levels == ["yellow", "orange", "orange"]


def test_a_breach_that_was_recorded_late_does_not_silence_the_last_day() -> None:
    late = (breached(), 5, 36)
    promise = (succeeded(perform_by=the_day(40)), 0)
    assert judged(AGREEMENT_BROKEN, promise, late).at(41.5).levels == ["yellow"]


def end(found: Judged, key: str, day: float) -> None:
    """Somebody ends the warning about this subject."""
    found._watched(key).end(found.states[key], on(day))


def test_a_promise_of_long_ago_that_is_recorded_now_is_warned_of_by_nobody() -> None:
    late = succeeded(perform_by=the_day(30), instalments=TWO_DAYS)
    assert judged(AGREEMENT_BROKEN, (late, 0, 100)).at(500).asked == []
    assert judged(COMPENSATION_OVERDUE, (late, 0, 100)).at(500).asked == []
    assert timedelta(days=30) == Judged(TERM).policy.late
