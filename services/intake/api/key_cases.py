"""The commands to key cases: taken by a leader, brought on step by step, closed with the case."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Annotated

from fastapi import Response

from services.intake.api.cases_in_records import cases_hidden, refuse_unless_named
from services.intake.api.conferences import refuse_unknown_units
from services.intake.api.key_case_bodies import (
    CloseKeyCaseBody,
    KeyCaseAnswer,
    KeyCaseBody,
    StepBody,
    VoidKeyCaseBody,
)
from services.intake.api.office import SERVICE, KeyCases, Office, TheOffice
from services.intake.api.other_case import CaseNotOnRecord
from services.intake.api.receptions import KEEPING, Keeper
from services.intake.api.record_words import into_the_vault
from services.intake.domain.case.ended import has_ended
from services.intake.domain.conferences.refusals import UnitNotRegistered
from services.intake.domain.key_case_policy import KEY_CASES
from services.intake.domain.key_cases import (
    CloseKeyCase,
    KeyCaseCommand,
    KeyCaseFile,
    OpenKeyCase,
    RecordStep,
    VoidKeyCase,
    ended_as,
    refusals,
)
from services.intake.store import key_case_board
from services.intake.store.person_files import EntryKind
from shared.divisions import ScopeCode, new_id
from shared.handling import Prepared, Record
from shared.http import Idempotency, Router
from shared.identity.refusals import PostMissing
from shared.ledger.errors import RowTaken
from shared.office import CommandContext, begin, command_context, command_documents
from shared.refusals import invalid
from shared.times import china_day
from shared.vault import PersonErased

router = Router(tags=["key cases"])
_documented = command_documents(
    KeyCaseAnswer, first=(refusals.KeyCaseNotFound,), own=(PostMissing,)
)
_documented_new = command_documents(
    KeyCaseAnswer,
    own=(
        PostMissing,
        CaseNotOnRecord,
        UnitNotRegistered,
        refusals.LeaderNotRegistered,
        refusals.CaseHasEnded,
        refusals.CaseOwnedAlready,
        refusals.TargetTooEarly,
        refusals.TargetTooLate,
        PersonErased,
    ),
)
_OVER = (refusals.KeyCaseWasClosed, refusals.KeyCaseWasVoided)


def _key_cases(office: Office) -> KeyCases:
    return office.key_cases


class KeyCaseContext(CommandContext[Office, KeyCaseCommand, KeyCaseFile]):
    """A command to one key case, by somebody from whom its case is not kept."""

    async def admit(self, record: Record[KeyCaseFile]) -> None:
        """Raise KeyCaseNotFound."""
        opened = record.state.opened
        if opened is None or await cases_hidden(self.office, self.actor, [opened.case_id]):
            raise refusals.KeyCaseNotFound


TheContext = Annotated[
    KeyCaseContext,
    command_context("key_case_id", _key_cases, *KEEPING, context=KeyCaseContext, needs_post=True),
]


@contextmanager
def _owned_once() -> Iterator[None]:
    """Raise CaseOwnedAlready where another leader has taken the case meanwhile."""
    try:
        yield
    except RowTaken as fault:
        if fault.table != "key_case_board":
            raise
        raise refusals.CaseOwnedAlready(field="case_id") from None


@router.post("/townships/{division}/key-cases", status_code=201, **_documented_new())
async def open_key_case(
    division: ScopeCode, body: KeyCaseBody, actor: Keeper, key: Idempotency, office: TheOffice
) -> Response:
    """包案: one leader, one task force and one plan for a case, to the end."""
    stream_id = new_id(division)

    async def prepare(_: Record[KeyCaseFile]) -> Prepared[KeyCaseCommand, KeyCaseFile]:
        at = body.moment(actor, now=office.now())
        on = china_day(at)
        await refuse_unless_named(office, actor, division, [body.case_id], field="case_id")
        case = await office.cases.read(division, body.case_id)
        if has_ended(case.state):
            raise refusals.CaseHasEnded(field="case_id")
        if await key_case_board.open_of(office.pool, body.case_id):
            raise refusals.CaseOwnedAlready(field="case_id")
        await refuse_unknown_units(office, division, body.task_force, field="task_force")
        await _refuse_unknown_leader(office, division, body.leader_post, on)
        latest = KEY_CASES.latest_target(on) if body.backlog else None
        target_on = body.target_on or latest
        if target_on is None:
            raise invalid("target_on", "State by when the case is to be settled")
        digest, kept = await into_the_vault(
            office, stream_id, body.plan, of="plan", kind=EntryKind.KEY_CASE
        )
        command = OpenKeyCase(
            key_case_id=stream_id,
            case_id=body.case_id,
            leader_post=body.leader_post,
            task_force=body.task_force,
            plan_digest=digest or "",
            backlog=body.backlog,
            on=on,
            target_on=target_on,
            latest=latest,
            policy_version=KEY_CASES.version,
        )
        return Prepared(
            command=command,
            at=at,
            looked_up={body.case_id: case.version},
            writes_about=lambda events: kept if events else (),
        )

    with _owned_once():
        return await begin(
            office.key_cases,
            prepare,
            service=SERVICE,
            stream_id=stream_id,
            actor=actor,
            key=key,
            address="/key-cases/{key_case_id}",
        )


async def _refuse_unknown_leader(office: Office, division: str, leader: str, on: date) -> None:
    registry = await office.registry(division)
    post = registry.post(division, leader)
    if post is None or not post.is_valid(on):
        raise refusals.LeaderNotRegistered(field="leader_post")


@router.post(
    "/key-cases/{key_case_id}/record-step",
    **_documented(refusals.StepBeforeIt, PersonErased, *_OVER),
)
async def record_step(body: StepBody, context: TheContext) -> Response:
    """推进: what the leader or the task force did; a week without a step is listed."""
    step_id = new_id(context.division)

    async def prepare(_: Record[KeyCaseFile]) -> Prepared[KeyCaseCommand, KeyCaseFile]:
        at = context.moment(body)
        digest, kept = await into_the_vault(
            context.office, context.stream_id, body.words, of=step_id, kind=EntryKind.KEY_CASE
        )
        command = RecordStep(
            step_id=step_id, step=body.step, on=china_day(at), words_digest=digest
        )
        return Prepared(command=command, at=at, writes_about=lambda events: kept if events else ())

    return await context.handle(prepare)


@router.post(
    "/key-cases/{key_case_id}/close",
    **_documented(refusals.CaseGoesOn, refusals.StepBeforeIt, *_OVER),
)
async def close_key_case(body: CloseKeyCaseBody, context: TheContext) -> Response:
    """销案: the case was resolved on grounds, or closed or left the procedure otherwise.

    It counts on the day on which the case ended, whenever the key case is closed.
    """

    async def prepare(record: Record[KeyCaseFile]) -> Prepared[KeyCaseCommand, KeyCaseFile]:
        opened = record.state.opened
        if opened is None:
            raise refusals.KeyCaseNotFound
        case = await context.office.cases.read(context.division, opened.case_id)
        at = context.moment(body)
        command = CloseKeyCase(
            closing_id=new_id(context.division), ended=ended_as(case.state), by=china_day(at)
        )
        return Prepared(command=command, at=at, looked_up={opened.case_id: case.version})

    return await context.handle(prepare)


@router.post("/key-cases/{key_case_id}/void", **_documented(refusals.KeyCaseWasClosed))
async def void_key_case(body: VoidKeyCaseBody, context: TheContext) -> Response:
    """A key case that was recorded by mistake counts as none; it stays on record."""
    return await context.handle_command(VoidKeyCase(reason=body.reason), body)
