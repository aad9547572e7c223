"""The table `warning_matter`: the matters that a rule's warning is made of, where it names no single one.

By it a warning is kept from the unit complained of in any of them.
"""

from collections.abc import Sequence
from typing import LiteralString

from shared.divisions import division_of
from shared.ledger import Statement

_KEEP: LiteralString = """
    insert into warning_matter (division_code, warning_id, matter_id)
    select %(division)s, %(warning_id)s, given from unnest(%(matters)s::text[]) as given
    order by given on conflict do nothing
"""


def kept(warning_id: str, matters: Sequence[str]) -> list[Statement]:
    """Keep the matters of a warning; more are added where its level rises."""
    if not matters:
        return []
    named = {"warning_id": warning_id, "matters": sorted(set(matters))}
    return [Statement(_KEEP, {"division": division_of(warning_id), **named})]
