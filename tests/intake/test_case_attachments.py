"""A file becomes part of a case once, and a closing may rest on it."""

from dataclasses import replace

from services.intake.domain.case import CASE
from services.intake.domain.case.attaching import AttachedOtherwise
from services.intake.domain.case.case_file import about
from services.intake.domain.case.ended import CaseWasVoided
from services.intake.domain.case.evidence import EvidenceNotInRecord
from services.intake.domain.case.origin import Origin
from services.intake.examples import ATTACH, CLOSE
from shared.contracts.attachment_codes import AttachmentOf, MediaType
from shared.contracts.case_codes import Outcome, ReopenReason
from shared.contracts.case_handling import AttachmentAdded
from shared.contracts.case_handling_codes import FilingVoidReason
from shared.contracts.intake import FilingVoided
from shared.testing.given_when_then import Facts
from tests.intake.facts import (
    ACCEPTED,
    ANSWERED,
    CASE_ID,
    CHECKED,
    FILED,
    MATTER_ID,
    OTHER_DIGEST,
    closed,
    reopened,
)

case = Facts(CASE)
ABOUT = about(CASE_ID, MATTER_ID, Origin.OFFICE)
ADDED = AttachmentAdded(
    digest=OTHER_DIGEST,
    media_type=MediaType.JPEG,
    size=81_920,
    of=AttachmentOf.EVIDENCE,
    **ABOUT,
)
ON_IT = replace(CLOSE, evidence=(OTHER_DIGEST,))


def test_a_file_becomes_part_of_the_case() -> None:
    case.given(FILED).when(ATTACH).then(ADDED)


def test_the_same_file_once_more_says_nothing_new() -> None:
    case.given(FILED, ADDED).when(ATTACH).then_nothing()


def test_a_file_is_not_attached_as_two_things() -> None:
    case.given(FILED, ADDED).when(replace(ATTACH, of=AttachmentOf.PETITION)).then_refused(
        AttachedOtherwise
    )


def test_after_the_closing_a_file_is_added_for_a_review() -> None:
    case.given(*ANSWERED, closed(Outcome.SUPPORTED)).when(ATTACH).then(ADDED)


def test_a_void_registration_takes_no_file() -> None:
    void = FilingVoided(why=FilingVoidReason.REGISTERED_TWICE, **ABOUT)
    case.given(FILED, void).when(ATTACH).then_refused(CaseWasVoided)


def test_a_closing_rests_on_an_attachment() -> None:
    case.given(*ANSWERED, ADDED, *CHECKED).when(ON_IT).then(
        closed(Outcome.SUPPORTED, evidence=(OTHER_DIGEST,))
    )


def test_a_file_that_was_not_attached_is_no_evidence() -> None:
    case.given(*ANSWERED, *CHECKED).when(ON_IT).then_refused(EvidenceNotInRecord)


def test_a_reopened_case_keeps_its_files() -> None:
    again = reopened(ReopenReason.NEW_FACTS)
    case.given(FILED, ACCEPTED, ADDED, closed(Outcome.SUPPORTED), again).when(
        ATTACH
    ).then_nothing()
