"""Who has to do with a report: its unit, and whoever serves its grid; and from whom it is kept."""

from collections.abc import Mapping

from services.grid.api.office import Office
from services.grid.api.signal_access import own_units
from services.grid.domain.report import Report, ReportNotFound
from services.grid.domain.report.about import is_kept_from
from services.grid.domain.report.report_file import submitted
from services.grid.store import assignments, signal_board
from services.grid.store.followed_cases import FollowedState, states_of_cases
from services.grid.store.own_reports import open_in
from services.grid.store.report_board import KeptFrom
from shared.contracts.report_codes import ConvertedTo
from shared.divisions import division_of
from shared.identity import Actor, Role
from shared.refusals import Refusal
from shared.times import china_day

_TAKING: Mapping[ConvertedTo, frozenset[Role]] = {
    ConvertedTo.CASE: frozenset({Role.CLERK, Role.TOWNSHIP_LEADER}),
    ConvertedTo.MEDIATION: frozenset({Role.MEDIATOR, Role.CLERK, Role.TOWNSHIP_LEADER}),
    ConvertedTo.WORK_ORDER: frozenset(),
}
"""Who takes it up. Grid knows no roster: any mediator of the committee's township may."""


class RecusedFromMatter(Refusal):
    """This post was recused from the case to which the report was converted."""

    status = 403
    title = "You are recused from the matter"


def kept_from(office: Office, actor: Actor) -> KeptFrom:
    """Whoever asks, as the board leaves out what is kept from them."""
    return KeptFrom(
        own=office.own_names(actor),
        is_worker=actor.role is Role.GRID_WORKER,
        own_units=own_units(office, actor),
    )


async def require_visible(office: Office, actor: Actor, report: Report) -> None:
    """Raise ReportNotFound, also for a report about the actor's unit or about a fellow worker."""
    submitted(report)
    if await is_hidden(office, actor, report):
        raise ReportNotFound


async def is_hidden(office: Office, actor: Actor, report: Report) -> bool:
    """Whether the report, or a case to which it was converted, is about the actor's unit, or the
    report about a fellow worker.
    """
    is_worker = actor.role is Role.GRID_WORKER
    if is_kept_from(report, units=office.own_units(actor), is_worker=is_worker):
        return True
    cases = await _cases_of(office, report)
    return any(each.complained_unit in own_units(office, actor) for each in cases)


async def is_accusation(office: Office, report: Report) -> bool:
    """Whether a case to which the report was converted is an accusation."""
    cases = await _cases_of(office, report)
    return any(each.accusation and not each.voided for each in cases)


async def refuse_recused(office: Office, actor: Actor, report: Report) -> None:
    """Raise RecusedFromMatter, whichever of its conversions the recusal is of."""
    names = actor.names_in(division_of(submitted(report).report_id))
    for each in await _cases_of(office, report):
        if not set(names).isdisjoint(each.recused_posts):
            raise RecusedFromMatter


async def _cases_of(office: Office, report: Report) -> list[FollowedState]:
    """The cases to which the report was converted, as far as intake's events were read."""
    ids = [
        each.record_id
        for each in report.conversions
        if each.fact.to is ConvertedTo.CASE and each.record_id is not None
    ]
    if not ids:
        return []
    division = division_of(submitted(report).report_id)
    return await states_of_cases(office.pool, division, ids)


def is_of_unit(actor: Actor, report: Report) -> bool:
    """Whether the token is of the unit that has the report, in the report's own township.

    The code of a unit is its division's: a county's unit of the same code is another one.
    """
    if report.to_unit is None or actor.unit != report.to_unit:
        return False
    return actor.scope == division_of(submitted(report).report_id)


async def has_order_of(office: Office, actor: Actor, report: Report) -> bool:
    """Whether the token is of the unit that has an open order for the report, in its township."""
    report_id = submitted(report).report_id
    if actor.unit is None or actor.scope != division_of(report_id):
        return False
    return await signal_board.has_order_of(office.pool, report_id, actor.unit)


async def serves_grid_of(office: Office, actor: Actor, report: Report) -> bool:
    """Whether the post serves the report's grid today, or the one that has its matters since."""
    known = submitted(report)
    division = division_of(known.report_id)
    grids = await grids_today(office, actor, division)
    if known.grid_code in grids:
        return True
    own = await open_in(office.pool, division, grids, kept_from(office, actor))
    return known.report_id in {each.report_id for each in own}


async def grids_today(office: Office, actor: Actor, division: str) -> list[str]:
    """The codes of the grids that the post serves today."""
    today = china_day(office.now())
    served = await assignments.served_by_posts(office.pool, division, actor.names_in(division))
    return sorted({each.grid_code for each in served if each.covers(today)})


async def takes_over(office: Office, actor: Actor, report: Report) -> bool:
    """Whether the report is converted to the actor's office, in the division that keeps the record.

    A token of the county takes nothing of a township up, and nobody what is sealed since.
    """
    conversion = report.conversion
    if conversion is None or not report.is_converted:
        return False
    record_id = conversion.record_id
    if record_id is None or actor.role not in _TAKING[conversion.fact.to]:
        return False
    if actor.scope != division_of(record_id):
        return False
    cases = await _cases_of(office, report)
    return not any(each.is_sealed for each in cases if each.case_id == record_id)
