"""检举控告: an accusation is taken by whoever receives it, into the county's ledger [R22, R30].

For this one act the scope of a township's request is widened to its county. Of all that is stated
only the channel and the day of receipt are published; the rest, and who took it, goes to the vault of
the county.
"""

from uuid import uuid4

from fastapi import Response

from services.intake.api.case_bodies import FileBody
from services.intake.api.office import SERVICE, Office
from services.intake.api.registry_context import county_wide
from services.intake.domain.accusation import (
    AccusationCommand,
    AccusationFile,
    RegisterAccusation,
)
from services.intake.domain.case.registration import AccusedUnitIsSealed, refuse_named_anonymous
from services.intake.store import query_code
from services.intake.store.case_number import Series
from services.intake.store.person_files import EntryKind
from shared import vault
from shared.divisions import county_of, new_id
from shared.handling import Members, Prepared, Private, Record
from shared.http import IdempotencyKey
from shared.http.idempotency import digest_of_key
from shared.identity import Actor
from shared.ledger import Author
from shared.office import begin
from shared.refusals import Refusal
from shared.times import china_day
from shared.vault import Content

_SEALED = {
    "category",
    "headcount",
    "joint",
    "anonymous",
    "first_or_repeat",
    "urgent",
    "village_code",
    "received_from",
    "contact_unclear",
    "transferred_from",
}
"""What a case's event would publish, and an accusation's does not."""
_DESK = 16


class AccusationIsNotLinked(Refusal):
    """An accusation names no case and no matter of a township; leave `repeat_of` and `matter_id` out."""

    status = 422
    title = "An accusation is not linked to a case"


async def register_accusation(
    office: Office, division: str, body: FileBody, *, actor: Actor, key: IdempotencyKey | None
) -> Response:
    """登记 in the discipline lane; the answer is the same as a case's."""
    _refuse_links(body)
    county = county_of(division)
    accusation_id, matter_id = new_id(county), new_id(county)

    async def prepare(_: Record[AccusationFile]) -> Prepared[AccusationCommand, AccusationFile]:
        at = body.moment(actor, now=office.now())
        (number,) = await office.numbers.take(Series(county, china_day(at).year, body.channel))
        person = office.vault.begin(new_id(county))
        content = person.entry(EntryKind.FILING, _content(body, division, actor))
        code = query_code.new_query_code()
        known_by = query_code.keep(
            office.keys, division=county, case_id=accusation_id, number=number, code=code
        )
        return Prepared(
            command=RegisterAccusation(
                accusation_id=accusation_id,
                matter_id=matter_id,
                number=number,
                channel=body.channel,
                person_ref=content.person_ref,
                content_digest=content.digest,
                received_on=body.received_on,
            ),
            at=at,
            side_writes=[*vault.keep(county, [person], [content]), known_by],
            private=Private(person, {"query_code": code}),
        )

    return await begin(
        office.accusations,
        prepare,
        service=SERVICE,
        stream_id=accusation_id,
        actor=actor,
        key=key,
        address="/accusations/{case_id}",
        answer=_as_filed,
        author=_author(office, actor, key),
    )


def _author(office: Office, actor: Actor, key: IdempotencyKey | None) -> Author:
    """A desk of the county, in no way the same as that of any other event, but for a repeat."""
    wide = county_wide(actor)
    request = key.key if key else str(uuid4())
    desk = digest_of_key(office.keys, f"accusation {actor.place} {request}")[:_DESK]
    return Author(
        scope=wide.scope, actor_ref=f"desk:{desk}", earlier_refs=tuple(wide.names_in(wide.scope))
    )


def _refuse_links(body: FileBody) -> None:
    refuse_named_anonymous(
        anonymous=body.anonymous, name=body.person.name if body.person else None
    )
    if body.complained_unit or body.complained_division or body.cause:
        raise AccusedUnitIsSealed
    if body.repeat_of or body.matter_id:
        raise AccusationIsNotLinked(field="repeat_of" if body.repeat_of else "matter_id")


def _content(body: FileBody, division: str, actor: Actor) -> Content:
    """All that was stated, where it was received, and who took it."""
    stated = body.model_dump(mode="json", include=_SEALED, exclude_none=True)
    return body.content() | {
        "particulars": stated | {"division": division, "taken_by": actor.place}
    }


def _as_filed(accusation: AccusationFile, members: Members) -> Members:
    registered = accusation.required
    return {
        "case_id": registered.accusation_id,
        "matter_id": registered.matter_id,
        "number": registered.number,
        "state": accusation.state,
        "version": accusation.version,
        "due_at": None,
        "alike": [],
        **members,
    }
