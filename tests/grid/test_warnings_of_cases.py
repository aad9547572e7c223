"""Warnings about a case by their API: what is done with the case meanwhile says whom they concern."""

from typing import Any

import pytest

from shared.contracts.case_codes import Procedure
from shared.contracts.case_holding import CaseHandedOver
from shared.contracts.early_warning_codes import WarningRule, WarningSubject
from shared.contracts.intake import CaseAccepted, CaseFiled
from shared.contracts.unit_codes import HandOverReason
from shared.identity import Role
from tests.grid.doors import TOWNSHIP, Body, Doors, problem
from tests.grid.test_suggestions import a_case, follow_event
from tests.grid.warnings_told import CLERK, LATE, LEADER, by_a_rule, handler, listed

pytestmark = pytest.mark.parts
NOW = "housing-office"
ACTS: tuple[tuple[str, Body], ...] = (
    ("dispose", {"how": "settled"}),
    ("find-false", {"reason": "no-matter"}),
    ("change-level", {"to_level": "blue", "why": "better"}),
)


def about(case: CaseFiled) -> dict[str, Any]:
    return {"matter_id": case.matter_id, "case_id": case.case_id}


async def accept(doors: Doors, case: CaseFiled, unit: str = LATE) -> None:
    event = CaseAccepted(
        **about(case),
        procedure=Procedure.ORDINARY,
        responsible_unit=unit,
        co_handlers=(),
        handler="post-labour",
    )
    await follow_event(doors, event, case.case_id)


async def hand_over(doors: Doors, case: CaseFiled, to_unit: str = NOW) -> None:
    reason = HandOverReason.REORGANISATION
    event = CaseHandedOver(**about(case), from_unit=LATE, to_unit=to_unit, reason=reason)
    await follow_event(doors, event, case.case_id)


async def an_accepted_case(doors: Doors, **changes: Any) -> CaseFiled:
    case = await a_case(doors, await doors.village(), **changes)
    await accept(doors, case)
    return case


@pytest.mark.parametrize("of_its_term", [True, False])
async def test_the_unit_that_has_the_case_now_sees_a_red_warning_and_does_not_end_it(
    doors: Doors, *, of_its_term: bool
) -> None:
    case = await an_accepted_case(doors)
    of_an_answer = {
        "rule": WarningRule.RAISED_AFTER_ANSWER,
        "subject_kind": WarningSubject.SERVICE_FAILURE,
    }
    subject = {"subject": case.case_id} if of_its_term else {"subject": case.matter_id}
    changes = {} if of_its_term else of_an_answer
    red = await by_a_rule(doors, matter_id=case.matter_id, **subject, **changes)
    desk_of_it: Body = {"role": Role.GRID_LEAD, "claims": {"unit": NOW}}
    assert red not in await listed(doors, **handler(NOW))
    await hand_over(doors, case)
    assert red in await listed(doors, **handler(NOW))
    for who in (handler(NOW), handler(LATE), desk_of_it):
        for verb, body in ACTS:
            answer = await doors.post(f"/warnings/{red}/{verb}", body, **who)
            assert problem(answer) == "leaders-warning"
    await hand_over(doors, case, "women-office")
    assert red not in await listed(doors, **handler(NOW))
    lower = {"to_level": "yellow", "why": "better"}
    done = await doors.done(f"/warnings/{red}/change-level", lower, **desk_of_it)
    assert done["level"] == "yellow"
    ended = await doors.done(f"/warnings/{red}/dispose", {"how": "settled"}, **LEADER)
    assert ended["state"] == "disposed"


async def test_a_case_of_the_same_matter_that_another_unit_has_makes_it_not_late(
    doors: Doors,
) -> None:
    """A term is that of one case."""
    case = await an_accepted_case(doors)
    other = await a_case(doors, await doors.village(), matter_id=case.matter_id)
    await accept(doors, other, NOW)
    red = await by_a_rule(doors, matter_id=case.matter_id, subject=case.case_id)
    assert red not in await listed(doors, **handler(NOW))
    other_desk: Body = {**CLERK, "claims": {"unit": NOW}}
    ended = await doors.done(f"/warnings/{red}/dispose", {"how": "settled"}, **other_desk)
    assert ended["state"] == "disposed"


async def test_a_warning_about_no_unit_is_not_shown_to_whoever_has_a_case_of_the_matter(
    doors: Doors,
) -> None:
    case = await an_accepted_case(doors)
    changes: Body = {"unit": None, "subject_kind": WarningSubject.MATTER}
    changes |= {"subject": case.matter_id, "rule": WarningRule.TOLD_BY_WORKER}
    red = await by_a_rule(doors, matter_id=case.matter_id, **changes)
    assert red not in await listed(doors, **handler(LATE))
    assert red in await listed(doors, division=TOWNSHIP, **CLERK)
