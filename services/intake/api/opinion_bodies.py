"""What the routes about opinions take."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from services.intake.api.case_bodies import Act
from services.intake.api.case_papers import Printing
from services.intake.api.service_bodies import Served, ServedLater
from services.intake.domain.opinion_text import Claim, OpinionText, refuse_incomplete, remedy_text
from shared.contracts.case_codes import Measure, OpinionResult, ServiceMethod
from shared.contracts.case_handling_codes import ServiceProof
from shared.http import Body
from shared.vault import Content
from shared.vault.bodies import Name

_Part = Annotated[str, StringConstraints(min_length=1, max_length=10_000)]
"""Where it is blank, the refusal names every part that is missing."""
_ShortPart = Annotated[str, StringConstraints(min_length=1, max_length=2_000)]


class ClaimBody(Body):
    """A claim of the petitioner and the opinion on it."""

    claim: _ShortPart | None = None
    opinion: _Part | None = None


class OpinionBody(Body):
    """The words of the opinion; each part is required [R32], the remedy has a wording of its own.

    `review_unit` is the unit above, to which the petitioner may turn, for that wording.
    """

    claims: Annotated[tuple[ClaimBody, ...], Field(max_length=50, fail_fast=True)] = ()
    facts: _Part | None = None
    reasons: _Part | None = None
    legal_basis: _Part | None = None
    remedy: _ShortPart | None = None
    review_unit: Name | None = None

    def content(self) -> Content:
        """What goes to the vault; raises OpinionLacks with every part that is missing."""
        refuse_incomplete(self._text())
        return self._written()

    def _text(self) -> OpinionText:
        written = self._written()
        claims = [Claim(**each) for each in written.pop("claims")]
        return OpinionText(claims=claims, **written)

    def _written(self) -> dict[str, Any]:
        return {
            "claims": [
                {"claim": each.claim or "", "opinion": each.opinion or ""} for each in self.claims
            ],
            "facts": self.facts or "",
            "reasons": self.reasons or "",
            "legal_basis": self.legal_basis or "",
            "remedy": remedy_text(self.review_unit) if self.remedy is None else self.remedy,
        }


class OpinionIssue(Printing):
    """The handling opinion; its words go to the vault."""

    result: OpinionResult
    measures: Annotated[tuple[Measure, ...], Field(max_length=len(Measure), fail_fast=True)] = ()
    opinion: OpinionBody = OpinionBody()


class IssueOpinionBody(OpinionIssue, Act):
    """The opinion is issued; it is served by another command."""


class ServeOpinionBody(Served, ServedLater):
    """How the opinion reached the petitioner, when, and what proves it."""


class AnswerBody(OpinionIssue, Act):
    """The opinion is issued and handed over on the spot, or a proof of its service is there."""

    method: ServiceMethod
    proof: ServiceProof | None = None
