"""Back-tests of made-up histories whose outcome is known by hand."""

from datetime import timedelta
from typing import Any

import orjson
import pytest
from hypothesis import given, settings

from services.grid.domain.back_test import (
    Ended,
    Failed,
    FailureKind,
    Followed,
    Moved,
    Raised,
    Step,
)
from services.grid.domain.back_test.counts import JudgedWarning, OfMatter, RuleCounts
from services.grid.domain.rules import RULES
from services.grid.domain.rules.reading import facts_in
from services.grid.domain.rules.state import RuleState
from shared.contracts.agreements import AgreementPerformed, InstalmentPerformed
from shared.contracts.case_codes import Purpose, ReopenReason
from shared.contracts.early_warning_codes import (
    DisposedHow,
    FalseWarningReason,
    WarningRule,
    WarningSource,
    WarningSubject,
)
from shared.contracts.early_warnings import WarningDisposed, WarningFoundFalse, WarningRaised
from shared.contracts.intake import CaseReopened, CaseWithdrawn
from tests.grid.rules.given import (
    AGREEMENT,
    CASE,
    MARK,
    MATTER,
    MEDIATION,
    accepted,
    an_id,
    breached,
    events,
    filed,
    on,
    received,
    replied,
    served,
    submitted,
    succeeded,
    the_day,
)
from tests.grid.rules.test_any_order import interleavings
from tests.grid.rules.walking import findings, warned


def raised(found: Any) -> list[Raised]:
    return [each for each in found if isinstance(each, Raised)]


def failed(found: Any) -> list[tuple[str, FailureKind]]:
    return [(each.matter_id, each.kind) for each in found if isinstance(each, Failed)]


def test_a_term_that_nobody_keeps_is_warned_of_a_week_before_it_is_missed() -> None:
    found = findings(events((filed(), 0), (accepted(due_at=on(60)), 1)), end=61)
    term = [each for each in raised(found) if each.rule is WarningRule.TERM]
    [missed] = [each for each in found if isinstance(each, Failed)]
    assert [(each.subject, each.level.value, each.matters) for each in term] == [
        (CASE, "blue", (MATTER,))
    ]
    assert missed.kind is FailureKind.TERM_MISSED
    assert missed.at - term[0].at == timedelta(days=8)


def test_a_term_that_is_kept_is_not_missed_and_its_warning_was_not_needed() -> None:
    found = findings(events((filed(), 0), (accepted(due_at=on(60)), 1), (served(), 55)))
    assert [each.rule for each in raised(found)] == [
        WarningRule.HALF_TERM_WITHOUT_STEP,
        WarningRule.TERM,
    ]
    assert failed(found) == []
    assert [each.step for each in found if isinstance(each, Moved)] == [Step.ANSWERED]


def test_the_term_of_a_reopened_case_is_missed_as_any() -> None:
    withdrawn = CaseWithdrawn(matter_id=MATTER, case_id=CASE, statement_recorded=True)
    again = CaseReopened(matter_id=MATTER, case_id=CASE, reason=ReopenReason.WITHDRAWAL_REVOKED)
    found = findings(events((accepted(due_at=on(60)), 1), (withdrawn, 5), (again, 8)))
    assert failed(found) == [(MATTER, FailureKind.TERM_MISSED)]


def test_what_is_answered_before_a_moment_raises_nothing_at_it() -> None:
    found = findings(events((filed(), 0), (accepted(due_at=on(60)), 1), (served(), 20)))
    assert raised(found) == []


def test_a_matter_raised_again_is_warned_of_and_has_failed_at_once() -> None:
    found = findings(events((filed(), 0), (replied(), 5), (received(), 9)))
    [warning] = raised(found)
    assert (warning.rule, warning.at) == (WarningRule.RAISED_AFTER_ANSWER, on(9))
    assert failed(found) == [(MATTER, FailureKind.RAISED_AGAIN)]
    assert found.index(warning) < found.index(
        next(each for each in found if isinstance(each, Failed))
    )


