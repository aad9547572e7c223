"""答复 (answering): an opinion is issued and reaches the petitioner; an older register may state less.

Only an opinion that was served answers a case. One that is not sent yet may be replaced by
another; one that was served is replaced after the case was reopened.
"""

from dataclasses import dataclass
from datetime import date

from services.intake.domain.case.acceptance import refuse_unless_accepted
from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.document_status import DocumentStatus
from services.intake.domain.case.ended import refuse_if_ended
from services.intake.domain.case.origin import Origin
from services.intake.domain.case.service_of_documents import (
    Service,
    refuse_before,
    refuse_unproven,
)
from shared.contracts.case_codes import Measure, OpinionResult, ServiceMethod
from shared.contracts.case_handling_codes import DocumentKind, ServiceProof
from shared.contracts.event import Event
from shared.contracts.intake import CaseReplied, OpinionIssued, OpinionServed
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueOpinion:
    """出具处理意见书: the handling opinion is signed off; its text is in the vault [R32]."""

    result: OpinionResult
    measures: tuple[Measure, ...]
    opinion_digest: str | None
    document_number: str | None = None
    paper_digest: str | None = None
    text_mark: str | None = None
    origin: Origin = Origin.OFFICE


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOpinion:
    """送达: the opinion that was issued has reached the petitioner."""

    service: Service


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCase:
    """The handling opinion is issued and served in one act on the spot [R32]."""

    result: OpinionResult
    measures: tuple[Measure, ...]
    method: ServiceMethod
    opinion_digest: str | None = None
    proof: ServiceProof | None = None
    served_on: date | None = None
    document_number: str | None = None
    paper_digest: str | None = None
    text_mark: str | None = None
    origin: Origin = Origin.OFFICE

    @property
    def issue(self) -> IssueOpinion:
        """The first half of the act."""
        return IssueOpinion(
            result=self.result,
            measures=self.measures,
            opinion_digest=self.opinion_digest,
            document_number=self.document_number,
            paper_digest=self.paper_digest,
            text_mark=self.text_mark,
            origin=self.origin,
        )

    @property
    def service(self) -> Service:
        """The second half of the act."""
        return Service(method=self.method, proof=self.proof, served_on=self.served_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyToCase:
    """An answer stated by an older register; the office itself answers by an opinion."""

    reply_digest: str
    origin: Origin
    text_mark: str | None = None


class CaseAnsweredOtherwise(Refusal):
    """Another opinion was served; a new one needs the case to be reopened."""

    title = "The case was answered otherwise"


class OpinionNotIssued(Refusal):
    """No opinion on this case was issued yet."""

    title = "The opinion is not issued"


class OpinionSentAlready(Refusal):
    """The opinion was dispatched to the petitioner and is not replaced any more."""

    title = "The opinion was sent already"


class OpinionWithoutText(Refusal):
    """An opinion has a text: claims, facts, reasons, opinion, legal basis and remedy [R32]."""

    status = 422
    title = "The opinion has no text"


class ReplyOnlyByImport(Refusal):
    """The office answers by an opinion; a bare reply comes from an older register only."""

    title = "A reply comes from an older register only"


class CaseRepliedOtherwise(Refusal):
    """The register stated another reply before."""

    title = "The case was replied to otherwise"


def issue_opinion(command: IssueOpinion, case: CaseFile) -> list[Event]:
    """On an open case that was accepted; replaces one that was not sent yet."""
    issued = _issued(command, case)
    if case.holds(issued):
        return []
    _refuse_unless_answerable(case)
    if _status(case).dispatched:
        raise OpinionSentAlready
    if command.opinion_digest is None and command.origin is Origin.OFFICE:
        raise OpinionWithoutText(field="opinion")
    return [issued]


def serve_opinion(command: ServeOpinion, case: CaseFile) -> list[Event]:
    """What was issued, on an open case."""
    case.about(Origin.OFFICE)
    if case.issued is None:
        raise OpinionNotIssued
    served = _served(case.issued, command.service, case, Origin.OFFICE)
    if case.holds(served):
        return []
    _refuse_unless_answerable(case)
    refuse_unproven(command.service)
    refuse_before(_status(case).issued_on, command.service.served_on or case.on)
    return [served]


def answer(command: AnswerCase, case: CaseFile) -> list[Event]:
    """The opinion is issued and served in one decision, on an open case that was accepted."""
    issued = _issued(command.issue, case)
    served = _served(issued, command.service, case, command.origin)
    if case.holds(issued) and case.holds(served):
        return []
    _refuse_unless_answerable(case)
    events = issue_opinion(command.issue, case)
    if command.origin is Origin.OFFICE:
        refuse_unproven(command.service)
        issued_on = case.on if events else _status(case).issued_on
        refuse_before(issued_on, command.service.served_on or case.on)
    return [*events, served]


def reply(command: ReplyToCase, case: CaseFile) -> list[Event]:
    """A register may state one reply, at any point of the case's life."""
    if command.origin is Origin.OFFICE:
        raise ReplyOnlyByImport
    replied = CaseReplied(
        reply_digest=command.reply_digest,
        text_mark=command.text_mark,
        **case.about(command.origin),
    )
    if case.holds(replied):
        return []
    if case.replied:
        raise CaseRepliedOtherwise
    return [replied]


def _refuse_unless_answerable(case: CaseFile) -> None:
    refuse_if_ended(case)
    if case.served:
        raise CaseAnsweredOtherwise
    refuse_unless_accepted(case)


def _status(case: CaseFile) -> DocumentStatus:
    return case.proceedings.documents.get(DocumentKind.OPINION, DocumentStatus())


def _issued(command: IssueOpinion, case: CaseFile) -> OpinionIssued:
    return OpinionIssued(
        result=command.result,
        measures=command.measures,
        opinion_digest=command.opinion_digest,
        document_number=command.document_number,
        paper_digest=command.paper_digest,
        text_mark=command.text_mark,
        **case.about(command.origin),
    )


def _served(
    issued: OpinionIssued, service: Service, case: CaseFile, origin: Origin
) -> OpinionServed:
    return OpinionServed(
        result=issued.result,
        measures=issued.measures,
        method=service.method,
        proof=service.proof,
        served_on=service.served_on,
        **case.about(origin),
    )
