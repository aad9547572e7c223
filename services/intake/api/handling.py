"""The routes of the handling after the acceptance: facts that are found, terms that are extended."""

from functools import partial
from typing import Annotated

from fastapi import Response
from pydantic import Field

from services.intake.api.case_bodies import Act
from services.intake.api.case_context import (
    ENDED,
    ByCoHandlers,
    ByTheHandler,
    CaseContext,
    documented,
)
from services.intake.api.vault_texts import entries_of, kept
from services.intake.domain.case import CaseCommand, CaseFile, extension, investigation
from services.intake.domain.case.acceptance import CaseNotAccepted
from services.intake.store.person_files import EntryKind
from shared.contracts.case_handling_codes import ApproverRole, InvestigationStep
from shared.handling import Prepared, Record
from shared.http import EachOnce, Router
from shared.vault import PersonErased
from shared.vault.bodies import Narrative

router = Router(prefix="/cases/{case_id}", tags=["handling"])


class InvestigationBody(Act):
    """Which steps were taken, and what they found in words."""

    steps: Annotated[
        tuple[InvestigationStep, ...],
        Field(min_length=1, max_length=len(InvestigationStep), fail_fast=True),
        EachOnce,
    ]
    text: Narrative | None = None


class HearingBody(Act):
    """How many people heard the matter, and what was said in words."""

    representatives: Annotated[int, Field(strict=True, ge=1, le=1_000)]
    text: Narrative | None = None


class ExtendBody(Act):
    """By how many days, why, and who approved it."""

    days: Annotated[int, Field(strict=True, ge=1, le=30)]
    reason: Narrative
    approver_role: ApproverRole = ApproverRole.UNIT_HEAD


_FOUND = documented(CaseNotAccepted, PersonErased, *ENDED)


@router.post("/record-investigation", **_FOUND)
async def record_investigation(body: InvestigationBody, context: ByCoHandlers) -> Response:
    """调查核实: what was done to find the facts [R31(6)]."""
    return await context.handle(partial(_prepare_investigation, context, body))


@router.post("/record-hearing", **_FOUND)
async def record_hearing(body: HearingBody, context: ByCoHandlers) -> Response:
    """听证: representatives heard the matter [R31(6)]."""
    return await context.handle(partial(_prepare_hearing, context, body))


@router.post(
    "/extend",
    **documented(
        CaseNotAccepted,
        extension.TermNoLongerRuns,
        extension.CaseHasNoTerm,
        extension.TermIsOver,
        extension.ExtensionNotAllowed,
        PersonErased,
        *ENDED,
    ),
)
async def extend(body: ExtendBody, context: ByTheHandler) -> Response:
    """延期: the term is extended before its end; the petitioner is told why by a notice [R34]."""
    return await context.handle(partial(_prepare_extension, context, body))


async def _prepare_investigation(
    context: CaseContext, body: InvestigationBody, _: Record[CaseFile]
) -> Prepared[CaseCommand, CaseFile]:
    entries = await entries_of(context, EntryKind.INVESTIGATION, body.text)
    command = investigation.RecordInvestigation(
        steps=InvestigationStep.in_order(body.steps),
        record_digest=entries[0].digest if entries else None,
    )
    return Prepared(command=command, at=context.moment(body), side_writes=kept(context, entries))


async def _prepare_hearing(
    context: CaseContext, body: HearingBody, _: Record[CaseFile]
) -> Prepared[CaseCommand, CaseFile]:
    entries = await entries_of(context, EntryKind.HEARING, body.text)
    command = investigation.RecordHearing(
        representatives=body.representatives,
        record_digest=entries[0].digest if entries else None,
    )
    return Prepared(command=command, at=context.moment(body), side_writes=kept(context, entries))


async def _prepare_extension(
    context: CaseContext, body: ExtendBody, record: Record[CaseFile]
) -> Prepared[CaseCommand, CaseFile]:
    entries = await entries_of(context, EntryKind.EXTENSION, body.reason)
    command = extension.GrantExtension(
        days=body.days,
        approver_role=body.approver_role,
        due=context.office.due_after_extension(record.state, body.days),
        reason_digest=entries[0].digest,
    )
    return Prepared(command=command, at=context.moment(body), side_writes=kept(context, entries))