def test_an_instalment_that_is_not_paid_is_missed_the_day_after_and_warned_of_after_grace() -> (
    None
):
    promised = succeeded(instalments=(the_day(10), the_day(20)), perform_by=the_day(20))
    paid = InstalmentPerformed(
        matter_id=MATTER, mediation_id=MEDIATION, agreement_id=AGREEMENT, instalment=1
    )
    found = findings(events((promised, 0), (paid, 9)), end=26)
    assert [each.rule for each in raised(found)] == [
        WarningRule.AGREEMENT_BROKEN,
        WarningRule.COMPENSATION_OVERDUE,
    ]
    assert {kind for _, kind in failed(found)} == {FailureKind.PROMISE_MISSED}
    done = AgreementPerformed(matter_id=MATTER, mediation_id=MEDIATION, agreement_id=AGREEMENT)
    assert findings(events((promised, 0), (paid, 9), (done, 19)))[-1:] == [
        Moved(MATTER, Step.RESOLVED, on(19))
    ]


def test_a_breach_is_a_failure_of_its_own() -> None:
    found = findings(events((succeeded(perform_by=the_day(20)), 0), (breached(), 8)), end=9)
    assert failed(found) == [(MATTER, FailureKind.BREACHED)]
    assert [each.rule for each in raised(found)] == [WarningRule.AGREEMENT_BROKEN]


def test_what_is_missed_after_a_remedied_breach_is_a_failure() -> None:
    promised = succeeded(instalments=(the_day(10), the_day(40)))
    paid = InstalmentPerformed(
        matter_id=MATTER, mediation_id=MEDIATION, agreement_id=AGREEMENT, instalment=1
    )
    found = findings(events((promised, 0), (breached(instalment=1), 10.1), (paid, 12)))
    kinds = [kind for _, kind in failed(found)]
    assert kinds == [FailureKind.BREACHED, FailureKind.PROMISE_MISSED]


def test_a_subject_is_read_from_json_as_it_was_written() -> None:
    facts = [
        fact
        for event, recorded in events(
            (succeeded(perform_by=the_day(9), instalments=(the_day(3),)), 0),
            (submitted(cause_ref=MARK), 1),
            (accepted(), 1),
        )
        for _, _, fact in facts_in(RULES, recorded, event, {})
    ]
    followed = Followed(state=RuleState(facts=facts, quiet_until=on(3)))
    written = orjson.loads(orjson.dumps(followed.members()))
    assert Followed.from_json(written) == followed


def test_three_matters_of_one_cause_name_all_three() -> None:
    matters = [an_id(0x100 + each) for each in range(3)]
    read = events(
        *((filed(matter_id=each, case_id=each), day) for day, each in enumerate(matters))
    )
    [warning] = raised(findings(read))
    assert (warning.rule, warning.level.value) == (WarningRule.CLUSTER, "red")
    assert warning.matters == tuple(matters)
    assert not warning.recorded_late


def test_what_was_recorded_long_afterwards_is_seen_marked_and_not_raised_live() -> None:
    matters = [an_id(0x100 + each) for each in range(3)]
    stated = [(filed(matter_id=each, case_id=each), day, 400) for day, each in enumerate(matters)]
    [seen] = raised(findings(events(*stated)))
    assert (seen.at, seen.recorded_late) == (on(2), True)
    assert raised(findings(events(*stated), sees_late=False)) == []


def test_a_term_that_was_recorded_a_year_afterwards_was_missed_by_nobody_live() -> None:
    """On its last day it was not on record, so that no rule can be blamed for its silence."""
    stated = ((accepted(), 0, 400), (served(), 20, 400))
    assert not [each for each in findings(events(*stated)) if isinstance(each, Failed)]
    assert findings(events(*stated), sees_late=False) == [Moved(MATTER, Step.ANSWERED, on(400))]
    late_and_missed = events((accepted(), 0, 400))
    assert [each for each in findings(late_and_missed) if isinstance(each, Failed)]
    assert findings(late_and_missed, sees_late=False) == []


def test_an_accusation_is_said_nothing_of() -> None:
    read = events((filed(purpose=Purpose.ACCUSATION), 0), (replied(), 5), (received(), 9))
    found = findings(read)
    assert raised(found) == []
    assert Moved(MATTER, Step.SEALED, on(0)) in found


