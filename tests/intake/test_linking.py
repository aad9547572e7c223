"""A case is linked to one that is on record, open or concluded, and earlier: no ring can arise."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake import examples
from services.intake.domain.case import CASE, CaseFile, CaseState
from services.intake.domain.case.acceptance import AcceptCase
from services.intake.domain.case.forwarding import ForwardCase, GoesOneLevelUp
from services.intake.domain.case.linking import (
    CaseLinkedToItself,
    LinkCase,
    LinkNeedsACase,
    OtherCaseHasEnded,
    OtherCaseIsLater,
    OtherCaseIsNotConcluded,
    OtherCaseIsNotTaken,
)
from services.intake.domain.case.origin import Origin
from services.intake.domain.case.reopening import ReasonNotInRecord, ReopenCase
from services.intake.domain.case.service_of_documents import Service
from shared.contracts.case_codes import (
    LinkReason,
    Outcome,
    ReopenReason,
    ResolvedHow,
    ServiceMethod,
)
from shared.contracts.case_handling_codes import ServiceProof
from shared.contracts.case_notices import NoticeIssued, NoticeServed
from shared.contracts.event import Event
from shared.contracts.intake import CaseFiled, CaseForwarded, CaseLinked
from shared.contracts.transfer_codes import RemitHow
from shared.contracts.transfers import RemitTaken
from shared.decider import Mark
from shared.identity import Role
from shared.refusals import Refusal
from shared.testing.given_when_then import Facts
from shared.times import end_of
from tests.intake.doors import ACCEPT, NEIGHBOUR, TOWNSHIP, Doors, problem
from tests.intake.facts import (
    ACCEPTED,
    CASE_ID,
    DIVERTED,
    FILED,
    LINKED,
    OTHER_CASE,
    closed,
    fact,
    reopened,
    resolved,
)
from tests.legal_acts import DIVERTED as DIVERT
from tests.legal_acts import LONG_AGO, RESOLVED_ON_THE_SPOT

case = Facts(CASE)
MONDAY, TUESDAY, WEDNESDAY = (date(2025, 3, 3) + timedelta(each) for each in range(3))
FILED_THEN = fact(1, TUESDAY, FILED)
LINK = examples.LINK


def other(*events: Event, received_on: date = MONDAY, case_id: str = OTHER_CASE) -> CaseFile:
    """Another case, on whose record are these events."""
    filed = FILED.model_copy(update={"case_id": case_id, "received_on": received_on})
    return CASE.fold_marked((each, Mark(end_of(TUESDAY))) for each in (filed, *events))


def to(another: CaseFile, why: LinkReason = LinkReason.DUPLICATE) -> LinkCase:
    assert another.filed
    return LinkCase(to_case_id=another.filed.case_id, why=why, other=another)


def test_a_case_is_linked_to_an_open_one_that_was_received_earlier() -> None:
    for events in ((), (ACCEPTED,), (DIVERTED, reopened(ReopenReason.NEW_FACTS))):
        case.given(FILED_THEN).when(to(other(*events)), on=WEDNESDAY).then(LINKED)


@pytest.mark.parametrize(
    "end",
    [DIVERTED, LINKED, resolved(ResolvedHow.ON_THE_SPOT), closed(Outcome.SUPPORTED)],
    ids=lambda it: it.kind,
)
def test_nobody_handles_a_matter_under_a_case_that_has_ended(end: Event) -> None:
    case.given(FILED_THEN).when(to(other(end)), on=WEDNESDAY).then_refused(
        OtherCaseHasEnded, field="to_case_id"
    )


def test_no_case_is_linked_to_one_that_its_receiver_may_still_give_back() -> None:
    received = FILED.model_copy(
        update={"case_id": OTHER_CASE, "received_on": MONDAY, "from_case_id": examples.COUNTY_CASE}
    )
    taken = RemitTaken(how=RemitHow.LAPSED, case_id=OTHER_CASE, matter_id=FILED.matter_id)
    untaken, held = (
        CASE.fold_marked((each, Mark(end_of(TUESDAY))) for each in events)
        for events in ([received], [received, taken])
    )
    case.given(FILED_THEN).when(to(untaken), on=WEDNESDAY).then_refused(
        OtherCaseIsNotTaken, field="to_case_id"
    )
    case.given(FILED_THEN).when(to(held), on=WEDNESDAY).then_kinds(CaseLinked)


def test_a_concluded_matter_is_linked_to_the_case_that_was_handled_to_its_end() -> None:
    for end in (resolved(ResolvedHow.FINAL_REVIEW), closed(Outcome.SUPPORTED)):
        command = to(other(ACCEPTED, end), LinkReason.CONCLUDED)
        case.given(FILED_THEN).when(command, on=WEDNESDAY).then_kinds(CaseLinked)
    for events in ((), (ACCEPTED,), (DIVERTED,), (LINKED, closed(Outcome.LINKED))):
        command = to(other(*events), LinkReason.CONCLUDED)
        case.given(FILED_THEN).when(command, on=WEDNESDAY).then_refused(OtherCaseIsNotConcluded)


def test_of_two_cases_the_later_one_is_linked() -> None:
    later_day = other(received_on=WEDNESDAY)
    later_id = other(received_on=TUESDAY)
    earlier_id = other(received_on=TUESDAY, case_id=f"{CASE_ID[:-1]}0")
    for each in (later_day, later_id):
        case.given(FILED_THEN).when(to(each), on=WEDNESDAY).then_refused(
            OtherCaseIsLater, field="to_case_id"
        )
    case.given(FILED_THEN).when(to(earlier_id), on=WEDNESDAY).then_kinds(CaseLinked)


def test_what_nobody_looked_up_is_not_linked_to() -> None:
    bare = LinkCase(to_case_id=OTHER_CASE, why=LinkReason.DUPLICATE)
    case.given(FILED_THEN).when(bare, on=WEDNESDAY).then_refused(LinkNeedsACase)
    itself = to(other(case_id=CASE_ID))
    case.given(FILED_THEN).when(itself, on=WEDNESDAY).then_refused(CaseLinkedToItself)
    by_register = replace(bare, origin=Origin.REGISTER)
    case.given(FILED_THEN).when(by_register, on=WEDNESDAY).then_kinds(CaseLinked)


def test_the_petitioner_may_be_told_on_the_spot() -> None:
    told = Service(method=ServiceMethod.IN_PERSON, proof=ServiceProof.HANDED_OVER)
    command = replace(LINK, notice=told)
    outcome = case.given(FILED_THEN).when(command, on=WEDNESDAY)
    outcome.then_kinds(CaseLinked, NoticeIssued, NoticeServed)
    case.given(FILED_THEN, *outcome.events).when(command, on=WEDNESDAY).then_nothing()
    case.given(FILED_THEN, LINKED).when(command, on=WEDNESDAY).then_kinds(
        NoticeIssued, NoticeServed
    )


def test_a_link_is_undone_by_one_act() -> None:
    command = ReopenCase(reason=ReopenReason.LINKED_IN_ERROR)
    undone = case.given(FILED_THEN, fact(2, TUESDAY, LINKED)).when(command, on=WEDNESDAY)
    undone.then(reopened(ReopenReason.LINKED_IN_ERROR))
    assert undone.state.state is CaseState.FILED
    case.given(FILED_THEN, DIVERTED).when(command, on=WEDNESDAY).then_refused(ReasonNotInRecord)


def test_a_complaint_is_not_routed_to_the_unit_that_it_is_about() -> None:
    complaint = fact(1, TUESDAY, FILED.model_copy(update={"complained_unit": "land-office"}))
    known = case.given(complaint)
    known.when(ForwardCase(to_unit="land-office"), on=WEDNESDAY).then_refused(
        GoesOneLevelUp, field="to_unit"
    )
    taken: dict[str, dict[str, Any]] = {
        "responsible_unit": {"responsible_unit": "land-office"},
        "co_handlers": {"co_handlers": ("water-bureau", "land-office")},
    }
    for field, changes in taken.items():
        command: AcceptCase = replace(examples.ACCEPT, **changes)
        known.when(command, on=WEDNESDAY).then_refused(GoesOneLevelUp, field=field)
    known.when(ForwardCase(to_unit="water-bureau"), on=WEDNESDAY).then_kinds(CaseForwarded)


IDS = [
    f"{township}-0198a5c0-0000-7000-8000-00000000000{n}"
    for township in ("519900101", "519900102")
    for n in range(3)
]
moves = st.tuples(
    st.sampled_from(["link", "undo"]),
    st.sampled_from(IDS),
    st.sampled_from(IDS),
    st.integers(0, 3),
)


@given(
    st.lists(st.integers(0, 3), min_size=len(IDS), max_size=len(IDS)), st.lists(moves, max_size=40)
)
def test_no_ring_arises_even_where_every_other_case_is_read_too_early(
    received: Sequence[int], life: Sequence[tuple[str, str, str, int]]
) -> None:
    """The other case is read as it was up to three events ago: another ledger is not pinned."""
    day = date(2025, 3, 4)
    past: dict[str, list[CaseFile]] = {}
    for case_id, days in zip(IDS, received, strict=True):
        filed = CaseFiled.model_validate(
            FILED.model_dump() | {"case_id": case_id, "received_on": MONDAY - timedelta(days=days)}
        )
        past[case_id] = [CASE.fold_marked([(filed, Mark(end_of(day)))])]
    for move, case_id, named, late in life:
        state = past[case_id][-1]
        stale = past[named][max(len(past[named]) - 1 - late, 0)]
        command = to(stale) if move == "link" else ReopenCase(reason=ReopenReason.LINKED_IN_ERROR)
        mark = Mark(end_of(day))
        try:
            events = CASE.decide(command, CASE.at(state, mark))
        except Refusal:
            continue
        past[case_id].append(CASE.fold_marked([(each, mark) for each in events], state))
        links = {
            each: history[-1].departed.to_case_id
            for each, history in past.items()
            if isinstance(history[-1].departed, CaseLinked)
        }
        for start in links:
            at: str | None = start
            for _ in IDS:
                at = links.get(at) if at else None
            assert at is None, f"a ring from {start}"


def linked_to(to_case: str, **more: Any) -> tuple[str, dict[str, Any]]:
    return "link", {"to_case_id": to_case, "why": "duplicate"} | more


async def refused(doors: Doors, case_id: str, to_case: str, **more: Any) -> str:
    verb, body = linked_to(to_case, **more)
    return problem(await doors.post(f"/cases/{case_id}/{verb}", body))


@pytest.mark.parts
async def test_the_later_case_is_linked_by_id_or_number_and_undone_by_one_act(
    doors: Doors,
) -> None:
    first, second = await doors.file(received_on=LONG_AGO), await doors.file()
    assert await refused(doors, first, second) == "other-case-is-later"
    assert await refused(doors, first, first) == "case-linked-to-itself"
    number = (await doors.get(f"/cases/{first}")).json()["number"]
    answer = await doors.tell(second, linked_to(number))
    assert answer.json()["state"] == "linked"
    shown = (await doors.get(f"/cases/{second}")).json()
    assert shown["history"][-1]["data"]["to_case_id"] == first
    third = await doors.file()
    assert await refused(doors, third, second) == "other-case-has-ended"
    verb, body = ACCEPT
    assert problem(await doors.post(f"/cases/{second}/{verb}", body)) == "case-was-linked"
    await doors.tell(second, ("reopen", {"reason": "linked-in-error"}))
    kinds = [each["event"] for each in (await doors.get(f"/cases/{second}")).json()["history"]]
    assert kinds == ["case-filed", "case-linked", "case-reopened"]


@pytest.mark.parts
async def test_a_case_of_another_township_is_looked_up_in_the_county(doors: Doors) -> None:
    theirs, ours = await doors.file(NEIGHBOUR, received_on=LONG_AGO), await doors.file()
    answer = await doors.tell(ours, linked_to(theirs))
    assert answer.json()["state"] == "linked"
    nowhere = f"{TOWNSHIP}-0198a5c0-0000-7000-8000-000000000001"
    assert await refused(doors, await doors.file(), nowhere) == "case-not-on-record"
    ended = await doors.file(received_on=LONG_AGO)
    await doors.tell(ended, DIVERT)
    assert await refused(doors, await doors.file(), ended) == "other-case-has-ended"
    assert await refused(doors, await doors.file(), ended, why="concluded") == (
        "other-case-is-not-concluded"
    )


@pytest.mark.parts
async def test_a_concluded_case_is_named_as_that(doors: Doors) -> None:
    concluded, later = await doors.file(received_on=LONG_AGO), await doors.file()
    await doors.tell(concluded, ACCEPT, *RESOLVED_ON_THE_SPOT)
    assert await refused(doors, later, concluded) == "other-case-has-ended"
    answer = await doors.tell(later, linked_to(concluded, why="concluded"))
    assert answer.json()["state"] == "linked"


@pytest.mark.parts
async def test_the_notice_is_served_on_the_spot_or_later(doors: Doors) -> None:
    first = await doors.file(received_on=LONG_AGO)
    told, untold = await doors.file(), await doors.file()
    await doors.tell(told, linked_to(first, notice={"method": "in-person"}))
    kinds = [each["event"] for each in (await doors.get(f"/cases/{told}")).json()["history"]]
    assert kinds[1:] == ["case-linked", "notice-issued", "notice-served"]
    await doors.tell(untold, linked_to(first))
    shown = (await doors.get(f"/cases/{untold}")).json()
    await doors.tell(untold, ("notices", {"kind": "linked", "served": {"method": "in-person"}}))
    assert shown["state"] == "linked"


@pytest.mark.parts
async def test_a_complaint_goes_one_level_up(doors: Doors) -> None:
    case_id = await doors.file(complained_unit="land-office", purpose="appeal")
    for verb, body, field in (
        ("forward", {"to_unit": "land-office"}, "to_unit"),
        ("accept", {"responsible_unit": "land-office"}, "responsible_unit"),
    ):
        answer = await doors.post(f"/cases/{case_id}/{verb}", body, role=Role.CLERK)
        assert (problem(answer), answer.status_code) == ("goes-one-level-up", 409)
        assert answer.json()["field"] == field
