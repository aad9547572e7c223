"""The papers of a dispute: each that was filled in is a fact, and a later one may take its place.

A paper binds nobody, so there is no moment at which one may not be filled in, but for one that tells
of an end after an agreement was signed: what a form needs is asked for by the form. What rests on a paper names it by its digest.
Until the signing a paper that nothing rests on may be taken back, and one that is made afterwards
at any time; the one before it stands again.
"""

from collections.abc import Mapping, Sequence

from services.mediation.domain.mediation_commands import FillInPaper
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.mediation_refusals import (
    AgreementIsSigned,
    PaperFilledInOtherwise,
    PaperNotKept,
    RecordRestsOnPaper,
)
from services.mediation.domain.void_commands import VoidPaper
from shared.contracts.event import Event
from shared.contracts.mediation import (
    MediationPaperFilledIn,
    MediationPaperVoided,
)
from shared.contracts.mediation_codes import PaperForm

SEVERAL = frozenset({PaperForm.SESSION_RECORD, PaperForm.FOLLOW_UP})
"""Forms of which a dispute may have more than one paper that stands."""

OF_AN_END = frozenset({
    PaperForm.AGREEMENT, PaperForm.ORAL_AGREEMENT, PaperForm.TERMINATION_NOTICE,
})  # fmt: skip
"""Forms that tell how a dispute ended: once an agreement is signed, it ended by that."""

AFTERWARDS = frozenset({PaperForm.FOLLOW_UP, PaperForm.CONFIRMATION_REQUEST, PaperForm.COVER})
"""Forms that are filled in when an agreement was signed, and may be taken back all the same."""

Papers = Mapping[str, MediationPaperFilledIn]


def fill_in(command: FillInPaper, mediation: MediationFile) -> list[Event]:
    """Nothing where just this paper stands; one that another had replaced takes its place back."""
    filled = MediationPaperFilledIn(
        form=command.form,
        digest=command.digest,
        dated=command.dated,
        number=command.number,
        **mediation.about(),
    )
    refuse_a_signed_form(command.form, mediation)
    known = mediation.papers.get(command.digest)
    if known and known != filled:
        raise PaperFilledInOtherwise
    return [] if known in standing(mediation.papers) else [filled]


def void_paper(command: VoidPaper, mediation: MediationFile) -> list[Event]:
    """Take a paper back, after an end too: it moves nothing.

    After the signing only what is filled in after it, which nothing that was signed rests on.
    """
    about = mediation.about()
    paper = mediation.papers.get(command.digest)
    if paper is None and _was_voided_so(command, mediation):
        return []
    if mediation.agreement.succeeded and (paper is None or paper.form not in AFTERWARDS):
        raise AgreementIsSigned
    if paper is None:
        raise PaperNotKept(field="digest")
    if command.digest in _rested_on(mediation):
        raise RecordRestsOnPaper
    return [
        MediationPaperVoided(
            form=paper.form, digest=command.digest, reason=command.reason, **about
        )
    ]


def _was_voided_so(command: VoidPaper, mediation: MediationFile) -> bool:
    return any(
        isinstance(each, MediationPaperVoided)
        and (each.digest, each.reason) == (command.digest, command.reason)
        for each in mediation.voided
    )


def _rested_on(mediation: MediationFile) -> set[str | None]:
    """The digests of the papers by which a consent was given or an end was told."""
    named = {consent.paper_digest for consent in mediation.consents.values()}
    return {*named, mediation.ended.paper_digest} if mediation.ended else named


def refuse_a_signed_form(form: PaperForm, mediation: MediationFile) -> None:
    """An agreement that is signed is not written anew, and no notice tells of another end."""
    if mediation.agreement.succeeded and form in OF_AN_END:
        raise AgreementIsSigned


def standing(papers: Papers) -> Sequence[MediationPaperFilledIn]:
    """Of each form the last one, but all of those forms of which there may be several."""
    last = {paper.form: paper for paper in papers.values()}
    return [
        paper for paper in papers.values() if paper.form in SEVERAL or last[paper.form] is paper
    ]


def papers_after(papers: Papers, filled: MediationPaperFilledIn) -> Papers:
    """The papers after a fact about one: it is the last now, wherever it stood before."""
    others = {digest: paper for digest, paper in papers.items() if digest != filled.digest}
    return {**others, filled.digest: filled}


def papers_without(papers: Papers, digest: str) -> Papers:
    """The papers after one was taken back."""
    return {each: paper for each, paper in papers.items() if each != digest}


def filled_in(
    digest: str, form: PaperForm, mediation: MediationFile, *, field: str = "paper"
) -> MediationPaperFilledIn:
    """The paper of that form on which something rests; PaperNotKept where there is none."""
    paper = mediation.papers.get(digest)
    if paper is None or paper.form is not form:
        raise PaperNotKept(field=field)
    return paper


def require_its_notice(digest: str | None, mediation: MediationFile) -> None:
    """The notice by which the parties were told of an end, where one is named [M26]."""
    if digest is not None:
        filled_in(digest, PaperForm.TERMINATION_NOTICE, mediation)
