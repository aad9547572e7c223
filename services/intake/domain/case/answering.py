"""答复 (answering): the office by an opinion that is served, an older register by a bare reply."""

from dataclasses import dataclass

from services.intake.domain.case.acceptance import refuse_unless_accepted
from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.ended import refuse_if_ended
from services.intake.domain.case.origin import NotStatedOnlyByImport, Origin
from shared.contracts.case_codes import Measure, OpinionResult, ServiceMethod
from shared.contracts.event import Event
from shared.contracts.intake import CaseReplied, OpinionIssued, OpinionServed
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCase:
    """The handling opinion is issued and served [R32]."""

    result: OpinionResult
    measures: tuple[Measure, ...]
    method: ServiceMethod
    opinion_digest: str | None = None
    origin: Origin = Origin.OFFICE


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyToCase:
    """An answer stated by an older register; the office itself answers by an opinion."""

    reply_digest: str
    origin: Origin


class CaseAnsweredOtherwise(Refusal):
    """Another opinion was served; a new one needs the case to be reopened."""

    title = "The case was answered otherwise"


class ReplyOnlyByImport(Refusal):
    """The office answers by an opinion; a bare reply comes from an older register only."""

    title = "A reply comes from an older register only"


class CaseRepliedOtherwise(Refusal):
    """The register stated another reply before."""

    title = "The case was replied to otherwise"


def answer(command: AnswerCase, case: CaseFile) -> list[Event]:
    """The opinion is issued and served in one decision, on an open case that was accepted."""
    about = case.about(command.origin)
    result, measures = command.result, command.measures
    issued = OpinionIssued(
        result=result, measures=measures, opinion_digest=command.opinion_digest, **about
    )
    served = OpinionServed(result=result, measures=measures, method=command.method, **about)
    if case.holds(issued) and case.holds(served):
        return []
    refuse_if_ended(case)
    if case.served:
        raise CaseAnsweredOtherwise
    refuse_unless_accepted(case)
    if command.origin is Origin.OFFICE and command.method is ServiceMethod.NOT_STATED:
        raise NotStatedOnlyByImport(field="method")
    return [issued, served]


def reply(command: ReplyToCase, case: CaseFile) -> list[Event]:
    """A register may state one reply, at any point of the case's life."""
    if command.origin is Origin.OFFICE:
        raise ReplyOnlyByImport
    replied = CaseReplied(reply_digest=command.reply_digest, **case.about(command.origin))
    if case.holds(replied):
        return []
    if case.replied:
        raise CaseRepliedOtherwise
    return [replied]
