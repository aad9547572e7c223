"""How many of the cases that count as filed complain of which unit, by the mark that events have."""

from dataclasses import dataclass
from datetime import date
from typing import LiteralString

from services.intake.domain.complained_unit import HiddenComplaints
from services.intake.store.case_board import NOT_OF_OWN_UNIT
from shared.postgres import Pool, rows, transaction

_COUNTS: LiteralString = f"""
    with complaint as (
        select
            split_part(complained_unit, '/', 2) as named,
            coalesce(complained_division, split_part(complained_unit, '/', 1)) as of_division,
            {NOT_OF_OWN_UNIT.sql} as is_shown
        from case_board
        where complained_unit is not null and 'filed' = any(reached)
          and (filed_at at time zone 'Asia/Shanghai')::date between %(first)s and %(last)s
    )
    select
        (select coalesce(json_object_agg(division_code, head_seq), '{{}}') from ledger) as heads,
        (select count(*) from complaint where not is_shown) as withheld,
        (select coalesce(json_agg(counted), '[]') from (
            select named, of_division, count(*) as value from complaint where is_shown
            group by named, of_division order by count(*) desc, of_division, named
        ) as counted) as shown
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintCount:
    """The complaints about one unit."""

    named: str
    """The mark of its code, or the code itself in older events."""
    of_division: str
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintCounts:
    """What was counted in one look."""

    heads: dict[str, int]
    """How far each ledger was then."""
    withheld: int
    """How many are about a unit of whoever asks."""
    shown: list[ComplaintCount]


async def complaint_counts(
    pool: Pool, division: str, hidden: HiddenComplaints, *, first: date, last: date
) -> ComplaintCounts:
    """Of cases registered in these days, both inclusive, in a division and what is below it."""
    named = {"first": first, "last": last, **hidden.named()}
    async with transaction(pool, division) as connection:
        [found] = await rows(connection, _COUNTS, named)
    shown = [ComplaintCount(**each) for each in found.pop("shown")]
    return ComplaintCounts(shown=shown, **found)
