"""The route by which a person is erased: of whom a report tells, who called, or a worker who left."""

from collections.abc import Sequence

from services.grid.api.office import Office
from services.grid.api.report_access import kept_from
from services.grid.api.signal_access import own_units
from services.grid.domain.erasure_refusals import (
    GridWorkerOnRegister,
    PersonOfAnOpenOrder,
    PersonOfAnOpenReport,
)
from services.grid.domain.report.report_file import OPEN_STATES
from services.grid.domain.signal import SignalState
from services.grid.store.named_in import (
    NamingRecord,
    is_on_register,
    records_naming,
    texts_telling_of,
)
from shared.divisions import division_of
from shared.identity import Actor
from shared.office.erasing import erasing
from shared.times import china_day
from shared.vault.erasure import PersonNotFound


async def files_that_name(office: Office, actor: Actor, named_id: str) -> Sequence[str]:
    """The person's own file, and those of all reports and signals that tell of them, of the orders
    that were opened for such reports, and of what tells of those matters.

    The words of a record tell of everybody in it: no search finds the person in them, so all of
    them go. Refused while such a report or order goes on, or the person is on the register of
    workers.
    """
    division, scope = division_of(named_id), actor.scope
    file = await office.vault.file(scope, named_id)
    if file is None or named_id not in await office.vault.registered(division, {named_id}):
        raise PersonNotFound
    today = china_day(office.now())
    where = {"division": division, "person_ref": named_id}
    if await is_on_register(office.pool, scope, today=today, **where):
        raise GridWorkerOnRegister
    records = await records_naming(office.pool, scope, **where)
    if any(_is_kept_from(office, actor, record) for record in records):
        raise PersonNotFound
    for record in records:
        _require_over(record)
    texts = [each.record_id for each in records if each.has_texts]
    matters = sorted({matter for each in records for matter in (each.matter_id, each.own_matter)})
    return [named_id, *texts, *await texts_telling_of(office.pool, scope, division, matters)]


def _is_kept_from(office: Office, actor: Actor, record: NamingRecord) -> bool:
    """Whether the record is about the actor's own unit, which does not learn that there is one."""
    of_report = kept_from(office, actor).is_any_of(record.kept_from)
    return of_report or record.complained_unit in own_units(office, actor)


def _require_over(record: NamingRecord) -> None:
    if not record.is_signal and record.state in OPEN_STATES:
        raise PersonOfAnOpenReport(report_id=record.record_id)
    if record.is_signal and record.state == SignalState.OPEN:
        raise PersonOfAnOpenOrder(signal_id=record.record_id)


router = erasing(
    "/named-persons/{named_id}/erase",
    "named_id",
    files_that_name,
    PersonOfAnOpenReport,
    PersonOfAnOpenOrder,
    GridWorkerOnRegister,
)
