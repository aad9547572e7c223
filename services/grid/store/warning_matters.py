"""The table `warning_matter`: the matters that a rule's warning is made of, where it names no single one.

By it a warning is kept from the unit complained of in any of them.
"""

from collections.abc import Sequence
from typing import LiteralString

from shared.divisions import division_of
from shared.ledger import Statement
from shared.postgres import Pool, rows, transaction

_KEEP: LiteralString = """
    insert into warning_matter (division_code, warning_id, matter_id)
    select %(division)s, %(warning_id)s, given from unnest(%(matters)s::text[]) as given
    order by given on conflict do nothing
"""


_OF_EVENTS: LiteralString = """
    select distinct matter_id from (
        select data::jsonb ->> 'matter_id' as matter_id from event
        where division_code = %(division)s and event_id = any(%(events)s::text[])
        union all
        select fact ->> 3 from rule_state, jsonb_array_elements(facts::jsonb) as fact
        where division_code = %(division)s and rule = %(rule)s and subject = %(subject)s
          and fact ->> 1 = any(%(events)s::text[]) and fact ->> 2 = 'matter'
    ) as named where matter_id is not null
"""


async def matters_of_events(
    pool: Pool, division: str, events: Sequence[str], *, rule: str, subject: str
) -> list[str]:
    """The matters of events: those of grid say it, those of other services as the rule has read them."""
    named = {"division": division, "events": list(events), "rule": rule, "subject": subject}
    async with transaction(pool, division) as connection:
        return [row["matter_id"] for row in await rows(connection, _OF_EVENTS, named)]


def kept(warning_id: str, matters: Sequence[str]) -> list[Statement]:
    """Keep the matters of a warning; more are added where its level rises."""
    if not matters:
        return []
    named = {"warning_id": warning_id, "matters": sorted(set(matters))}
    return [Statement(_KEEP, {"division": division_of(warning_id), **named})]
