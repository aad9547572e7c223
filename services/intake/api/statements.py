"""The routes by which the petitioner's own statements are recorded; their words go to the vault."""

from collections.abc import Collection
from functools import partial

from fastapi import Response

from services.intake.api.case_bodies import Act
from services.intake.api.case_context import DEPARTED, AtTheDesk, CaseContext, documented
from services.intake.domain.case import CaseCommand, CaseFile, statements
from services.intake.domain.case.acceptance import CaseNotAccepted
from services.intake.domain.case.served_opinion import CaseNotAnswered
from services.intake.store.person_files import EntryKind, file_of_case
from shared import vault
from shared.contracts.case_handling_codes import StatementKind, StatementWay
from shared.contracts.words import PostRef
from shared.handling import Prepared, Record
from shared.http import Router
from shared.vault import Entry, PersonErased
from shared.vault.bodies import Narrative

router = Router(prefix="/cases/{case_id}", tags=["statements"])


class Statement(Act):
    """How a statement was taken; by the post that asks, unless another is named."""

    way: StatementWay
    taken_by: PostRef | None = None


class RecordStatementBody(Statement):
    """A statement about how the matter stands, in the petitioner's own words."""

    statement: StatementKind
    text: Narrative


@router.post(
    "/record-statement",
    **documented(
        CaseNotAccepted,
        CaseNotAnswered,
        statements.StatementBeforeService,
        PersonErased,
        *DEPARTED,
    ),
)
async def record_statement(body: RecordStatementBody, context: AtTheDesk) -> Response:
    """信访人陈述: what the petitioner acknowledges; a resolution may rest on it."""
    return await context.handle(partial(_prepare_statement, context, body))


async def _prepare_statement(
    context: CaseContext, body: RecordStatementBody, record: Record[CaseFile]
) -> Prepared[CaseCommand, CaseFile]:
    entry = await statement_entry(context, body.text)
    command = statements.RecordStatement(
        statement=body.statement,
        way=body.way,
        taken_by=taken_by(context, body, known=_takers(record.state)),
        statement_digest=entry.digest,
    )
    return Prepared(
        command=command,
        at=context.moment(body),
        side_writes=vault.keep(context.division, [], [entry]),
    )


def _takers(case: CaseFile) -> set[str]:
    return {fact.taken_by for fact, _ in case.proceedings.stated}


async def statement_entry(context: CaseContext, text: str) -> Entry:
    """The petitioner's words as the vault keeps them."""
    office, scope = context.office, context.actor.scope
    person = await file_of_case(
        office.vault, scope, division=context.division, case_id=context.stream_id
    )
    return person.entry(EntryKind.STATEMENT, {"text": text})


def taken_by(context: CaseContext, body: Statement, *, known: Collection[str | None] = ()) -> str:
    """The post that took the statement; `known` are names on record that may be its own."""
    return body.taken_by or context.own_name(known, field="taken_by")
