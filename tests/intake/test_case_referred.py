"""A case is referred to mediation: the committee is asked, and nothing else is moved by it."""

from services.intake.domain.case import CASE, CaseNotFound
from services.intake.domain.case.ended import CaseWasWithdrawn
from services.intake.domain.case.referral import (
    AccusationIsNotMediated,
    CommitteeElsewhere,
    ReferCase,
    ReferredOtherwise,
)
from shared.contracts.case_codes import Purpose
from shared.contracts.intake import CaseReferredToMediation
from shared.contracts.mediation_codes import DisputeKind
from shared.testing.given_when_then import Facts
from tests.intake.facts import ACCEPTED, CASE_ID, FILED, MATTER_ID, WITHDRAWN

COMMITTEE = "519900101-0198a5c0-0000-7000-8000-000000000040"
NEXT = "519900102-0198a5c0-0000-7000-8000-000000000041"
FAR = "519901101-0198a5c0-0000-7000-8000-000000000042"
case = Facts(CASE)


def referred(committee_id: str = COMMITTEE) -> CaseReferredToMediation:
    return CaseReferredToMediation(
        case_id=CASE_ID,
        matter_id=MATTER_ID,
        committee_id=committee_id,
        category=FILED.category,
        village_code=FILED.village_code,
    )


def test_a_case_is_referred_before_it_is_accepted_and_after() -> None:
    for facts in ((FILED,), (FILED, ACCEPTED)):
        outcome = case.given(*facts).when(ReferCase(committee_id=COMMITTEE))
        outcome.then(referred())
        assert outcome.state.accepted == (ACCEPTED if ACCEPTED in facts else None)


def test_the_same_committee_is_asked_once_and_another_one_afterwards() -> None:
    asked = case.given(FILED, referred())
    asked.when(ReferCase(committee_id=COMMITTEE)).then()
    asked.when(ReferCase(committee_id=NEXT)).then(referred(NEXT))


def test_what_the_dispute_is_about_is_said_with_the_referral_and_not_told_anew() -> None:
    command = ReferCase(committee_id=COMMITTEE, dispute_kind=DisputeKind.HOUSE_AND_HOMESTEAD)
    about = referred().model_copy(update={"dispute_kind": DisputeKind.HOUSE_AND_HOMESTEAD})
    case.given(FILED).when(command).then(about)
    case.given(FILED, about).when(command).then()
    case.given(FILED, about).when(ReferCase(committee_id=COMMITTEE)).then()
    otherwise = ReferCase(committee_id=COMMITTEE, dispute_kind=DisputeKind.NEIGHBOURS)
    case.given(FILED, about).when(otherwise).then_refused(ReferredOtherwise)
    case.given(FILED, referred()).when(otherwise).then_refused(ReferredOtherwise)


def test_what_is_over_is_not_referred() -> None:
    command = ReferCase(committee_id=COMMITTEE)
    case.given(FILED, WITHDRAWN).when(command).then_refused(CaseWasWithdrawn)
    case.when(command).then_refused(CaseNotFound)


def test_an_accusation_is_not_mediated() -> None:
    accusation = FILED.model_copy(update={"purpose": Purpose.ACCUSATION})
    command = ReferCase(committee_id=COMMITTEE)
    case.given(accusation).when(command).then_refused(AccusationIsNotMediated)


def test_a_committee_of_another_county_is_not_asked() -> None:
    case.given(FILED).when(ReferCase(committee_id=FAR)).then_refused(CommitteeElsewhere)
