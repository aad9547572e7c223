"""What is open in the grids that somebody serves, also what came with a grid that was dissolved."""

from collections.abc import Sequence
from typing import LiteralString

from psycopg.rows import class_row

from services.grid.domain.report.report_file import OPEN_STATES
from services.grid.store.report_board import NOT_KEPT_BACK, KeptFrom, ReportLine
from shared.postgres import Pool, transaction

COLUMNS: LiteralString = """
    division_code as division, report_id, matter_id, state, level, category, topic,
    matter_category, urgency, source, grid_code, village_code, submitted_at, to_unit, on_site,
    result, converted_to,
    record_id, outcome, due_at, missed, version
"""
_OPEN_IN: LiteralString = f"""
    with recursive own (grid_code) as (
        select unnest(%(grids)s::text[]) collate "C"
        union
        select before.grid_code from own join grid_board as before
            on before.division_code = %(division)s and own.grid_code = any(before.successors)
    )
    select {COLUMNS} from report_board join own using (grid_code)
    where division_code = %(division)s and state = any(%(open)s) and {NOT_KEPT_BACK.sql}
    order by case when due_at is null then 'infinity' else due_at end, report_id limit 500
"""


async def open_in(
    pool: Pool, division: str, grids: Sequence[str], who: KeptFrom
) -> list[ReportLine]:
    """Open reports of these grids and of those that they succeeded, the soonest due first."""
    named = {
        "division": division,
        "grids": list(grids),
        "open": [state.value for state in OPEN_STATES],
        **who.named(),
    }
    async with (
        transaction(pool, division) as connection,
        connection.cursor(row_factory=class_row(ReportLine)) as cursor,
    ):
        await cursor.execute(_OPEN_IN, named)
        return await cursor.fetchall()
