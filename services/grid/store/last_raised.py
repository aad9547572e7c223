"""The last warning that a rule raised about each of some subjects, by the warning board."""

from collections.abc import Collection, Mapping
from typing import Any, LiteralString

from psycopg.rows import dict_row

from services.grid.domain.early_warning.warning_file import OPEN_STATES
from shared.postgres import Connection

Named = tuple[str, str, str]
"""Division, rule and subject."""

_LAST: LiteralString = """
    select last.* from unnest(%(divisions)s::text[], %(rules)s::text[], %(subjects)s::text[])
        as asked_for (division, rule, subject)
    cross join lateral (
        select board.division_code, board.rule, board.subject, episode, level, ended_at,
            case when board.state = any(%(open)s::text[]) then board.warning_id end as warning_id
        from warning_board as board
        where board.division_code = division and board.rule = asked_for.rule
          and board.subject = asked_for.subject and not recorded_afterwards
        order by episode desc limit 1
    ) as last
"""


async def last_raised(
    connection: Connection, places: Collection[Named]
) -> Mapping[Named, Mapping[str, Any]]:
    """Its episode, and its id while it is open; what an older record states has no episode here."""
    if not places:
        return {}
    divisions, rules, subjects = map(list, zip(*sorted(places), strict=True))
    named = {"divisions": divisions, "rules": rules, "subjects": subjects}
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(_LAST, {**named, "open": list(OPEN_STATES)})
        return {
            (row["division_code"], row["rule"], row["subject"]): row
            for row in await cursor.fetchall()
        }
