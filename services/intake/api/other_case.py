"""Another case that a command names: by its id, or by its printed number within the caller's scope."""

from services.intake.api.office import Office
from services.intake.api.whoever_asks import participant
from services.intake.domain.case import CaseFile
from services.intake.domain.complained_unit import is_complained_of
from services.intake.store.case_number import case_id_of
from shared.divisions import county_of
from shared.handling import Record
from shared.identity import Actor
from shared.refusals import Refusal
from shared.times import china_day


class CaseNotOnRecord(Refusal):
    """The other case that is named is not on record, or its registration is void."""

    status = 422
    title = "The other case is not on record"


async def named_case(office: Office, scope: str, reference: str, *, field: str) -> str:
    """The id of the case that is named; CaseNotOnRecord for a number that the scope has not."""
    case_id = await case_id_of(office.pool, scope, reference)
    if case_id is None:
        raise CaseNotOnRecord(field=field)
    return case_id


async def other_case(
    office: Office, actor: Actor, reference: str, *, field: str
) -> Record[CaseFile]:
    """The other case; raises CaseNotOnRecord, also for one that complains of the caller's unit.

    A matter may go through several townships, so a case that is named by its id is looked for in
    the county; nothing of another township's but that it is there reaches the answer. A number,
    which can be guessed, is found within the caller's scope alone.
    """
    case_id = await named_case(office, actor.scope, reference, field=field)
    record = await office.cases.read(county_of(case_id), case_id)
    if record.state.filed is None or record.state.voided or record.state.is_sealed:
        raise CaseNotOnRecord(field=field)
    if await is_hidden(office, actor, record.state):
        raise CaseNotOnRecord(field=field)
    return record


async def is_hidden(office: Office, actor: Actor, case: CaseFile) -> bool:
    """Whether the case complains of the actor's unit."""
    registry = await office.registry(actor.scope)
    return is_complained_of(case, participant(actor), registry, on=china_day(office.now()))


def looked_up_at(record: Record[CaseFile], division: str) -> dict[str, int]:
    """What the append compares: the version of a case in the same ledger."""
    filed = record.state.filed
    if filed is None or not filed.case_id.startswith(f"{division}-"):
        return {}
    return {filed.case_id: record.version}
