"""An accusation is registered, transferred, answered and closed; a contrary command is refused."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.intake.domain.accusation import (
    ACCUSATION,
    AccusationCommand,
    AccusationState,
    AcknowledgeAccusation,
    CloseAccusation,
    NoteOutcome,
    RegisterAccusation,
    TransferAccusation,
)
from services.intake.domain.accusation.refusals import (
    AccusationNotFound,
    AccusationRegisteredOtherwise,
    AccusationWasClosed,
    AcknowledgedOtherwise,
    NotTransferredYet,
    OutcomeNotedOtherwise,
)
from services.intake.domain.case.registration import ReceivedAfterFiling
from services.intake.domain.discipline_lane import is_of_lane
from services.intake.domain.registry import Registry
from shared.contracts.accusation_codes import AccusationOutcome, CompetentBody
from shared.contracts.accusations import (
    AccusationAcknowledged,
    AccusationClosed,
    AccusationEvent,
    AccusationOutcomeNoted,
    AccusationRegistered,
    AccusationTransferred,
)
from shared.contracts.case_codes import Category, Channel, ServiceMethod
from shared.contracts.unit_codes import UnitType
from shared.testing.given_when_then import Facts
from tests.intake.rights import BEGIN, COUNTY, HERE, TODAY, post, somebody, unit

accusation = Facts(ACCUSATION)
OF: dict[str, Any] = {
    "accusation_id": "519900-0198a5c0-0000-7000-8000-000000000001",
    "matter_id": "519900-0198a5c0-0000-7000-8000-00000000000a",
}
FACTS: dict[str, Any] = OF | {
    "number": "519900-2025-LX-000001-7",
    "channel": Channel.LETTER,
    "person_ref": "519900-0198a5c0-0000-7000-8000-00000000000b",
    "content_digest": "a" * 64,
    "received_on": date(2025, 3, 1),
}
REGISTER = RegisterAccusation(**FACTS)
REGISTERED = AccusationRegistered(**FACTS, category=Category.UNCLASSIFIED)
ACKNOWLEDGE = AcknowledgeAccusation(method=ServiceMethod.POST)
ACKNOWLEDGED = AccusationAcknowledged(**OF, method=ServiceMethod.POST)
TRANSFER = TransferAccusation(to=CompetentBody.DISCIPLINE)
TRANSFERRED = AccusationTransferred(**OF, to=CompetentBody.DISCIPLINE)
NOTE = NoteOutcome(outcome=AccusationOutcome.HANDLED)
NOTED = AccusationOutcomeNoted(**OF, outcome=AccusationOutcome.HANDLED)
CLOSE, CLOSED = CloseAccusation(), AccusationClosed(**OF)
ELSEWHERE = AccusationTransferred(**OF, to=CompetentBody.PERSONNEL)


def test_an_accusation_is_registered_once_and_without_a_category() -> None:
    accusation.when(REGISTER).then(REGISTERED)
    accusation.given(REGISTERED).when(REGISTER).then_nothing()
    other = replace(REGISTER, channel=Channel.VISIT)
    accusation.given(REGISTERED).when(other).then_refused(AccusationRegisteredOtherwise)


def test_it_is_not_received_after_it_was_registered() -> None:
    accusation.when(REGISTER, on=date(2025, 2, 27)).then_refused(ReceivedAfterFiling)


def test_what_is_registered_names_no_place_and_no_case() -> None:
    assert set(REGISTERED.to_data()) == {*FACTS, "category"}


@pytest.mark.parametrize(
    ("before", "command", "event"),
    [
        ([], ACKNOWLEDGE, ACKNOWLEDGED),
        ([], TRANSFER, TRANSFERRED),
        ([TRANSFERRED], NOTE, NOTED),
        ([TRANSFERRED], CLOSE, CLOSED),
        ([TRANSFERRED, NOTED], CLOSE, CLOSED),
    ],
)
def test_each_act_is_recorded_once(
    before: list[AccusationEvent], command: AccusationCommand, event: AccusationEvent
) -> None:
    accusation.given(REGISTERED, *before).when(command).then(event)
    accusation.given(REGISTERED, *before, event).when(command).then_nothing()
    accusation.when(command).then_refused(AccusationNotFound)


def test_nothing_is_told_or_closed_before_it_was_transferred() -> None:
    accusation.given(REGISTERED).when(NOTE).then_refused(NotTransferredYet)
    accusation.given(REGISTERED).when(CLOSE).then_refused(NotTransferredYet)


def test_a_contrary_act_is_refused() -> None:
    online = AcknowledgeAccusation(method=ServiceMethod.ONLINE)
    accusation.given(REGISTERED, ACKNOWLEDGED).when(online).then_refused(AcknowledgedOtherwise)
    other = NoteOutcome(outcome=AccusationOutcome.NOT_ACCEPTED)
    given = accusation.given(REGISTERED, TRANSFERRED, NOTED)
    given.when(other).then_refused(OutcomeNotedOtherwise, noted="handled")


def test_another_body_tells_an_outcome_of_its_own() -> None:
    again = accusation.given(REGISTERED, TRANSFERRED, NOTED, ELSEWHERE)
    again.when(NOTE).then(NOTED)
    again.when(NOTE).then_state(lambda after: after.state is AccusationState.ANSWERED)
    again.when(TRANSFER).then(TRANSFERRED)


@pytest.mark.parametrize(
    "command",
    [
        ACKNOWLEDGE,
        TransferAccusation(to=CompetentBody.PERSONNEL),
        NoteOutcome(outcome=AccusationOutcome.PASSED_ON),
    ],
)
def test_nothing_comes_after_the_end(command: AccusationCommand) -> None:
    given = accusation.given(REGISTERED, TRANSFERRED, CLOSED)
    given.when(command).then_refused(AccusationWasClosed)


LANE = unit("discipline-office", division=COUNTY, unit_type=UnitType.DISCIPLINE)
REGISTRY = Registry.of(
    [
        LANE,
        unit("old-office", division=COUNTY, unit_type=UnitType.DISCIPLINE, ended_on=BEGIN),
        unit("petition-office", division=COUNTY, unit_type=UnitType.PETITION_OFFICE),
        unit("discipline-office", unit_type=UnitType.DISCIPLINE),
    ],
    [
        post("post-li", "discipline-office", division=COUNTY),
        post("post-gao", "petition-office", division=COUNTY),
        post("post-old", "discipline-office", division=COUNTY, ended_on=BEGIN),
    ],
)


@pytest.mark.parametrize(
    ("of", "as_post", "division", "belongs"),
    [
        ("discipline-office", "post-li", COUNTY, True),
        ("discipline-office", "post-unknown", COUNTY, True),
        ("discipline-office", "post-gao", COUNTY, False),
        ("discipline-office", "post-old", COUNTY, False),
        ("discipline-office", "post-li", HERE, False),
        ("old-office", "post-unknown", COUNTY, False),
        ("petition-office", "post-gao", COUNTY, False),
        ("not-registered", "post-li", COUNTY, False),
        (None, "post-li", COUNTY, False),
    ],
)
def test_the_lane_is_the_countys_units_of_discipline(
    of: str | None, as_post: str, division: str, *, belongs: bool
) -> None:
    who = somebody(of, as_post, division=division)
    assert is_of_lane(who, REGISTRY, on=TODAY) is belongs
