"""Whether what a warning names is on record: matters, what a rule is about, and events.

A reference to a person has the form of a record's id, and another service's persons are unknown here:
only what grid knows as a matter, a record or an event is none.
"""

from collections.abc import Collection, Sequence
from typing import LiteralString

from shared.contracts.early_warning_codes import WarningRule
from shared.postgres import Pool, rows, transaction

_MATTER: LiteralString = """
    select from report_board where division_code = %(division)s and matter_id = %(matter_id)s
    union all
    select from signal_board where division_code = %(division)s and matter_id = %(matter_id)s
    union all
    select from followed_case where division_code = %(division)s and matter_id = %(matter_id)s
    union all
    select from rule_state
    where division_code = %(division)s and subject = %(matter_id)s and rule = %(of_matters)s
    limit 1
"""
_SUBJECT: LiteralString = """
    select from rule_state
    where division_code = %(division)s and subject = %(subject)s and rule = any(%(rules)s)
    union all
    select from followed_case where division_code = %(division)s and case_id = %(subject)s
    limit 1
"""
_EVENTS: LiteralString = """
    select event_id from unnest(%(events)s::text[]) as named (event_id)
    where exists (select from event
            where event.division_code = %(division)s and event.event_id = named.event_id)
       or exists (select from rule_state
            where rule_state.division_code = %(division)s and rule = any(%(rules)s)
              and subject = any(%(subjects)s) and position(named.event_id in facts) > 0)
"""
_RULES = [rule.value for rule in WarningRule]


async def is_matter(pool: Pool, division: str, matter_id: str) -> bool:
    """Whether a report, a signal, a case or an application for mediation is about such a matter."""
    of_matters = WarningRule.RAISED_AFTER_ANSWER.value
    return await _is_found(pool, division, _MATTER, matter_id=matter_id, of_matters=of_matters)


async def is_subject(pool: Pool, division: str, subject: str) -> bool:
    """Whether the rules have read of such a case, mediation, cause or text."""
    return await _is_found(pool, division, _SUBJECT, subject=subject, rules=_RULES)


async def events_on_record(
    pool: Pool, division: str, events: Collection[str], *, about: Sequence[str]
) -> frozenset[str]:
    """Those of the events that are in the ledger, or that the rules have read about these subjects."""
    named = {
        "division": division,
        "events": sorted(events),
        "subjects": list(about),
        "rules": _RULES,
    }
    async with transaction(pool, division) as connection:
        return frozenset(row["event_id"] for row in await rows(connection, _EVENTS, named))


async def _is_found(pool: Pool, division: str, query: LiteralString, **named: object) -> bool:
    async with transaction(pool, division) as connection:
        return bool(await rows(connection, query, {"division": division, **named}))
