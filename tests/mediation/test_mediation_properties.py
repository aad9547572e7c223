"""Properties of a mediation after any commands in any order."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from services.mediation.domain.mediation import MEDIATION, MediationCommand
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.mediation_state import MediationState
from shared.contracts.agreements import (
    AgreementEvent,
    AgreementPerformed,
    FollowUpMade,
    MediationSucceeded,
)
from shared.contracts.catalogue import SERVICES, decode_data
from shared.contracts.event import Event
from shared.contracts.mediation import (
    MediationEndVoided,
    MediationEvent,
    MediationPaperFilledIn,
    MediationPaperVoided,
    MediationPartiesNamed,
    MediationSessionHeld,
)
from shared.contracts.mediation_codes import PaperForm, PartySide
from shared.refusals import Refusal
from tests.mediation.mediation_commands import histories

MADE_AFTERWARDS = {PaperForm.COVER, PaperForm.CONFIRMATION_REQUEST, PaperForm.FOLLOW_UP}

ENDED = {MediationState.REFUSED, MediationState.FAILED, MediationState.TERMINATED}


def decided(command: MediationCommand, mediation: MediationFile) -> list[Event]:
    try:
        return MEDIATION.decide(command, mediation)
    except Refusal:
        return []


def course(
    issued: list[MediationCommand],
) -> Iterator[tuple[MediationCommand, MediationFile, list[Event], MediationFile]]:
    """Each command with the mediation before it, what followed, and the mediation after it."""
    mediation = MEDIATION.initial
    for command in issued:
        events = decided(command, mediation)
        after = MEDIATION.fold(events, mediation)
        yield command, mediation, events, after
        mediation = after


@given(histories())
def test_no_success_without_both_consents_and_a_session(issued: list[MediationCommand]) -> None:
    for _, before, events, _ in course(issued):
        if any(isinstance(event, MediationSucceeded) for event in events):
            assert set(before.consents) == set(PartySide)
            assert before.opened
            assert before.sessions


@given(histories())
def test_no_session_without_both_consents(issued: list[MediationCommand]) -> None:
    for _, before, events, _ in course(issued):
        if any(isinstance(event, MediationSessionHeld) for event in events):
            assert set(before.consents) == set(PartySide)


@given(histories())
def test_a_withdrawn_consent_ends_it(issued: list[MediationCommand]) -> None:
    for _, _, _, after in course(issued):
        if after.withdrawn:
            assert after.ended
            assert after.state in ENDED


@given(histories())
def test_an_ended_mediation_only_hears_what_moves_nothing_unless_the_end_is_taken_back(
    issued: list[MediationCommand],
) -> None:
    for _, before, events, _ in course(issued):
        if before.state in ENDED:
            assert all(
                isinstance(
                    event,
                    FollowUpMade
                    | MediationEndVoided
                    | MediationPaperFilledIn
                    | MediationPaperVoided
                    | MediationPartiesNamed,
                )
                for event in events
            )


@given(histories())
def test_nobody_is_ever_on_both_sides(issued: list[MediationCommand]) -> None:
    for _, _, _, after in course(issued):
        assert not set.intersection(*(set(after.parties_of(side)) for side in PartySide))


@given(histories())
def test_all_agree_who_were_on_record_for_their_side(issued: list[MediationCommand]) -> None:
    for _, before, _, after in course(issued):
        for side in set(after.consents) - set(before.consents):
            assert set(before.parties_of(side)) <= set(after.parties_of(side))


@given(histories())
def test_naming_people_moves_nothing(issued: list[MediationCommand]) -> None:
    for _, before, events, after in course(issued):
        if any(isinstance(event, MediationPartiesNamed) for event in events):
            assert len(events) == 1
            assert (after.state, after.consents) == (before.state, before.consents)


@given(histories())
def test_no_mediation_ends_in_two_ways_at_once(issued: list[MediationCommand]) -> None:
    for _, _, _, after in course(issued):
        assert not (after.agreement.succeeded and after.ended)


@given(histories())
def test_after_the_signing_nothing_is_undone(issued: list[MediationCommand]) -> None:
    for _, before, events, after in course(issued):
        if before.agreement.succeeded:
            assert after.agreement.succeeded == before.agreement.succeeded
            assert (after.consents, after.sessions) == (before.consents, before.sessions)
            assert all(
                isinstance(event, AgreementEvent | FollowUpMade | MediationPaperFilledIn)
                # what is filled in after it, and nothing that was signed rests on
                or (isinstance(event, MediationPaperVoided) and event.form in MADE_AFTERWARDS)
                for event in events
            )


@given(histories())
def test_nothing_is_performed_before_it_is_agreed_on_nor_while_some_is_owed(
    issued: list[MediationCommand],
) -> None:
    for _, before, events, after in course(issued):
        if any(isinstance(event, AgreementPerformed) for event in events):
            assert before.agreement.succeeded
            assert not after.agreement.outstanding


@given(histories())
def test_a_command_that_was_done_brings_nothing_the_second_time(
    issued: list[MediationCommand],
) -> None:
    for command, _, events, after in course(issued):
        if events:
            assert MEDIATION.decide(command, after) == []


@given(histories())
def test_what_is_decided_reads_back_as_it_was_written(issued: list[MediationCommand]) -> None:
    published = set(SERVICES["mediation"])
    for _, _, events, _ in course(issued):
        for event in events:
            assert type(event) in published
            assert decode_data(event.kind, event.schema_version, event.to_data()) == event


@st.composite
def facts(draw: st.DrawFn) -> list[Event]:
    """Facts that happened somewhere, in an order in which they never did."""
    happened = [event for _, _, events, _ in course(draw(histories())) for event in events]
    return draw(st.permutations(happened))


@given(facts())
def test_no_sequence_of_facts_is_refused(history: list[Event]) -> None:
    mediation = MEDIATION.fold(history)
    assert mediation.version == len(history)
    assert mediation.state in MediationState
    assert all(isinstance(event, MediationEvent) for event in history)
