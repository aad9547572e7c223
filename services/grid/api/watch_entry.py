"""An entry of the list of watched matters, as it is made: its plan, its unit, its last day."""

from collections.abc import Sequence
from datetime import datetime

from services.grid.api.office import Office
from services.grid.domain.matter_watch import (
    MatterWatch,
    WatchCommand,
    WatchMatter,
)
from services.grid.domain.signal.receiving import UnitIsComplainedOf
from services.grid.store.known_matters import is_complained_of
from services.grid.store.vault_files import EntryKind
from services.grid.store.warning_terms import watch_expiry
from shared.contracts.words import UnitRef
from shared.divisions import division_of
from shared.handling import Prepared
from shared.http import Body
from shared.identity import Actor, Role
from shared.ledger import NewEvent, Statement
from shared.office.occurrence_time import Day
from shared.refusals import Refusal
from shared.vault import keep
from shared.vault.bodies import Narrative


class NothingToWatch(Refusal):
    """A watched matter is the warning's own; the warning is one that the caller sees."""

    status = 422
    title = "The matter is not the warning's"


class WatchedBody(Body):
    """Which unit watches the matter, by which plan, and until when."""

    owner_unit: UnitRef
    plan: Narrative
    review_by: Day
    expires_on: Day


async def require_not_complained_of(
    office: Office, division: str, matter_id: str, unit: str
) -> None:
    """Raise UnitIsComplainedOf: a unit does not watch what complains of it."""
    names = office.marks.names_of_unit(unit)
    if await is_complained_of(office.pool, division, matter_id, unit, names=names):
        raise UnitIsComplainedOf(field="owner_unit")


def watching(
    office: Office,
    actor: Actor,
    body: WatchedBody,
    at: datetime,
    *,
    watch_id: str,
    matter_id: str,
    warning_id: str | None,
) -> Prepared[WatchCommand, MatterWatch]:
    """The entry, its plan in the vault, and the due row that ends it after its last day."""
    file = office.vault.begin(watch_id)
    plan = file.entry(EntryKind.PLAN, {"text": body.plan})
    command = WatchMatter(
        watch_id=watch_id,
        matter_id=matter_id,
        owner_unit=body.owner_unit,
        plan_digest=plan.digest,
        review_by=body.review_by,
        expires_on=body.expires_on,
        warning_id=warning_id,
        recorded_afterwards=True if actor.role is Role.BACKFILL else None,
    )
    kept = keep(division_of(watch_id), [file], [plan])
    expiry = watch_expiry(watch_id, body.expires_on, now=office.now())

    def about(events: Sequence[NewEvent]) -> Sequence[Statement]:
        return [*kept, expiry] if events else ()

    return Prepared(command=command, at=at, writes_about=about)
