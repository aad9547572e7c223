"""A case: filed once, taken by one handler, answered by a served opinion, ended in the open.

  unfiled ─ CaseFiled ─► filed ─ CaseAccepted ─► accepted ─ OpinionIssued + OpinionServed ─► answered
                           │                        │                                          │
    CaseForwarded, by import CaseReplied            ├──────────────── CaseResolved ────────────┤
                           │                        │                                          │
                           └────────────────────────┴─ CaseWithdrawn | CaseDiverted | CaseLinked
                                                                          │
           (the acceptance stands) ◄── CaseReopened ── closed ◄── CaseClosed

A referral to mediation moves nothing, and neither does what is noted of it
(MediationOutcomeNoted): the case goes on, and its term with it, until a promise is kept. Withdrawal and
diversion are ends of their own, never a resolution; a closed case may still become
resolved, when the time for review passes. An older register may state less than the office has
to, but nothing against the record. Commands, state and refusals are in the files beside this one.
"""

from services.intake.domain.case_commands import (
    AcceptCase,
    AnswerCase,
    CaseCommand,
    CiteFiling,
    CloseCase,
    DivertCase,
    FileCase,
    ForwardCase,
    LinkCase,
    NoteMediationOutcome,
    Origin,
    ReferCase,
    ReopenCase,
    ReplyToCase,
    ResolveCase,
    WithdrawCase,
)
from services.intake.domain.case_ends import (
    close,
    divert,
    link,
    refuse_if_ended,
    reopen,
    resolve,
    withdraw,
)
from services.intake.domain.case_file import CaseFile, about, evolve
from services.intake.domain.case_mediation import note, settled_on_acceptance
from services.intake.domain.case_passing import forward, refer, refuse_unstated_unit
from services.intake.domain.case_refusals import (
    AccusedUnitIsSealed,
    CaseAcceptedOtherwise,
    CaseAlreadyFiled,
    CaseAnsweredOtherwise,
    CaseNotAccepted,
    CaseNotFound,
    CaseRepliedOtherwise,
    CaseTakenByAnother,
    FiledWithOtherContent,
    FirstCaseRepeatsNothing,
    NotStatedOnlyByImport,
    ReplyOnlyByImport,
)
from shared.contracts.case_codes import FirstOrRepeat, Purpose, ServiceMethod
from shared.contracts.event import Event
from shared.contracts.intake import (
    CaseAccepted,
    CaseFiled,
    CaseReplied,
    OpinionIssued,
    OpinionServed,
)
from shared.decider import Decider
from shared.divisions import check_village


def decide(command: CaseCommand, case: CaseFile) -> list[Event]:  # noqa: C901, PLR0911, PLR0912
    """What follows from a wish: the facts, none when they stand already, or a refusal."""
    match command:
        case FileCase():
            return _file(command, case)
        case CiteFiling():
            return _cite(command, case)
        case ReplyToCase():
            return _reply(command, case)
        case ForwardCase():
            return forward(command, case)
        case ReferCase():
            return refer(command, case)
        case NoteMediationOutcome():
            return note(command, case)
        case AcceptCase():
            return _accept(command, case)
        case AnswerCase():
            return _answer(command, case)
        case ResolveCase():
            return resolve(command, case)
        case WithdrawCase():
            return withdraw(command, case)
        case DivertCase():
            return divert(command, case)
        case LinkCase():
            return link(command, case)
        case CloseCase():
            return close(command, case)
        case ReopenCase():
            return reopen(command, case)


def _file(command: FileCase, case: CaseFile) -> list[Event]:
    check_village(command.village_code, of=command.case_id)
    if command.repeat_of and command.first_or_repeat is FirstOrRepeat.FIRST:
        raise FirstCaseRepeatsNothing
    if command.complained_unit and command.purpose is Purpose.ACCUSATION:
        raise AccusedUnitIsSealed
    filed = _filing(command)
    if case.filed is None:
        return [filed]
    if case.filed != filed:
        raise CaseAlreadyFiled
    return []


def _filing(command: FileCase) -> CaseFiled:
    return CaseFiled(
        number=command.number,
        channel=command.channel,
        purpose=command.purpose,
        category=command.category,
        headcount=command.headcount,
        joint=command.joint,
        anonymous=command.anonymous,
        first_or_repeat=command.first_or_repeat,
        urgent=command.urgent,
        village_code=command.village_code,
        repeat_of=command.repeat_of,
        received_from=command.received_from,
        complained_unit=command.complained_unit,
        person_ref=command.person_ref,
        content_digest=command.content_digest,
        external_source=command.external.source if command.external else None,
        external_number=command.external.number if command.external else None,
        **about(command.case_id, command.matter_id, command.origin),
    )


def _cite(command: CiteFiling, case: CaseFile) -> list[Event]:
    if case.filed is None:
        raise CaseNotFound
    if command.content_digest not in {None, case.filed.content_digest}:
        raise FiledWithOtherContent
    return []


def _reply(command: ReplyToCase, case: CaseFile) -> list[Event]:
    if command.origin is Origin.OFFICE:
        raise ReplyOnlyByImport
    replied = CaseReplied(reply_digest=command.reply_digest, **case.about(command.origin))
    if case.holds(replied):
        return []
    if case.replied:
        raise CaseRepliedOtherwise
    return [replied]


def _accept(command: AcceptCase, case: CaseFile) -> list[Event]:
    accepted = CaseAccepted(
        procedure=command.procedure,
        responsible_unit=command.responsible_unit,
        co_handlers=command.co_handlers,
        due_at=command.due.due_at,
        handler=command.handler,
        policy_version=command.due.policy_version,
        calendar_version=command.due.calendar_version,
        **case.about(command.origin),
    )
    if case.accepted:
        _refuse_another_acceptance(accepted, case.accepted)
        return []
    refuse_unstated_unit(command.responsible_unit, command.origin, field="responsible_unit")
    refuse_if_ended(case)
    return [accepted, *settled_on_acceptance(case, command.settled_by)]


def _refuse_another_acceptance(wished: CaseAccepted, held: CaseAccepted) -> None:
    if wished.handler != held.handler:
        raise CaseTakenByAnother(case_id=held.case_id)
    terms = {(each.procedure, each.responsible_unit, each.co_handlers) for each in (wished, held)}
    if len(terms) > 1:
        raise CaseAcceptedOtherwise


def _answer(command: AnswerCase, case: CaseFile) -> list[Event]:
    said = case.about(command.origin)
    result, measures = command.result, command.measures
    issued = OpinionIssued(
        result=result, measures=measures, opinion_digest=command.opinion_digest, **said
    )
    served = OpinionServed(result=result, measures=measures, method=command.method, **said)
    if case.holds(issued) and case.holds(served):
        return []
    refuse_if_ended(case)
    if case.served:
        raise CaseAnsweredOtherwise
    if case.accepted is None:
        raise CaseNotAccepted
    if command.origin is Origin.OFFICE and command.method is ServiceMethod.NOT_STATED:
        raise NotStatedOnlyByImport(field="method")
    return [issued, served]


CASE = Decider(initial=CaseFile(), decide=decide, evolve=evolve)
