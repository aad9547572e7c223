"""The route by which a case begins."""

from datetime import datetime
from typing import Annotated

import orjson
from fastapi import Response

from services.intake.api.accusing import AccusationIsNotLinked, register_accusation
from services.intake.api.case_bodies import FileBody, FiledAnswer
from services.intake.api.complaints import complaint_of, kept_complaint
from services.intake.api.looking_up import alike, case_alike
from services.intake.api.office import SERVICE, Office, TheOffice
from services.intake.api.other_case import CaseNotOnRecord, looked_up_at, other_case
from services.intake.domain.case import CaseCommand, CaseFile
from services.intake.domain.case.filing import FileCase
from services.intake.domain.case.registration import (
    AccusedUnitIsSealed,
    AnonymousHasNoName,
    FirstCaseRepeatsNothing,
    GroupIsJoint,
    OneIsNotJoint,
    ReceivedAfterFiling,
    refuse_named_anonymous,
)
from services.intake.domain.case.repeating import RepeatedCaseIsLater
from services.intake.domain.reporting_policy import TooLongAgo
from services.intake.store import person_marks, query_code
from services.intake.store.case_number import Series
from services.intake.store.person_files import EntryKind
from services.intake.store.person_marks import Marks
from shared import vault
from shared.contracts.case_codes import FirstOrRepeat, Purpose
from shared.contracts.vault_codes import OpeningPurpose
from shared.divisions import (
    ScopeCode,
    VillageElsewhere,
    county_of,
    division_of,
    new_id,
)
from shared.handling import IdempotencyKeyReused, Prepared, Private, Record
from shared.http import Idempotency, Router, refused_with
from shared.identity import Actor, Role, requires
from shared.ledger import Statement
from shared.office import BackfillOnly, NotYetHappened, begin
from shared.office.openings import note_shown
from shared.refusals import invalid
from shared.times import china_day
from shared.vault import Entry, PersonFile

_MOST_SUGGESTED = 5
_FILERS = (Role.CLERK, Role.TOWNSHIP_LEADER, Role.BACKFILL)
_REFUSALS = refused_with(
    BackfillOnly,
    NotYetHappened,
    TooLongAgo,
    ReceivedAfterFiling,
    VillageElsewhere,
    FirstCaseRepeatsNothing,
    CaseNotOnRecord,
    RepeatedCaseIsLater,
    AccusedUnitIsSealed,
    AccusationIsNotLinked,
    OneIsNotJoint,
    GroupIsJoint,
    AnonymousHasNoName,
    IdempotencyKeyReused,
)


router = Router(tags=["cases"])


@router.post(
    "/townships/{division}/cases", status_code=201, response_model=FiledAnswer, responses=_REFUSALS
)
async def file_case(
    division: ScopeCode,
    body: FileBody,
    actor: Annotated[Actor, requires(*_FILERS)],
    key: Idempotency,
    office: TheOffice,
) -> Response:
    """登记: file a case; its query code is shown in this answer and never again.

    An accusation goes to the discipline lane, under an id of the county's ledger. This answer is all
    that the office which received it is ever shown of it.
    """
    if body.purpose is Purpose.ACCUSATION:
        return await register_accusation(office, division, body, actor=actor, key=key)
    case_id = new_id(division)

    async def prepare(_: Record[CaseFile]) -> Prepared[CaseCommand, CaseFile]:
        at = body.moment(actor, now=office.now())
        repeated = await _repeated(office, actor, body)
        person = office.vault.begin(new_id(division))
        content = person.entry(EntryKind.FILING, body.content())
        command = await _command(office, case_id, body, at=at, content=content, repeated=repeated)
        code = query_code.new_query_code()
        marks = person_marks.marks_of(office.marks, body.content()["person"])
        once = {"query_code": code, "alike": await _alike(office, actor, body, marks)}
        kept = _side_writes(office, command, person=person, content=content, code=code)
        return Prepared(
            command=command,
            at=at,
            side_writes=[
                *kept,
                *person_marks.keep(division_of(case_id), [(case_id, content, marks)]),
                *kept_complaint(case_id, body.complained_unit, body.complained_division),
            ],
            further={"alike": []},
            private=Private(person, once),
            looked_up=looked_up_at(repeated, division) if repeated else {},
        )

    response = await begin(
        office.cases,
        prepare,
        service=SERVICE,
        stream_id=case_id,
        actor=actor,
        key=key,
        address="/cases/{case_id}",
    )
    # of what is shown, also where an answer is given again, as of what a look-up finds
    await note_shown(
        office,
        actor,
        [each["case_id"] for each in orjson.loads(response.body)["alike"]],
        route="POST /townships/{division}/cases",
        purpose=OpeningPurpose.BEFORE_REGISTERING,
    )
    return response


async def _alike(
    office: Office, actor: Actor, body: FileBody, marks: Marks
) -> list[dict[str, object]]:
    """Cases of the same township that may be of the same person and matter; a person decides."""
    found = await alike(office, actor, marks) if actor.role is not Role.BACKFILL else []
    shown = [each for each in found if each.division == actor.scope][:_MOST_SUGGESTED]
    return [case_alike(each, body.category, body.village_code) for each in shown]


async def _repeated(office: Office, actor: Actor, body: FileBody) -> Record[CaseFile] | None:
    """The case that this one repeats, which has to be on record and of the same matter."""
    refuse_named_anonymous(
        anonymous=body.anonymous, name=body.person.name if body.person else None
    )
    if body.repeat_of is None:
        return None
    if body.first_or_repeat is FirstOrRepeat.FIRST:
        raise FirstCaseRepeatsNothing(field="repeat_of")
    repeated = await other_case(office, actor, body.repeat_of, field="repeat_of")
    if body.matter_id not in {None, _matter_of(repeated)}:
        raise invalid("matter_id", "A repeat has the matter of the case that it repeats")
    return repeated


def _matter_of(repeated: Record[CaseFile] | None) -> str | None:
    return repeated.state.matter_id if repeated else None


async def _command(
    office: Office,
    case_id: str,
    body: FileBody,
    *,
    at: datetime,
    content: Entry,
    repeated: Record[CaseFile] | None,
) -> FileCase:
    division = division_of(case_id)
    series = Series(county_of(division), china_day(at).year, body.channel)
    (number,) = await office.numbers.take(series)
    return FileCase(
        case_id=case_id,
        matter_id=_matter_of(repeated) or body.matter_id or new_id(division),
        number=number,
        channel=body.channel,
        purpose=body.purpose,
        category=body.category,
        headcount=body.headcount,
        joint=body.joint,
        anonymous=body.anonymous,
        first_or_repeat=body.first_or_repeat,
        urgent=body.urgent,
        village_code=body.village_code,
        repeat_of=repeated.state.case_id if repeated else None,
        repeated=repeated.state if repeated else None,
        received_from=body.received_from,
        received_on=body.received_on,
        contact_unclear=body.contact_unclear,
        transferred_from=body.transferred_from,
        **complaint_of(office.marks, body.complained_unit),
        complained_division=body.complained_division,
        person_ref=content.person_ref,
        content_digest=content.digest,
        cause_ref=office.marks.of_organisation(body.cause),
    )


def _side_writes(
    office: Office,
    command: FileCase,
    *,
    person: PersonFile,
    content: Entry,
    code: str,
) -> list[Statement]:
    division = division_of(command.case_id)
    known_by = query_code.keep(
        office.keys, division=division, case_id=command.case_id, number=command.number, code=code
    )
    return [*vault.keep(division, [person], [content]), known_by]
