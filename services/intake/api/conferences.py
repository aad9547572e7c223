"""The commands to conferences: held, and what they decide as tasks."""

from collections.abc import Collection
from typing import Annotated

from fastapi import Response

from services.intake.api.cases_in_records import refuse_unless_named
from services.intake.api.conference_bodies import (
    ConferenceAnswer,
    ConferenceBody,
    TaskBody,
    TaskDoneBody,
    VoidConferenceBody,
    VoidTaskBody,
)
from services.intake.api.office import (
    SERVICE,
    Conferences,
    Office,
    TheOffice,
)
from services.intake.api.other_case import CaseNotOnRecord
from services.intake.api.receptions import KEEPING, Keeper
from services.intake.api.record_words import into_the_vault
from services.intake.domain.conference_policy import monthly_id
from services.intake.domain.conferences import (
    CompleteTask,
    ConferenceCommand,
    ConferenceFile,
    HoldConference,
    SetTask,
    VoidConference,
    VoidTask,
    refusals,
)
from services.intake.store.due_conferences import begin_after
from shared.divisions import ScopeCode, new_id
from shared.handling import Prepared, Record
from shared.http import Idempotency, Router
from shared.identity.refusals import PostMissing
from shared.office import CommandContext, begin, command_context, command_documents
from shared.times import china_day
from shared.vault import PersonErased

router = Router(tags=["conferences"])
_documented = command_documents(
    ConferenceAnswer, first=(refusals.ConferenceNotFound,), own=(PostMissing,)
)
_documented_new = command_documents(
    ConferenceAnswer,
    own=(
        PostMissing,
        refusals.UnitNotRegistered,
        refusals.MonthOfTheSession,
        refusals.ConferenceHeldOtherwise,
        CaseNotOnRecord,
        PersonErased,
    ),
)


def _conferences(office: Office) -> Conferences:
    return office.conferences


class ConferenceContext(CommandContext[Office, ConferenceCommand, ConferenceFile]):
    """A command to one conference."""

    async def admit(self, record: Record[ConferenceFile]) -> None:
        """Raise ConferenceNotFound."""
        if record.state.known is None:
            raise refusals.ConferenceNotFound


TheContext = Annotated[
    ConferenceContext,
    command_context(
        "conference_id", _conferences, *KEEPING, context=ConferenceContext, needs_post=True
    ),
]


@router.post("/townships/{division}/conferences", status_code=201, **_documented_new())
async def hold_conference(
    division: ScopeCode, body: ConferenceBody, actor: Keeper, key: Idempotency, office: TheOffice
) -> Response:
    """Units met on a day; of the monthly committee there is one record a month."""
    stream_id = monthly_id(division, body.month) if body.month else new_id(division)

    async def prepare(_: Record[ConferenceFile]) -> Prepared[ConferenceCommand, ConferenceFile]:
        now = office.now()
        at = body.moment(actor, now=now)
        await refuse_unknown_units(office, division, body.units, field="units")
        await refuse_unless_named(office, actor, division, body.cases, field="cases")
        digest, kept = await into_the_vault(office, stream_id, body.minutes, of="minutes")
        command = HoldConference(
            conference_id=stream_id,
            form=body.form,
            on=china_day(at),
            units=body.units,
            cases=body.cases,
            month=body.month,
            minutes_digest=digest,
        )
        writes = [*kept, *begin_after(division, body.month, now=now)]
        return Prepared(
            command=command, at=at, writes_about=lambda events: writes if events else ()
        )

    return await begin(
        office.conferences,
        prepare,
        service=SERVICE,
        stream_id=stream_id,
        actor=actor,
        key=key,
        address="/conferences/{conference_id}",
        begins=body.month is None,
    )


async def refuse_unknown_units(
    office: Office, division: str, units: Collection[str], *, field: str
) -> None:
    """Raise UnitNotRegistered."""
    registry = await office.registry(division)
    if any(registry.unit(division, each) is None for each in units):
        raise refusals.UnitNotRegistered(field=field)


@router.post(
    "/conferences/{conference_id}/set-task",
    **_documented(
        refusals.ConferenceNotHeld,
        refusals.ConferenceWasVoided,
        refusals.UnitNotRegistered,
        refusals.TaskDueBefore,
        CaseNotOnRecord,
        PersonErased,
    ),
)
async def set_task(body: TaskBody, context: TheContext) -> Response:
    """A decision: the unit has a task with a last day, and is followed until it is done."""
    office, task_id = context.office, new_id(context.division)

    async def prepare(_: Record[ConferenceFile]) -> Prepared[ConferenceCommand, ConferenceFile]:
        await refuse_unknown_units(office, context.division, [body.unit], field="unit")
        named = [body.case_id] if body.case_id else []
        await refuse_unless_named(office, context.actor, context.division, named, field="case_id")
        digest, kept = await into_the_vault(office, context.stream_id, body.decision, of=task_id)
        command = SetTask(
            task_id=task_id,
            unit=body.unit,
            due_on=body.due_on,
            words_digest=digest or "",
            case_id=body.case_id,
        )
        return Prepared(
            command=command,
            at=context.moment(body),
            writes_about=lambda events: kept if events else (),
        )

    return await context.handle(prepare)


@router.post(
    "/conferences/{conference_id}/complete-task",
    **_documented(
        refusals.ConferenceNotHeld,
        refusals.ConferenceWasVoided,
        refusals.TaskNotFound,
        refusals.TaskDoneBefore,
        refusals.TaskDoneOtherwise,
        PersonErased,
    ),
)
async def complete_task(body: TaskDoneBody, context: TheContext) -> Response:
    """The unit has done its task, in time or after its last day."""

    async def prepare(_: Record[ConferenceFile]) -> Prepared[ConferenceCommand, ConferenceFile]:
        at = context.moment(body)
        digest, kept = await into_the_vault(
            context.office, context.stream_id, body.words, of=f"{body.task_id} done"
        )
        command = CompleteTask(task_id=body.task_id, on=china_day(at), words_digest=digest)
        return Prepared(command=command, at=at, writes_about=lambda events: kept if events else ())

    return await context.handle(prepare)


@router.post(
    "/conferences/{conference_id}/void-task",
    **_documented(refusals.ConferenceNotHeld, refusals.ConferenceWasVoided, refusals.TaskNotFound),
)
async def void_task(body: VoidTaskBody, context: TheContext) -> Response:
    """A task that was not decided so counts as none; it stays on record."""
    return await context.handle_command(VoidTask(task_id=body.task_id, reason=body.reason), body)


@router.post(
    "/conferences/{conference_id}/void",
    **_documented(refusals.ConferenceNotHeld, refusals.TasksAreOnRecord),
)
async def void_conference(body: VoidConferenceBody, context: TheContext) -> Response:
    """A conference that was not held so counts as none; it stays on record."""
    return await context.handle_command(VoidConference(reason=body.reason), body)