def test_a_warning_that_was_never_recorded_expires_and_another_follows_the_quiet_time() -> None:
    read = events((replied(), 0), (received(), 1))
    [first] = raised(findings(read))
    # yellow: 168 hours and 720 hours; then 15 quiet days
    again = [(received(signal_id=an_id(1)), 50), (received(signal_id=an_id(2)), 54)]
    found = findings([*read, *events(*again)])
    assert [each.episode for each in raised(found)] == [1, 2]
    assert raised(found)[1].at == on(54)
    ended = [each for each in found if isinstance(each, Ended)]
    assert (ended[0].warning_id, ended[0].how.value, ended[0].at) == (
        first.warning_id,
        "expired",
        on(38),
    )


def recorded(found: Raised) -> WarningRaised:
    """The event by which the worker has recorded that warning."""
    return WarningRaised(
        warning_id=found.warning_id,
        level=found.level,
        subject_kind=WarningSubject.SERVICE_FAILURE,
        subject=found.subject,
        matter_id=found.matters[0],
        rule=found.rule,
        rule_version=1,
        because=found.because,
        reason=found.reason,
        reason_en=found.reason_en,
        source=WarningSource.MONITORING,
        dispose_by=on(30),
        episode=found.episode,
    )


def test_a_recorded_warning_ends_as_the_record_says() -> None:
    read = events((replied(), 0), (received(), 1))
    [first] = raised(findings(read))
    disposed = WarningDisposed(
        warning_id=first.warning_id, how=DisposedHow.ANSWERED_ANEW, by_unit="petition-office"
    )
    false = WarningFoundFalse(
        warning_id=first.warning_id, reason=FalseWarningReason.NO_MATTER, by_unit="labour-office"
    )
    found = findings([*read, *events((recorded(first), 1.1), (disposed, 60), (false, 70))])
    ended = [(each.how.value, each.at) for each in found if isinstance(each, Ended)]
    assert ended == [("disposed", on(60)), ("false", on(70))]


@settings(deadline=None)
@given(interleavings())
def test_any_interleaving_gives_the_same_findings_once_time_is_the_same(orders: Any) -> None:
    one, other = orders
    assert warned(findings(one)) == warned(findings(other))


def _judged(**changes: Any) -> JudgedWarning:
    matter = OfMatter(MATTER, is_answered=False, is_resolved=False)
    given: dict[str, Any] = {
        "rule": WarningRule.TERM,
        "at": on(10),
        "recorded_late": False,
        "is_false": False,
        "matters": (matter._replace(**changes.pop("matter", {})),),
    }
    return JudgedWarning(**{**given, **changes})


@pytest.mark.parametrize(
    ("changes", "end", "counted"),
    [
        ({"matter": {"after": on(17)}}, 20, (1, 1, 1, 0, 0)),
        ({"matter": {"after": on(10)}}, 20, (1, 1, 0, 1, 0)),
        ({"matter": {"before": on(6)}}, 20, (1, 1, 0, 0, 1)),
        ({"matter": {"after": on(100)}}, 20, (0, 0, 0, 0, 0)),
        ({"matter": {"is_answered": True}}, 20, (1, 0, 0, 0, 0)),
        ({}, 20, (0, 0, 0, 0, 0)),
        ({}, 41, (1, 0, 0, 0, 0)),
        ({"is_false": True, "matter": {"after": on(17)}}, 20, (1, 0, 0, 0, 0)),
    ],
)
def test_what_is_decided_and_right(changes: Any, end: float, counted: Any) -> None:
    counts = RuleCounts()
    counts.add(_judged(**changes), within=timedelta(days=30), end=on(end))
    assert counts.fired == 1
    numbers = (counts.decided, counts.right, counts.earlier, counts.at_once, counts.afterwards)
    assert numbers == counted


def test_the_median_lead_is_that_of_the_right_ones() -> None:
    counts = RuleCounts()
    for after in (10, 12, 17):
        counts.add(_judged(matter={"after": on(after)}), within=timedelta(days=30), end=on(50))
    counts.add(_judged(matter={"is_resolved": True}), within=timedelta(days=30), end=on(50))
    assert (counts.median_lead, counts.right, counts.decided) == (2, 3, 4)
