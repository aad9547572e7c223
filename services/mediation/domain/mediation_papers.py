"""The papers of a dispute: each that was filled in is a fact, and a later one may take its place.

A paper binds nobody, so it may be filled in at any time, except a paper about another end after an
agreement was signed. What a paper has to contain is the form's rule. Records refer to a paper by
its digest. Until the signing a paper that no record refers to may be voided, and papers made after
the signing at any time; the paper before it is current again.
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
"""Forms of which a dispute may have more than one current paper."""

OF_AN_END = frozenset({
    PaperForm.AGREEMENT, PaperForm.ORAL_AGREEMENT, PaperForm.TERMINATION_NOTICE,
})  # fmt: skip
"""Forms on the end of a dispute: once an agreement is signed, it is the end."""

AFTERWARDS = frozenset({PaperForm.FOLLOW_UP, PaperForm.CONFIRMATION_REQUEST, PaperForm.COVER})
"""Forms that are filled in when an agreement was signed, and may be taken back all the same."""

Papers = Mapping[str, MediationPaperFilledIn]


def fill_in(command: FillInPaper, mediation: MediationFile) -> list[Event]:
    """Record a paper; no event if it is current already. A replaced paper becomes current again."""
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
    return [] if known in current_papers(mediation.papers) else [filled]


def void_paper(command: VoidPaper, mediation: MediationFile) -> list[Event]:
    """Void a paper, also after an end: it changes nothing else.

    After the signing only a paper of a form in AFTERWARDS, to which nothing signed refers.
    """
    about = mediation.about()
    paper = mediation.papers.get(command.digest)
    if paper is None and _was_voided_so(command, mediation):
        return []
    if mediation.agreement.succeeded and (paper is None or paper.form not in AFTERWARDS):
        raise AgreementIsSigned
    if paper is None:
        raise PaperNotKept(field="digest")
    if command.digest in _referred_to(mediation):
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


def _referred_to(mediation: MediationFile) -> set[str | None]:
    """The digests of papers to which a consent or an end refers."""
    named = {consent.paper_digest for consent in mediation.consents.values()}
    return {*named, mediation.ended.paper_digest} if mediation.ended else named


def refuse_a_signed_form(form: PaperForm, mediation: MediationFile) -> None:
    """Refuse papers about an end once an agreement is signed."""
    if mediation.agreement.succeeded and form in OF_AN_END:
        raise AgreementIsSigned


def current_papers(papers: Papers) -> Sequence[MediationPaperFilledIn]:
    """The last paper of each form, and all papers of the forms in SEVERAL."""
    last = {paper.form: paper for paper in papers.values()}
    return [
        paper for paper in papers.values() if paper.form in SEVERAL or last[paper.form] is paper
    ]


def papers_after(papers: Papers, filled: MediationPaperFilledIn) -> Papers:
    """The papers after one was filled in: it is the last now, whatever its place before."""
    others = {digest: paper for digest, paper in papers.items() if digest != filled.digest}
    return {**others, filled.digest: filled}


def papers_without(papers: Papers, digest: str) -> Papers:
    """The papers after one was voided."""
    return {each: paper for each, paper in papers.items() if each != digest}


def filled_in(
    digest: str, form: PaperForm, mediation: MediationFile, *, field: str = "paper"
) -> MediationPaperFilledIn:
    """The paper of that form to which a command refers; raises PaperNotKept."""
    paper = mediation.papers.get(digest)
    if paper is None or paper.form is not form:
        raise PaperNotKept(field=field)
    return paper


def require_its_notice(digest: str | None, mediation: MediationFile) -> None:
    """Require the named notice that informs the parties of an end, if one is named [M26]."""
    if digest is not None:
        filled_in(digest, PaperForm.TERMINATION_NOTICE, mediation)
