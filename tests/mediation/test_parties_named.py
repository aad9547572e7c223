"""Who is on a side is found out before they agree, and stays on record if they never do."""

from dataclasses import replace

import pytest

from services.mediation.domain.mediation import MEDIATION, MediationCommand
from services.mediation.domain.mediation_commands import NameParties
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.mediation_refusals import (
    AgreementIsSigned,
    MediationNotFound,
    PartiesHaveAgreed,
    PartyMissingFromConsent,
    PartyOnBothSides,
)
from services.mediation.examples import (
    APPLICANT,
    APPLY,
    CONSENT,
    HER_BROTHER,
    MATTER_ID,
    MEDIATION_ID,
    NAME_PARTIES,
    PROACTIVE,
    REFUSE,
    RESPONDENT,
    TERMINATE,
    VOID_CONSENT,
)
from shared.contracts.mediation import (
    MediationConsented,
    MediationOpened,
    MediationPartiesNamed,
)
from shared.contracts.mediation_codes import PartySide
from shared.testing.given_when_then import Facts
from tests.mediation.facts import APPLIED, OPENED, SIGNED, facts_of

mediation = Facts(MEDIATION)
NOBODY = replace(NAME_PARTIES, parties=())
HIM, BROTHER_ONLY = (replace(NAME_PARTIES, parties=(who,)) for who in (RESPONDENT, HER_BROTHER))


def respondents(after: MediationFile) -> tuple[str, ...]:
    return after.parties_of(PartySide.RESPONDENT)


def test_people_are_on_record_before_anybody_has_agreed() -> None:
    outcome = mediation.given(*facts_of(PROACTIVE)).when(NAME_PARTIES)
    outcome.then(
        MediationPartiesNamed(
            mediation_id=MEDIATION_ID,
            matter_id=MATTER_ID,
            side=PartySide.RESPONDENT,
            parties=(RESPONDENT, HER_BROTHER),
        )
    )
    outcome.then_state(lambda it: respondents(it) == (RESPONDENT, HER_BROTHER))
    outcome.then_state(lambda it: not it.consents)


@pytest.mark.parametrize(
    ("happened", "command"),
    [
        ((PROACTIVE, NAME_PARTIES), NAME_PARTIES),
        ((APPLY,), HIM),
        ((PROACTIVE,), NOBODY),
        ((APPLY, CONSENT), HIM),
    ],
)
def test_who_is_on_record_already_is_not_named_again(
    happened: tuple[MediationCommand, ...], command: NameParties
) -> None:
    mediation.given(*facts_of(*happened)).when(command).then_nothing()


def test_the_last_naming_counts_and_naming_nobody_takes_it_back() -> None:
    happened = facts_of(APPLY, NAME_PARTIES, BROTHER_ONLY)
    assert respondents(MEDIATION.fold(happened)) == (HER_BROTHER,)
    outcome = mediation.given(*happened).when(NOBODY)
    outcome.then_kinds(MediationPartiesNamed)
    outcome.then_state(lambda it: respondents(it) == (RESPONDENT,))


def test_a_side_agrees_when_all_do_who_were_named() -> None:
    happened = facts_of(APPLY, NAME_PARTIES)
    mediation.given(*happened).when(CONSENT).then_refused(PartyMissingFromConsent, field="parties")
    both = replace(CONSENT, parties=(HER_BROTHER, RESPONDENT))
    mediation.given(*happened).when(both).then_kinds(MediationConsented, MediationOpened)


def test_who_was_taken_for_a_party_by_mistake_need_not_agree() -> None:
    happened = facts_of(APPLY, BROTHER_ONLY)
    command = replace(CONSENT, parties=(HER_BROTHER,))
    mediation.given(*happened).when(command).then_kinds(MediationConsented, MediationOpened)


def test_nobody_is_named_for_one_side_who_is_on_the_other() -> None:
    her = replace(NAME_PARTIES, parties=(APPLICANT,))
    mediation.given(*APPLIED).when(her).then_refused(PartyOnBothSides)
    he_is_named = facts_of(PROACTIVE, NAME_PARTIES)
    he_agrees = replace(CONSENT, side=PartySide.APPLICANT)
    mediation.given(*he_is_named).when(he_agrees).then_refused(PartyOnBothSides)


def test_the_application_does_not_come_back_with_somebody_who_is_on_the_other_side_now() -> None:
    applicants = replace(HIM, side=PartySide.APPLICANT)
    against_him = replace(PROACTIVE, respondents=(RESPONDENT,))
    happened = facts_of(against_him, BROTHER_ONLY, applicants)
    mediation.given(*happened).when(NOBODY).then_refused(PartyOnBothSides)


def test_who_agreed_is_not_exchanged_for_others() -> None:
    mediation.given(*OPENED).when(NAME_PARTIES).then_refused(PartiesHaveAgreed, side="respondent")
    mediation.given(*SIGNED).when(NAME_PARTIES).then_refused(AgreementIsSigned)


def test_once_a_consent_is_taken_back_others_may_be_named() -> None:
    happened = facts_of(APPLY, CONSENT, VOID_CONSENT)
    mediation.given(*happened).when(BROTHER_ONLY).then_kinds(MediationPartiesNamed)


@pytest.mark.parametrize("end", [REFUSE, TERMINATE])
def test_after_a_no_they_stay_on_record_and_may_still_be_named(end: MediationCommand) -> None:
    ended = facts_of(PROACTIVE, HIM, end)
    assert respondents(MEDIATION.fold(ended)) == (RESPONDENT,)
    outcome = mediation.given(*ended).when(NAME_PARTIES)
    outcome.then_kinds(MediationPartiesNamed)
    before = MEDIATION.fold(ended)
    outcome.then_state(lambda it: it.state is before.state)


def test_nobody_is_named_in_a_dispute_that_nobody_knows() -> None:
    mediation.when(NAME_PARTIES).then_refused(MediationNotFound)
