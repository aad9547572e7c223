"""Cases that the records of leaders and units name, as far as whoever asks may know of them."""

from collections.abc import Collection, Iterable, Sequence

from services.intake.api.office import Office
from services.intake.api.other_case import CaseNotOnRecord
from services.intake.api.reading import refuse_reader
from services.intake.domain.case import CaseNotFound
from shared.divisions import division_of
from shared.identity import Actor
from shared.ledger.read import StreamEvent


async def refuse_unless_named(
    office: Office, actor: Actor, division: str, cases: Iterable[str], *, field: str
) -> None:
    """Raise CaseNotOnRecord for a case that is not there, or not to be read by who names it."""
    named = {*cases}
    is_elsewhere = any(division_of(each) != division for each in named)
    if is_elsewhere or await cases_hidden(office, actor, named):
        raise CaseNotOnRecord(field=field)


async def cases_hidden(
    office: Office, actor: Actor, named: Iterable[str | None]
) -> frozenset[str]:
    """Those of the cases that are kept from whoever asks."""
    return frozenset(
        [each for each in {*named} if each is not None and await _is_kept(office, actor, each)]
    )


async def _is_kept(office: Office, actor: Actor, case_id: str) -> bool:
    record = await office.cases.read(actor.scope, case_id)
    try:
        await refuse_reader(office, actor, record.state)
    except CaseNotFound:
        return True
    return False


def naming(history: Sequence[StreamEvent], hidden: Collection[str]) -> list[str]:
    """The ids of the events that name one of the hidden cases."""
    return [each.event_id for each in history if any(name in each.data for name in hidden)]
