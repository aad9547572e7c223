"""The routes by which a case goes on: build the command, handle it, answer."""

from functools import partial
from typing import Annotated

from fastapi import Response
from pydantic import TypeAdapter, ValidationError

from services.intake.api.case_bodies import (
    AcceptBody,
    AnswerBody,
    CaseAnswer,
    CloseBody,
    DivertBody,
    ForwardBody,
    LinkBody,
    ReferBody,
    ReopenBody,
    ResolveBody,
    WithdrawBody,
)
from services.intake.api.office import Cases, Office
from services.intake.domain.case import (
    CaseCommand,
    CaseFile,
    CaseNotFound,
    acceptance,
    answering,
    closing,
    departure,
    ended,
    forwarding,
    referral,
    reopening,
    resolution,
)
from services.intake.domain.case.origin import NotStatedOnlyByImport
from services.intake.domain.resolution_policy import ON_PERFORMANCE
from services.intake.store.person_files import EntryKind, file_of_case
from shared import vault
from shared.contracts.words import PostRef
from shared.handling import (
    HappenedBeforeItBegan,
    Prepared,
    Record,
)
from shared.http import Router
from shared.identity import Actor, Role
from shared.office import CommandContext, command_context, command_documents
from shared.refusals import invalid
from shared.vault import PersonErased


def _cases(office: Office) -> Cases:
    return office.cases


CaseContext = CommandContext[Office, CaseCommand, CaseFile]
_DECIDING = (Role.HANDLER, Role.TOWNSHIP_LEADER, Role.BACKFILL)
AtTheDesk = Annotated[CaseContext, command_context("case_id", _cases, Role.CLERK, *_DECIDING)]
ByTheHandler = Annotated[CaseContext, command_context("case_id", _cases, *_DECIDING)]

_ENDED = (
    ended.CaseWasWithdrawn,
    ended.CaseWasDiverted,
    ended.CaseWasLinked,
    ended.CaseWasResolved,
    ended.CaseWasClosed,
)
_POST_REF = TypeAdapter[str](PostRef)

router = Router(prefix="/cases/{case_id}", tags=["cases"])


_documented = command_documents(CaseAnswer, first=(CaseNotFound,), own=(HappenedBeforeItBegan,))


@router.post("/forward", **_documented(forwarding.CaseAlreadyAccepted, *_ENDED))
async def forward(body: ForwardBody, context: AtTheDesk) -> Response:
    """转送: pass the case on to the unit that is competent."""
    command = forwarding.ForwardCase(to_unit=body.to_unit, report_due=body.report_due)
    return await context.handle_command(command, body)


@router.post(
    "/refer-to-mediation",
    **_documented(
        referral.CommitteeElsewhere,
        referral.AccusationIsNotMediated,
        referral.ReferredOtherwise,
        *_ENDED,
    ),
)
async def refer_to_mediation(body: ReferBody, context: AtTheDesk) -> Response:
    """委托调解: a committee is asked to mediate; both sides are still free, the term runs on."""
    command = referral.ReferCase(committee_id=body.committee_id, dispute_kind=body.dispute_kind)
    return await context.handle_command(command, body)


@router.post(
    "/accept",
    **_documented(acceptance.CaseTakenByAnother, acceptance.CaseAcceptedOtherwise, *_ENDED),
)
async def accept(body: AcceptBody, context: AtTheDesk) -> Response:
    """受理: a handler takes the case, and its term begins; a promise kept before resolves it."""
    command = acceptance.AcceptCase(
        handler=body.handler or _post_of(context.actor),
        procedure=body.procedure,
        responsible_unit=body.responsible_unit,
        co_handlers=body.co_handlers,
        due=context.office.due(body.procedure, context.moment(body)),
        settled_by=ON_PERFORMANCE if body.occurred_at is None else None,
    )
    return await context.handle_command(command, body)


def _post_of(actor: Actor) -> str:
    """An issuer may name its subjects in ways that no event can carry."""
    try:
        return _POST_REF.validate_python(actor.ref)
    except ValidationError:
        raise invalid("handler", "Name the post that takes the case") from None


@router.post(
    "/answer",
    **_documented(
        acceptance.CaseNotAccepted, answering.CaseAnsweredOtherwise, PersonErased, *_ENDED
    ),
)
async def answer(body: AnswerBody, context: ByTheHandler) -> Response:
    """答复: the handling opinion is issued and served; its text goes to the vault."""
    return await context.handle(partial(_prepare_answer, context, body))


async def _prepare_answer(
    context: CaseContext, body: AnswerBody, _: Record[CaseFile]
) -> Prepared[CaseCommand, CaseFile]:
    entries = []
    if body.text is not None:
        office, scope, division = context.office, context.actor.scope, context.division
        person = await file_of_case(
            office.vault, scope, division=division, case_id=context.stream_id
        )
        entries.append(person.entry(EntryKind.OPINION, {"text": body.text}))
    command = answering.AnswerCase(
        result=body.result,
        measures=body.measures,
        method=body.method,
        opinion_digest=entries[0].digest if entries else None,
    )
    return Prepared(
        command=command,
        at=context.moment(body),
        side_writes=vault.keep(context.division, [], entries),
    )


@router.post(
    "/resolve",
    **_documented(
        acceptance.CaseNotAccepted,
        resolution.CaseNotAnswered,
        resolution.CaseResolvedOtherwise,
        *_ENDED[:3],
    ),
)
async def resolve(body: ResolveBody, context: ByTheHandler) -> Response:
    """化解: the matter is settled in substance."""
    command = resolution.ResolveCase(how=body.how, on_site=body.on_site)
    return await context.handle_command(command, body)


@router.post("/withdraw", **_documented(departure.WithdrawalWithoutStatement, *_ENDED))
async def withdraw(body: WithdrawBody, context: AtTheDesk) -> Response:
    """撤回: the petitioner takes the case back, by a statement of their own."""
    command = departure.WithdrawCase(statement_recorded=body.statement_recorded)
    return await context.handle_command(command, body)


@router.post("/divert", **_documented(NotStatedOnlyByImport, *_ENDED))
async def divert(body: DivertBody, context: AtTheDesk) -> Response:
    """导入法定途径: the law has another route for this."""
    return await context.handle_command(departure.DivertCase(route=body.route), body)


@router.post(
    "/link", **_documented(departure.LinkNeedsACase, departure.CaseLinkedToItself, *_ENDED)
)
async def link(body: LinkBody, context: AtTheDesk) -> Response:
    """并案: the matter is handled under another case."""
    command = departure.LinkCase(to_case_id=body.to_case_id, why=body.why)
    return await context.handle_command(command, body)


@router.post(
    "/close",
    **_documented(
        ended.CaseStillOpen,
        ended.CaseWasClosed,
        closing.OutcomeNotInRecord,
        NotStatedOnlyByImport,
    ),
)
async def close(body: CloseBody, context: ByTheHandler) -> Response:
    """办结: with an outcome that the record supports."""
    return await context.handle_command(closing.CloseCase(outcome=body.outcome), body)


@router.post(
    "/reopen",
    **_documented(ended.CaseStillOpen, reopening.ReasonNotInRecord, NotStatedOnlyByImport),
)
async def reopen(body: ReopenBody, context: ByTheHandler) -> Response:
    """What had ended is open again; the acceptance stands."""
    return await context.handle_command(reopening.ReopenCase(reason=body.reason), body)
