"""The table `warning_repeats`: how often what a warning is about came again while it was open.

A warning without a row was raised once. The first events are kept; every one is counted.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import LiteralString

import orjson

from shared.ledger import Statement

_COUNT: LiteralString = """
    insert into warning_repeats (division_code, warning_id, counted, because)
    select %(division)s, warning_id, counted, because
    from json_to_recordset(%(rows)s::json)
        as given (warning_id text, counted integer, because text[])
    order by warning_id
    on conflict (division_code, warning_id) do update
    set counted = excluded.counted, because = excluded.because
    where warning_repeats.counted < excluded.counted
"""
_ONCE_MORE: LiteralString = """
    insert into warning_repeats (division_code, warning_id, counted, because)
    values (%(division)s, %(warning_id)s, 2, '{}')
    on conflict (division_code, warning_id) do update set counted = warning_repeats.counted + 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeats:
    """How often it came, the first time included, and because of which events, the first of them."""

    warning_id: str
    counted: int
    because: Sequence[str]


def count(division: str, repeats: Sequence[Repeats]) -> list[Statement]:
    """Keep the counts of a rule: written again, or out of order, the greatest is kept."""
    if not repeats:
        return []
    rows = orjson.dumps([asdict(each) for each in repeats]).decode()
    return [Statement(_COUNT, {"division": division, "rows": rows})]


def once_more(division: str, warning_id: str) -> Statement:
    """Count what a post warned of again."""
    return Statement(_ONCE_MORE, {"division": division, "warning_id": warning_id})
