"""The reports and signals that tell of a person, what told of their matters since, and whether
somebody is on the register of workers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import LiteralString

from psycopg.rows import class_row

from shared.contracts.early_warnings import MatterWatched, WarningRaised
from shared.contracts.weekly_reports import AssessmentHeld, WeeklyReportFiled
from shared.postgres import Pool, rows, transaction
from shared.vault.open_files import OPEN_FILES

_NAMING: LiteralString = f"""
    with named (record_id) as (
        select distinct stream_id from event
        where division_code = %(division)s and position(%(person_ref)s in data) > 0
    ), naming (record_id) as (
        select record_id from named
        union
        select signal_id from signal_board join named on report_id = record_id
        where division_code = %(division)s
    )
    select record_id, matter_id, own_matter, state, is_signal, wrapped_key is not null as has_texts,
        kept_from, complained_unit
    from (
        select report_id as record_id, matter_id, state, false as is_signal, kept_from,
            null as complained_unit
        from report_board
        where division_code = %(division)s
        union all
        select signal_id, matter_id, state, true, array[]::text[], complained_unit
        from signal_board
        where division_code = %(division)s
    ) as board
    join naming using (record_id)
    cross join lateral (
        select data::json ->> 'matter_id' as own_matter from event
        where event.division_code = %(division)s and stream_id = record_id
        order by version limit 1) as begun
    left join {OPEN_FILES} on vault_file.division_code = %(division)s
        and vault_file.person_ref = record_id
    order by is_signal, record_id
"""
"""Every event of the township is read: rare enough, and no event that names the person is missed.

The order opened for such a report says what the report says.
"""
_TELLING: LiteralString = f"""
    select distinct stream_id from event
    join {OPEN_FILES} on vault_file.division_code = event.division_code
        and vault_file.person_ref = stream_id
    where event.division_code = %(division)s and kind = any(%(kinds)s) and wrapped_key is not null
      and exists (select from unnest(%(matters)s::text[]) as matter where position(matter in data) > 0)
    order by stream_id
"""
_TELLS = (WeeklyReportFiled, AssessmentHeld, WarningRaised, MatterWatched)
_ON_REGISTER: LiteralString = """
    select from grid_worker_board
    where division_code = %(division)s and person_ref = %(person_ref)s
      and (last_day is null or last_day >= %(today)s)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamingRecord:
    """A report or a signal that tells of the person."""

    record_id: str
    matter_id: str
    """With which it counts."""
    own_matter: str
    state: str
    is_signal: bool
    has_texts: bool
    """Its words can still be read."""
    kept_from: list[str]
    """The units that a report is about: they do not learn of it."""
    complained_unit: str | None
    """The one that a signal complains of, by its code."""


async def records_naming(
    pool: Pool, scope: str, *, division: str, person_ref: str
) -> list[NamingRecord]:
    """Reports, then signals, by the order of their ids."""
    named = {"division": division, "person_ref": person_ref}
    async with (
        transaction(pool, scope) as connection,
        connection.cursor(row_factory=class_row(NamingRecord)) as cursor,
    ):
        await cursor.execute(_NAMING, named)
        return await cursor.fetchall()


async def texts_telling_of(
    pool: Pool, scope: str, division: str, matters: Sequence[str]
) -> list[str]:
    """The files of weekly reports, assessments, warnings and watched matters that tell of one of these
    matters.
    """
    kinds = [each.kind for each in _TELLS]
    named = {"division": division, "kinds": kinds, "matters": list(matters)}
    async with transaction(pool, scope) as connection:
        return [row["stream_id"] for row in await rows(connection, _TELLING, named)]


async def is_on_register(
    pool: Pool, scope: str, *, division: str, person_ref: str, today: date
) -> bool:
    """Whether the reference is that of a worker who has not left."""
    named = {"division": division, "person_ref": person_ref, "today": today}
    async with transaction(pool, scope) as connection:
        return bool(await rows(connection, _ON_REGISTER, named))
