"""The log of openings in a service: the lines that its routes write, and the route that shows them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from fastapi import Query, Response
from pydantic import BaseModel

from shared.canonical import LARGEST
from shared.contracts.vault_codes import OpeningPurpose
from shared.divisions import Identifier, ScopeCode, division_of, in_scope
from shared.http import Router, answered, correlation_id, refused_with
from shared.identity import Actor
from shared.identity.refusals import DivisionOutOfScope, PostMissing
from shared.office.ledgers import LedgerReader
from shared.office.office import LedgerOffice, TheLedgerOffice
from shared.openings import Opener, Opening, note_openings, openings_of
from shared.times import to_wire

router = Router(tags=["openings"])


class OpeningShown(BaseModel):
    """One line of the log: a record was shown to a post."""

    sequence: int
    record_id: str
    opened_by: str
    """The post within the county: `519900101/post-wu`."""
    role: str
    route: str
    purpose: OpeningPurpose
    opened_at: datetime
    previous_hash: str
    hash: str
    """SHA-256 of the hash before and of the line; the day's seal names the last one of the day."""


class Openings(BaseModel):
    """Lines of one division in their order."""

    division: str
    items: list[OpeningShown]
    next: int | None
    """To be given as `after` for what follows; null at the end."""


async def note_shown(
    office: LedgerOffice,
    actor: Actor,
    records: Sequence[str],
    *,
    route: str,
    purpose: OpeningPurpose = OpeningPurpose.HANDLING,
) -> None:
    """Record that these records are about to be shown; raises where that cannot be recorded."""
    opener = Opener(
        opened_by=actor.place,
        role=actor.role.value,
        route=route,
        purpose=purpose.value,
        correlation_id=correlation_id(),
    )
    await note_openings(office.pool, opener, records)


@router.get(
    "/openings",
    response_model=Openings,
    responses=refused_with(DivisionOutOfScope, PostMissing),
)
async def openings(
    *,
    actor: LedgerReader,
    office: TheLedgerOffice,
    of: Annotated[Identifier | None, Query(description="The id of one record")] = None,
    within: Annotated[
        ScopeCode | None, Query(description="The ledger, where no record is named")
    ] = None,
    after: Annotated[int, Query(ge=0, le=LARGEST, description="The sequence before")] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 500,
) -> Response:
    """查阅记录: which post was shown the person or the text of a record, when and for what.

    Of one record, or of a whole ledger: the one of the token where none is named. What is kept
    from the caller is left out here, too.
    """
    division = division_of(of) if of else within or actor.scope
    if not in_scope(actor.scope, division):
        raise DivisionOutOfScope
    hidden = await office.withheld(actor, division)
    found = await openings_of(
        office.pool,
        division,
        record_id=of,
        without=sorted(hidden),
        after=after,
        limit=limit,
    )
    return answered(
        {
            "division": division,
            "items": [opening_shown(each) for each in found],
            "next": found[-1].sequence if len(found) == limit else None,
        }
    )


def opening_shown(line: Opening) -> dict[str, object]:
    """A line as the log shows it."""
    return {
        "sequence": line.sequence,
        "record_id": line.record_id,
        "opened_by": line.opened_by,
        "role": line.role,
        "route": line.route,
        "purpose": line.purpose,
        "opened_at": to_wire(line.opened_at),
        "previous_hash": line.previous_hash.hex(),
        "hash": line.hash.hex(),
    }
