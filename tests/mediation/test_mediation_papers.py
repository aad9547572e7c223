"""Papers are facts: each that was filled in is known by its digest, and others rest on it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.mediation.domain.mediation import MEDIATION, MediationCommand
from services.mediation.domain.mediation_commands import (
    FailMediation,
    FillInPaper,
    RefuseMediation,
)
from services.mediation.domain.mediation_papers import (
    AFTERWARDS,
    OF_AN_END,
    SEVERAL,
    current_papers,
)
from services.mediation.domain.mediation_refusals import (
    AgreementIsSigned,
    ConsentOnPaperIsInWriting,
    MediationNotFound,
    PaperFilledInOtherwise,
    PaperNotKept,
    RecordRestsOnPaper,
)
from services.mediation.examples import (
    APPLY,
    CONSENT,
    DIGEST,
    FAIL,
    FILL_IN,
    MATTER_ID,
    MEDIATION_ID,
    OTHER_DIGEST,
    REFUSE,
    SIGN,
    SIGNED_ON,
    TERMINATE,
    VOID_CONSENT,
    VOID_END,
    VOID_PAPER,
    WITHDRAW,
)
from services.mediation.papers import FORMS
from shared.contracts.mediation import (
    MediationConsented,
    MediationFailed,
    MediationOpened,
    MediationPaperFilledIn,
    MediationPaperVoided,
    MediationRefused,
    MediationTerminated,
)
from shared.contracts.mediation_codes import ConsentHow, PaperForm, VoidReason
from shared.testing.given_when_then import Facts
from tests.mediation.facts import APPLIED, IN_SESSION_BY, OPENED, PERFORMED, facts_of

mediation = Facts(MEDIATION)
CORRECTED = replace(FILL_IN, digest=OTHER_DIGEST)
CONSENT_FORM = replace(FILL_IN, form=PaperForm.CONSENT, number=None)
NOTICE = replace(FILL_IN, form=PaperForm.TERMINATION_NOTICE)


def filled(command: FillInPaper) -> MediationPaperFilledIn:
    return MediationPaperFilledIn(
        mediation_id=MEDIATION_ID,
        matter_id=MATTER_ID,
        form=command.form,
        digest=command.digest,
        dated=command.dated,
        number=command.number,
    )


def test_every_form_has_its_code_and_its_title_as_label() -> None:
    assert {form.value: form.label for form in PaperForm} == {
        form.id: form.zh for form in FORMS.values()
    }
    assert list(PaperForm) == list(FORMS)


def test_a_paper_that_is_filled_in_is_a_fact_that_moves_nothing() -> None:
    follow_up = replace(FILL_IN, form=PaperForm.FOLLOW_UP, number=None)
    for facts, command in ((APPLIED, FILL_IN), (OPENED, FILL_IN), (PERFORMED, follow_up)):
        before = MEDIATION.fold(facts)
        outcome = mediation.given(*facts).when(command)
        outcome.then(filled(command))
        assert outcome.state.state is before.state
        assert outcome.state.version == before.version + 1


def test_an_agreement_that_is_signed_is_not_written_anew_nor_another_end_told() -> None:
    for form in (PaperForm.AGREEMENT, PaperForm.ORAL_AGREEMENT, PaperForm.TERMINATION_NOTICE):
        command = replace(FILL_IN, form=form)
        mediation.given(*PERFORMED).when(command).then_refused(AgreementIsSigned)


def test_nobody_fills_in_a_paper_of_a_dispute_that_nobody_applied_for() -> None:
    mediation.when(FILL_IN).then_refused(MediationNotFound)


def test_the_same_paper_is_filled_in_once_while_it_stands() -> None:
    mediation.given(*facts_of(APPLY, FILL_IN)).when(FILL_IN).then_nothing()
    several = replace(FILL_IN, form=PaperForm.SESSION_RECORD, number=None)
    another = replace(several, digest=OTHER_DIGEST)
    mediation.given(*facts_of(APPLY, several, another)).when(several).then_nothing()


def test_a_corrected_paper_takes_the_place_of_the_first_until_that_takes_it_back() -> None:
    twice = mediation.given(*facts_of(APPLY, FILL_IN, CORRECTED))
    outcome = twice.when(FILL_IN)
    outcome.then(filled(FILL_IN))
    assert list(current_papers(outcome.state.papers)) == [filled(FILL_IN)]


def test_what_a_paper_was_recorded_with_is_not_told_otherwise() -> None:
    other = replace(FILL_IN, number="2025-8")
    mediation.given(*facts_of(APPLY, FILL_IN)).when(other).then_refused(PaperFilledInOtherwise)


def test_a_consent_in_writing_names_the_paper_that_was_signed() -> None:
    on_paper = replace(CONSENT, paper=DIGEST)
    asked = mediation.given(*facts_of(APPLY, CONSENT_FORM))
    outcome = asked.when(on_paper)
    outcome.then_kinds(MediationConsented, MediationOpened)
    [consented, _] = outcome.events
    assert isinstance(consented, MediationConsented)
    assert consented.paper_digest == DIGEST
    asked.when(replace(on_paper, paper=OTHER_DIGEST)).then_refused(PaperNotKept, field="paper")
    orally = replace(on_paper, how=ConsentHow.ORALLY)
    asked.when(orally).then_refused(ConsentOnPaperIsInWriting)
    other_form = mediation.given(*facts_of(APPLY, FILL_IN))
    other_form.when(on_paper).then_refused(PaperNotKept)


ENDS = (
    ((APPLY,), REFUSE),
    ((APPLY,), WITHDRAW),
    ((APPLY, CONSENT), WITHDRAW),
    ((APPLY, CONSENT), TERMINATE),
    ((APPLY, CONSENT), FAIL),
)
"""How a mediation ends without an agreement, and what comes before."""


@pytest.mark.parametrize(("before", "end"), ENDS)
def test_an_end_names_the_notice_that_the_parties_were_given(
    before: Sequence[MediationCommand], end: RefuseMediation | FailMediation
) -> None:
    command = replace(end, paper=DIGEST)
    told = mediation.given(*facts_of(*before, NOTICE)).when(command)
    ended = told.events[-1]
    assert isinstance(ended, MediationRefused | MediationFailed | MediationTerminated)
    assert ended.paper_digest == DIGEST
    mediation.given(*facts_of(*before, NOTICE, command)).when(command).then_nothing()
    unnoticed = mediation.given(*facts_of(*before, FILL_IN))
    unnoticed.when(command).then_refused(PaperNotKept, field="paper")


def test_a_paper_is_taken_back_once_and_may_be_filled_in_again() -> None:
    for before in ((APPLY,), (APPLY, CONSENT), (APPLY, CONSENT, FAIL)):
        kept = mediation.given(*facts_of(*before, FILL_IN))
        outcome = kept.when(VOID_PAPER)
        outcome.then_kinds(MediationPaperVoided)
        assert outcome.state.papers == {}
        gone = mediation.given(*facts_of(*before, FILL_IN, VOID_PAPER))
        gone.when(VOID_PAPER).then_nothing()
        gone.when(FILL_IN).then(filled(FILL_IN))


def test_what_was_never_filled_in_is_not_taken_back() -> None:
    other = replace(VOID_PAPER, digest=OTHER_DIGEST)
    mediation.given(*facts_of(APPLY, FILL_IN)).when(other).then_refused(
        PaperNotKept, field="digest"
    )
    gone = mediation.given(*facts_of(APPLY, FILL_IN, VOID_PAPER))
    gone.when(replace(VOID_PAPER, reason=VoidReason.OTHERWISE_IN_FACT)).then_refused(PaperNotKept)
    mediation.when(VOID_PAPER).then_refused(MediationNotFound)


def test_a_paper_that_had_been_replaced_stands_again_when_the_later_one_is_taken_back() -> None:
    both = mediation.given(*facts_of(APPLY, FILL_IN, CORRECTED))
    later = both.when(replace(VOID_PAPER, digest=OTHER_DIGEST))
    assert list(current_papers(later.state.papers)) == [filled(FILL_IN)]
    earlier = both.when(VOID_PAPER)
    assert list(current_papers(earlier.state.papers)) == [filled(CORRECTED)]


def test_a_paper_on_which_a_consent_or_an_end_rests_is_taken_back_after_it() -> None:
    on_paper = replace(CONSENT, paper=DIGEST)
    consented = (APPLY, CONSENT_FORM, on_paper)
    mediation.given(*facts_of(*consented)).when(VOID_PAPER).then_refused(RecordRestsOnPaper)
    freed = mediation.given(*facts_of(*consented, VOID_CONSENT))
    freed.when(VOID_PAPER).then_kinds(MediationPaperVoided)
    for before, end in ENDS:
        ended = (*before, NOTICE, replace(end, paper=DIGEST))
        mediation.given(*facts_of(*ended)).when(VOID_PAPER).then_refused(RecordRestsOnPaper)
        freed = mediation.given(*facts_of(*ended, VOID_END))
        freed.when(VOID_PAPER).then_kinds(MediationPaperVoided)


def test_nothing_rests_on_a_paper_that_was_taken_back() -> None:
    gone = mediation.given(*facts_of(APPLY, CONSENT_FORM, VOID_PAPER))
    gone.when(replace(CONSENT, paper=DIGEST)).then_refused(PaperNotKept)


@pytest.mark.parametrize("form", set(PaperForm) - OF_AN_END)
def test_after_the_signing_only_what_is_made_then_is_taken_back(form: PaperForm) -> None:
    later = replace(FILL_IN, form=form, digest=OTHER_DIGEST, number=None)
    signed = mediation.given(*facts_of(*IN_SESSION_BY, FILL_IN, SIGN, later))
    for digest in (DIGEST, "c" * 64):
        signed.when(replace(VOID_PAPER, digest=digest)).then_refused(AgreementIsSigned)
    command = replace(VOID_PAPER, digest=OTHER_DIGEST)
    if form in AFTERWARDS:
        signed.when(command).then_kinds(MediationPaperVoided)
        mediation.given(*facts_of(*IN_SESSION_BY, FILL_IN, SIGN, later, command)).when(
            command
        ).then_nothing()
    else:
        signed.when(command).then_refused(AgreementIsSigned)


papers = st.builds(
    FillInPaper,
    form=st.sampled_from([PaperForm.AGREEMENT, PaperForm.FOLLOW_UP, PaperForm.COVER]),
    digest=st.sampled_from([character * 64 for character in "abcdef"]),
    dated=st.just(SIGNED_ON),
)


@given(st.lists(papers, max_size=12))
def test_the_last_paper_of_each_form_stands_and_none_is_forgotten(
    issued: list[FillInPaper],
) -> None:
    state = MEDIATION.fold(APPLIED)
    form_of: dict[str, PaperForm] = {}
    last: dict[PaperForm, str] = {}
    for command in issued:
        if form_of.setdefault(command.digest, command.form) is not command.form:
            continue
        state = MEDIATION.fold(MEDIATION.decide(command, state), state)
        last[command.form] = command.digest
    assert {digest: paper.form for digest, paper in state.papers.items()} == form_of
    current = current_papers(state.papers)
    single = {paper.form: paper.digest for paper in current if paper.form not in SEVERAL}
    assert single == {form: digest for form, digest in last.items() if form not in SEVERAL}
    assert {paper.digest for paper in current if paper.form in SEVERAL} == {
        digest for digest, form in form_of.items() if form in SEVERAL
    }
