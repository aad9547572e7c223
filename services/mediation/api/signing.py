"""What is signed: the paper that was printed, or the text as an older record has it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from services.mediation.api.context import MediationContext
from services.mediation.domain.agreement_commands import Legality, Override
from services.mediation.domain.agreement_signing import REQUIRED_PARTS
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.mediation_guards import require_application
from services.mediation.domain.mediation_papers import filled_in
from services.mediation.papers import STATED_NUMBER
from services.mediation.store import paper_number
from services.mediation.store.vault_files import EntryKind, file_of
from shared.contracts.agreement_codes import (
    AgreementForm,
    AgreementPart,
    LegalityPoint,
    OverrideReason,
    StatusMatter,
)
from shared.contracts.mediation_codes import PaperForm
from shared.contracts.words import Digest, PostRef
from shared.divisions import Identifier
from shared.http import Body, EachOnce
from shared.ledger import Statement
from shared.office.occurrence_time import Day, ReportedLater
from shared.vault import Entry
from shared.vault.bodies import Narrative

FORM_OF = {
    AgreementForm.WRITTEN: PaperForm.AGREEMENT,
    AgreementForm.ORAL: PaperForm.ORAL_AGREEMENT,
}


class OverrideBody(Body):
    """Why it is signed in spite of an objection, and the post that answers for it."""

    reason: OverrideReason
    by: PostRef


class LegalityBody(Body):
    """The legality check list: the points checked, and the objections."""

    checked: Annotated[
        frozenset[LegalityPoint], Field(max_length=len(LegalityPoint), fail_fast=True), EachOnce
    ]
    objections: Annotated[
        frozenset[LegalityPoint], Field(max_length=len(LegalityPoint), fail_fast=True), EachOnce
    ] = frozenset()
    override: OverrideBody | None = None

    def as_checked(self) -> Legality:
        """As the rules take it."""
        override = None
        if self.override is not None:
            override = Override(reason=self.override.reason, by=self.override.by)
        return Legality(checked=self.checked, objections=self.objections, override=override)


class SignBody(ReportedLater):
    """The agreement: `paper` is the digest of the one that was printed and signed by hand.

    An older record may give its `text` instead, and the number that it bears; without one the
    committee's next is given. The n-th day of `instalments` is that on which the n-th is due; of
    a paper they are those that stand on it, and need to be stated only where it names no days
    (none, `[]`: nothing is due on any day). Without `happened_on` it was signed on the day that
    the paper bears.
    """

    form: AgreementForm
    mediator_id: Identifier
    legality: LegalityBody
    instalments: Annotated[tuple[Day, ...], Field(max_length=1_000, fail_fast=True)] | None = None
    paper: Digest | None = None
    text: Narrative | None = None
    number: Annotated[str, STATED_NUMBER] | None = None
    parts: (
        Annotated[
            frozenset[AgreementPart],
            Field(max_length=len(AgreementPart), fail_fast=True),
            EachOnce,
        ]
        | None
    ) = None
    """Which parts a text has; a paper that was printed has all that its form requires."""
    status_matters: Annotated[
        frozenset[StatusMatter], Field(max_length=len(StatusMatter), fail_fast=True), EachOnce
    ] = frozenset()
    agreement_id: Identifier | None = None

    @model_validator(mode="after")
    def _paper_or_text(self) -> Self:
        if (self.paper is None) is (self.text is None):
            raise ValueError("Either paper or text is given")
        if self.paper and (self.number or self.parts):
            raise ValueError("The paper has its number and its parts")
        if self.text and self.parts is None:
            raise ValueError("A text is told with its parts")
        return self


@dataclass(frozen=True)
class Signed:
    """What the event says of it, and what goes to the vault."""

    digest: str
    number: str | None
    entries: tuple[Entry, ...] = ()
    numbering: Sequence[Statement] = ()


def signed_parts(body: SignBody) -> frozenset[AgreementPart]:
    """The parts that the agreement has."""
    return REQUIRED_PARTS[body.form] if body.parts is None else body.parts


async def signed_text(
    context: MediationContext, body: SignBody, mediation: MediationFile, *, on: date
) -> Signed:
    """The recorded paper, or the text for the vault; raises PaperNotKept."""
    office, scope = context.office, context.actor.scope
    applied = require_application(mediation)
    if body.paper is not None:
        paper = filled_in(body.paper, FORM_OF[body.form], mediation)
        return Signed(paper.digest, paper.number)
    file = await file_of(office.vault, scope, context.stream_id)
    entry = file.entry(EntryKind.AGREEMENT, {"text": body.text})
    committee_id, mediation_id = applied.committee_id, applied.mediation_id
    if body.number is not None:
        numbering = await paper_number.stated(
            office.pool, committee_id=committee_id, mediation_id=mediation_id, number=body.number
        )
        return Signed(entry.digest, body.number, (entry,), numbering)
    if AgreementPart.NUMBER not in signed_parts(body):
        return Signed(entry.digest, None, (entry,))
    number = await paper_number.take(
        office.pool,
        committee_id=committee_id,
        year=on.year,
        paper_id=paper_number.paper_id(FORM_OF[body.form], mediation_id),
    )
    return Signed(entry.digest, number, (entry,))
