"""Visits at a reception at which a case was solved: grounds on which its resolution may rest."""

from services.intake.api.office import Office
from services.intake.domain.receptions import ReceptionFile
from services.intake.domain.receptions.refusals import ReceptionNotFound, VisitIsAGround
from shared.contracts.receptions import ReceptionVisitReceived
from shared.decider import Mark
from shared.divisions import division_of
from shared.handling.stored_events import decoded


async def solved_at(
    office: Office, case_id: str, reception_id: str | None
) -> tuple[tuple[Mark, ...], dict[str, int]]:
    """The events of the case's visits with the petitioner's acknowledgement, and the version.

    A reception of another division is none. Raises ReceptionNotFound.
    """
    if reception_id is None:
        return (), {}
    division = division_of(case_id)
    if division_of(reception_id) != division:
        raise ReceptionNotFound(field="reception_id")
    history = await office.ledger.stream(division, reception_id)
    record = office.receptions.fold(history)
    if record.state.known is None:
        raise ReceptionNotFound(field="reception_id")
    solved = tuple(
        Mark(each.occurred_at, each.event_id)
        for each, event in zip(history, decoded(history), strict=True)
        if _is_of_case(event, case_id, record.state)
    )
    return solved, {reception_id: record.version}


async def refuse_if_ground(
    office: Office, reception: ReceptionFile, visit_id: str
) -> dict[str, int]:
    """Raise VisitIsAGround where a case is resolved on it; gives the version of the case."""
    visit = reception.visits.get(visit_id)
    if visit is None or visit.case_id is None:
        return {}
    record = await office.cases.read(division_of(visit.case_id), visit.case_id)
    solved, _ = await solved_at(office, visit.case_id, visit.reception_id)
    resolved = record.state.resolved
    grounds = set(resolved.grounds or ()) if resolved else set()
    if visit.solved_on_site and not grounds.isdisjoint({each.event_id or "" for each in solved}):
        raise VisitIsAGround
    return {visit.case_id: record.version}


def _is_of_case(event: object, case_id: str, reception: ReceptionFile) -> bool:
    return (
        isinstance(event, ReceptionVisitReceived)
        and event.visit_id in reception.visits
        and event.case_id == case_id
        and event.solved_on_site
        and event.acknowledged
    )
