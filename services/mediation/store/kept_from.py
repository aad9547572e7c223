"""The table `mediation_kept_from`: the units that see nothing of a dispute, as `<division>/<mark>`.

Of older disputes it has codes instead of marks.
Written with the first fact of a dispute, and anew where intake corrects whom its case complains of.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import LiteralString

from services.mediation.domain.complained_unit import Place, units_meant, units_named
from services.mediation.domain.mediation_file import MediationFile
from shared.board import Restriction
from shared.cloudevents import RecordedEvent
from shared.contracts.case_handling_codes import FilingFact
from shared.contracts.event import Event
from shared.contracts.intake import FilingCorrected
from shared.contracts.mediation import MediationApplied, MediationNotTakenUp
from shared.divisions import division_of
from shared.due import DueRow
from shared.handling import Written
from shared.identity import Actor, Role
from shared.keyed_marks import NO_MARKS, KeyedMarks
from shared.ledger import Statement
from shared.postgres import Connection, Pool, rows, transaction

_KEEP: LiteralString = """
    insert into mediation_kept_from (division_code, mediation_id, place)
    select %(division)s, %(mediation_id)s, unnest(%(places)s::text[])
    on conflict (division_code, mediation_id, place) do update set is_kept = true
    where not mediation_kept_from.is_kept
"""
_FORGET: LiteralString = """
    update mediation_kept_from set is_kept = false
    where division_code = %(division)s and mediation_id = %(mediation_id)s and is_kept
"""
_OF_CASE: LiteralString = """
    select mediation_id, (select min(split_part(place, '/', 2)) from mediation_kept_from as kept
        where kept.division_code = mediation_board.division_code
          and kept.mediation_id = mediation_board.mediation_id and kept.is_kept) as code
    from mediation_board where case_id = %(case_id)s order by mediation_id
"""
_COMPLAINT = {FilingFact.COMPLAINED_UNIT, FilingFact.COMPLAINED_DIVISION}
_ANY = "*"
OWN: LiteralString = "%(own)s::text[] && array[place, '*']"
"""Whoever comes with a token of no unit may be of any."""
NOT_KEPT_SQL: LiteralString = f"""
    not exists (select from mediation_kept_from as kept
        where kept.division_code = {{table}}.division_code
          and kept.mediation_id = {{table}}.mediation_id and kept.is_kept and {OWN})
"""
NOT_KEPT = Restriction("not_kept_from", NOT_KEPT_SQL.replace("{table}", "mediation_board"))
"""Leaves out the disputes that complain of the unit of whoever asks."""
_KEPT: LiteralString = f"""
    select mediation_id from mediation_kept_from
    where division_code = %(division)s and is_kept and {OWN}
"""
_ONE: LiteralString = f"{_KEPT} and mediation_id = %(mediation_id)s limit 1"


def asking(actor: Actor, own: Sequence[str]) -> Mapping[str, object]:
    """Whoever asks, as the conditions name them, `own` being the units that concern them.

    A backfill is of no unit and sees everything.
    """
    if actor.unit is not None:
        return {"own": list(own)}
    return {"own": list(own) if actor.role is Role.BACKFILL else [*own, _ANY]}


async def kept_from(
    pool: Pool,
    actor: Actor,
    division: str,
    mediation_id: str | None = None,
    *,
    own: Sequence[str],
) -> frozenset[str]:
    """The disputes of a ledger, or the one, that whoever asks sees nothing of."""
    named = {**asking(actor, own), "division": division, "mediation_id": mediation_id}
    query = _KEPT if mediation_id is None else _ONE
    async with transaction(pool, division) as connection:
        return frozenset(row["mediation_id"] for row in await rows(connection, query, named))


def view_writes(
    division: str, written: Sequence[Written[MediationFile]], marks: KeyedMarks
) -> list[Statement]:
    """Writes whom the first facts of disputes complain of."""
    return [
        _keep(division, fact.mediation_id, places)
        for each in written
        for fact in each.events
        if isinstance(fact, MediationApplied | MediationNotTakenUp)
        and (places := units_meant(fact, marks))
    ]


def _keep(division: str, mediation_id: str, places: Iterable[Place]) -> Statement:
    written = sorted("/".join(place) for place in places)
    named = {"division": division, "mediation_id": mediation_id, "places": written}
    return Statement(_KEEP, named)


async def follow_correction(
    connection: Connection, _: RecordedEvent, fact: Event, *, marks: KeyedMarks = NO_MARKS
) -> Sequence[DueRow]:
    """Keep the disputes of a case from whom it is corrected to complain of."""
    if not isinstance(fact, FilingCorrected) or not _COMPLAINT & set(fact.changed):
        return ()
    for row in await rows(connection, _OF_CASE, {"case_id": fact.case_id}):
        mediation_id = str(row["mediation_id"])
        code = fact.complained_mark or fact.complained_unit
        if FilingFact.COMPLAINED_UNIT not in fact.changed:
            code = row["code"]
        places = units_named(
            code,
            fact.complained_division,
            mediation_id=mediation_id,
            homes=(fact.case_id, fact.matter_id),
            marks=marks,
        )
        kept = _keep(division_of(mediation_id), mediation_id, places)
        await connection.execute(_FORGET, kept.parameters)
        await connection.execute(kept.query, kept.parameters)
    return ()
