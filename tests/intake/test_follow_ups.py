"""A kept promise settles the case that it is about; a signature, a failure or a breach does not."""

from typing import TypedDict

import pytest

from services.intake.domain.case import CASE
from services.intake.domain.case_commands import CaseCommand, ReopenCase, ResolveCase
from services.intake.domain.case_file import CaseFile
from services.intake.domain.follow_ups import (
    ResolutionPolicy,
    reopen_case_on_agreement_breached,
    resolve_case_on_mediation,
)
from shared.contracts.agreement_codes import BreachGround, ConfirmationResult
from shared.contracts.agreements import AgreementBreached, AgreementPerformed, ConfirmationDecided
from shared.contracts.case_codes import Category, Outcome, ReopenReason, ResolvedHow
from shared.contracts.event import Event
from shared.contracts.intake import CaseReferredToMediation
from shared.contracts.mediation import (
    ConsentWithdrawn,
    MediationEvent,
    MediationFailed,
    MediationRefused,
)
from shared.contracts.mediation_codes import FailureGround, OtherRoute, PartySide
from tests.intake.facts import (
    ACCEPTED,
    ANSWERED,
    CASE_ID,
    DIVERTED,
    FILED,
    MATTER_ID,
    OTHER_CASE,
    WITHDRAWN,
    closed,
    resolved,
)

ID = "519900101-0198a5c0-0000-7000-8000-000000000020"


class About(TypedDict):
    mediation_id: str
    matter_id: str
    case_id: str


ABOUT: About = {"mediation_id": ID, "matter_id": MATTER_ID, "case_id": CASE_ID}
COURT = (OtherRoute.COURT,)
PERFORMED = AgreementPerformed(agreement_id=ID, **ABOUT)
BREACHED = AgreementBreached(
    agreement_id=ID, ground=BreachGround.UNDONE, routes_offered=COURT, **ABOUT
)
CONFIRMED = ConfirmationDecided(agreement_id=ID, result=ConfirmationResult.CONFIRMED, **ABOUT)
FAILED = MediationFailed(ground=FailureGround.NO_AGREEMENT, routes_told=COURT, **ABOUT)
REFUSED = MediationRefused(side=PartySide.RESPONDENT, routes_told=COURT, **ABOUT)
NO_MORE = ConsentWithdrawn(side=PartySide.APPLICANT, **ABOUT)
REFERRED = CaseReferredToMediation(
    case_id=CASE_ID, matter_id=MATTER_ID, committee_id=ID, category=Category.LAND
)
BY_AGREEMENT = resolved(ResolvedHow.AGREEMENT_PERFORMED)
RESOLVE = ResolveCase(how=ResolvedHow.AGREEMENT_PERFORMED, on_site=False)


def case_after(*facts: Event) -> CaseFile:
    return CASE.fold(facts)


def followed(commands: list[CaseCommand], case: CaseFile) -> list[Event]:
    """What the case's own rules make of the wishes: a policy asks for nothing that they refuse."""
    return [event for command in commands for event in CASE.decide(command, case)]


def test_a_kept_promise_resolves_the_case() -> None:
    case = case_after(FILED, REFERRED, ACCEPTED)
    assert resolve_case_on_mediation(PERFORMED, case) == [RESOLVE]
    assert followed([RESOLVE], case) == [BY_AGREEMENT]


def test_the_same_fact_read_again_asks_for_nothing() -> None:
    assert (
        resolve_case_on_mediation(PERFORMED, case_after(FILED, REFERRED, ACCEPTED, BY_AGREEMENT))
        == []
    )


@pytest.mark.parametrize("fact", [FAILED, REFUSED, NO_MORE, CONFIRMED, BREACHED])
def test_no_other_end_of_a_mediation_resolves_anything(fact: MediationEvent) -> None:
    assert resolve_case_on_mediation(fact, case_after(FILED, REFERRED, ACCEPTED)) == []


@pytest.mark.parametrize(
    "facts",
    [
        (),
        (FILED,),
        (FILED, ACCEPTED, WITHDRAWN),
        (FILED, ACCEPTED, DIVERTED),
        (*ANSWERED, resolved(ResolvedHow.OPINION_ACCEPTED)),
    ],
)
def test_a_case_that_is_not_open_and_accepted_is_left_alone(facts: tuple[Event, ...]) -> None:
    assert resolve_case_on_mediation(PERFORMED, case_after(*facts)) == []


def test_a_closed_case_is_resolved_all_the_same() -> None:
    case = case_after(*ANSWERED, REFERRED, closed(Outcome.SUPPORTED))
    assert followed(resolve_case_on_mediation(PERFORMED, case), case) == [BY_AGREEMENT]


def test_a_promise_about_another_case_settles_nothing_here() -> None:
    other = PERFORMED.model_copy(update={"case_id": OTHER_CASE})
    of_no_case = PERFORMED.model_copy(update={"case_id": None})
    case = case_after(FILED, REFERRED, ACCEPTED)
    assert resolve_case_on_mediation(other, case) == []
    assert resolve_case_on_mediation(of_no_case, case) == []


def test_only_a_case_that_intake_has_referred_is_settled_by_a_mediation() -> None:
    assert resolve_case_on_mediation(PERFORMED, case_after(FILED, ACCEPTED)) == []


def test_a_committee_of_another_township_than_was_asked_settles_nothing() -> None:
    elsewhere = PERFORMED.model_copy(update={"mediation_id": f"519900102{ID[9:]}"})
    case = case_after(FILED, REFERRED, ACCEPTED)
    assert resolve_case_on_mediation(elsewhere, case) == []


def test_on_which_facts_a_case_is_resolved_is_policy() -> None:
    by_hand = ResolutionPolicy(version="by-hand", resolves_on={})
    case = case_after(FILED, REFERRED, ACCEPTED)
    assert resolve_case_on_mediation(PERFORMED, case, by_hand) == []
    by_court = ResolutionPolicy(
        version="by-court",
        resolves_on={ConfirmationDecided.kind: ResolvedHow.AGREEMENT_PERFORMED},
    )
    assert resolve_case_on_mediation(CONFIRMED, case, by_court) == [RESOLVE]


def test_a_breach_opens_again_what_the_agreement_had_resolved() -> None:
    for facts in ((), (closed(Outcome.MEDIATED),)):
        case = case_after(FILED, REFERRED, ACCEPTED, BY_AGREEMENT, *facts)
        commands = reopen_case_on_agreement_breached(BREACHED, case)
        assert commands == [ReopenCase(reason=ReopenReason.AGREEMENT_BREACHED)]
        after = CASE.fold(followed(commands, case), case)
        assert not after.resolved
        assert reopen_case_on_agreement_breached(BREACHED, after) == []


@pytest.mark.parametrize(
    "facts",
    [(FILED, ACCEPTED), (*ANSWERED, resolved(ResolvedHow.OPINION_ACCEPTED))],
)
def test_a_breach_leaves_a_case_alone_that_no_agreement_resolved(
    facts: tuple[Event, ...],
) -> None:
    assert reopen_case_on_agreement_breached(BREACHED, case_after(*facts)) == []


def test_a_referral_leaves_the_case_as_it_is() -> None:
    case = case_after(FILED, REFERRED, ACCEPTED)
    assert CASE.evolve(case, REFERRED).accepted == ACCEPTED
    assert CASE.evolve(case, REFERRED).state is case.state
