"""Which reports were converted to cases: looked up in the ledger by the id of the conversion."""

from collections.abc import Collection, Mapping
from typing import LiteralString

from shared.contracts.grid_reports import GridReportConverted
from shared.contracts.referral import conversion_of
from shared.divisions import division_of
from shared.postgres import Pool, rows, transaction

_CONVERTED: LiteralString = """
    select event_id, stream_id from event
    where division_code = any(%(divisions)s) and event_id = any(%(ids)s) and kind = %(kind)s
"""


async def reports_of_cases(pool: Pool, scope: str, case_ids: Collection[str]) -> Mapping[str, str]:
    """The report of each case that was converted from one; most were not."""
    conversions = {conversion_of(case_id): case_id for case_id in case_ids}
    named = {
        "divisions": sorted(set(map(division_of, case_ids))),
        "ids": sorted(conversions),
        "kind": GridReportConverted.kind,
    }
    async with transaction(pool, scope) as connection:
        found = await rows(connection, _CONVERTED, named)
    return {conversions[row["event_id"]]: row["stream_id"] for row in found}
