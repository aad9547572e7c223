"""The route by which a person is erased: somebody of whom a report tells, or a worker who left."""

from collections.abc import Sequence

from services.grid.api.office import Office
from services.grid.domain.erasure_refusals import GridWorkerOnRegister, PersonOfAnOpenReport
from services.grid.domain.report.report_file import OPEN_STATES
from services.grid.store.named_in import is_on_register, periods_telling_of, reports_naming
from shared.divisions import division_of
from shared.identity import Actor
from shared.office.erasing import erasing
from shared.times import china_day
from shared.vault.erasure import PersonNotFound


async def files_that_name(office: Office, actor: Actor, named_id: str) -> Sequence[str]:
    """The person's own file, those of all reports that tell of them, and of what told of those matters.

    The words of a report tell of everybody in it: no search finds the person in them, so all of
    them go. Refused while such a report goes on, or the person is on the register of workers.
    """
    division, scope = division_of(named_id), actor.scope
    file = await office.vault.file(scope, named_id)
    if file is None or named_id not in await office.vault.registered(division, {named_id}):
        raise PersonNotFound
    today = china_day(office.now())
    where = {"division": division, "person_ref": named_id}
    if await is_on_register(office.pool, scope, today=today, **where):
        raise GridWorkerOnRegister
    reports = await reports_naming(office.pool, scope, **where)
    for report in reports:
        if report.state in OPEN_STATES:
            raise PersonOfAnOpenReport(report_id=report.report_id)
    texts = [each.report_id for each in reports if each.has_texts]
    matters = [each.matter_id for each in reports]
    return [named_id, *texts, *await periods_telling_of(office.pool, scope, division, matters)]


router = erasing(
    "/named-persons/{named_id}/erase",
    "named_id",
    files_that_name,
    PersonOfAnOpenReport,
    GridWorkerOnRegister,
)
