"""The table `rule_state`: what the rules of early warnings know of their subjects.

A chunk of events locks the rows of its subjects once, and writes them once, in the transaction that
moves the inbox. The warning itself is a row's `warning_id` from the append that raises it to the one
that ends it. Deleting the rows, with the inbox's positions of the topics, lets everything be read anew:
what was asked for before finds its due row, and a row that is put anew has its episode from the board.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, LiteralString, NamedTuple

import orjson
from psycopg.rows import dict_row

from services.grid.domain.early_warning import EarlyWarning
from services.grid.domain.rules import RULES
from services.grid.domain.rules.counted_cases import CountedCase
from services.grid.domain.rules.facts import RuleFact
from services.grid.domain.rules.policy import EarlyWarningPolicy
from services.grid.domain.rules.state import RuleState
from services.grid.store.last_raised import last_raised
from shared.contracts.early_warning_codes import WarningLevel, WarningRule
from shared.divisions import division_of
from shared.handling import Written
from shared.ledger import Statement
from shared.postgres import Connection, Pool, transaction
from shared.times import to_wire

_RULES = {rule.id: rule for rule in RULES}
_LOCK: LiteralString = """
    select * from rule_state_lock_v1(%(divisions)s::text[], %(rules)s::text[], %(subjects)s::text[])
"""
_WRITE: LiteralString = """
    insert into rule_state (division_code, rule, subject, facts, counted, because, asked,
        episode, warning_id, quiet_until)
    select division_code, rule, subject, facts, counted, because, asked,
        coalesce(episode, 0), warning_id, quiet_until
    from json_to_recordset(%(rows)s::json) as given (division_code text, rule text, subject text,
        facts text, counted integer, because text[], asked text,
        episode integer, warning_id text, quiet_until timestamptz)
    on conflict (division_code, rule, subject) do update
    set facts = excluded.facts, counted = excluded.counted, because = excluded.because,
        asked = excluded.asked
"""
_READ: LiteralString = """
    select facts, counted, because, asked, episode, warning_id, quiet_until from rule_state
    where division_code = %(division)s and rule = %(rule)s and subject = %(subject)s
"""
_ONE: LiteralString = """
    select episode, warning_id, quiet_until from rule_state
    where division_code = %(division)s and rule = %(rule)s and subject = %(subject)s
"""
# What the rule had read is dealt with (`Watched.end`): the member of a fact that says it is live is null.
# The count is that of the row as it is when the warning is raised; later events move it on.
_OPEN: LiteralString = """
    with opened as (
        update rule_state set episode = %(episode)s, warning_id = %(warning_id)s
        where division_code = %(division)s and rule = %(rule)s and subject = %(subject)s
          and episode < %(episode)s
        returning counted, because
    )
    insert into warning_repeats (division_code, warning_id, counted, because)
    select %(division)s, %(warning_id)s, counted, because from opened where counted > 1
    on conflict (division_code, warning_id) do nothing
"""
_END: LiteralString = """
    update rule_state
    set warning_id = null, asked = null, counted = 0, because = '{}', quiet_until = ended.quiet_until,
        facts = case when ended.deals_with is null then facts else (
            select coalesce(jsonb_agg(case when fact ->> 2 = ended.deals_with
                then jsonb_set(fact, '{7}', 'null') else fact end order by place), '[]')::text
            from jsonb_array_elements(facts::jsonb) with ordinality as kept (fact, place)) end
    from json_to_recordset(%(rows)s::json) as ended
        (rule text, subject text, warning_id text, quiet_until timestamptz, deals_with text)
    where rule_state.division_code = %(division)s and rule_state.rule = ended.rule
      and rule_state.subject = ended.subject and rule_state.warning_id = ended.warning_id
"""
_WAIT_BRIEFLY = Statement("select set_config('lock_timeout', '10s', true)", {})
"""A follower that folds event by event holds rows while a command of its own waits for the ledger that
this append has locked. No database sees that; the append gives way, and is tried again."""


_CASE = "case"
"""The name under which the rows of cases are kept; it is no rule's."""


class Place(NamedTuple):
    """A subject of a rule in a ledger."""

    division: str
    rule: str
    subject: str


class Episode(NamedTuple):
    """The last warning of a rule about a subject, and whether it is open."""

    number: int = 0
    warning_id: str | None = None
    quiet_until: datetime | None = None


async def recall(
    connection: Connection, states: Mapping[Place, RuleState], policy: EarlyWarningPolicy
) -> None:
    """Give states that no row had the last episode of their subject, by the warning board."""
    fresh = [place for place, state in states.items() if not (state.facts or state.episode)]
    for place, last in (await last_raised(connection, fresh)).items():
        state, ended_at = states[Place(*place)], last["ended_at"]
        state.episode, state.warning_id = last["episode"], last["warning_id"]
        if state.warning_id is not None:
            state.asked = WarningLevel.of(last["level"])
        if ended_at is not None:
            state.quiet_until = ended_at + policy.rules[WarningRule.of(place[1])].quiet


async def read(pool: Pool, place: Place) -> RuleState | None:
    """What a rule knows of a subject by now; None where nothing was read of it."""
    async with (
        transaction(pool, place.division) as connection,
        connection.cursor(row_factory=dict_row) as cursor,
    ):
        await cursor.execute(_READ, place._asdict())
        row = await cursor.fetchone()
    return None if row is None else _state(row)


async def lock(connection: Connection, places: Collection[Place]) -> dict[Place, RuleState]:
    """The states of these subjects, which nobody else writes until the transaction ends."""
    divisions, rules, subjects = map(list, zip(*sorted(places), strict=True))
    named = {"divisions": divisions, "rules": rules, "subjects": subjects}
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(_LOCK, named)
        found = {
            Place(row["division_code"], row["rule"], row["subject"]): _state(row)
            for row in await cursor.fetchall()
        }
    return {place: found.get(place) or RuleState() for place in places}


def write(states: Mapping[Place, RuleState]) -> Statement:
    """Keep what the rules know; of a row that is there, episodes are written by the warnings."""
    rows = [
        {
            "division_code": place.division,
            "rule": place.rule,
            "subject": place.subject,
            "facts": orjson.dumps([each.to_json() for each in state.facts]).decode(),
            "counted": state.counted,
            "because": state.because,
            "asked": state.asked,
            "episode": state.episode,
            "warning_id": state.warning_id,
            "quiet_until": state.quiet_until and to_wire(state.quiet_until),
        }
        for place, state in sorted(states.items(), key=lambda each: each[0])
    ]
    return Statement(_WRITE, {"rows": orjson.dumps(rows).decode()})


async def lock_cases(
    connection: Connection, cases: Mapping[str, Collection[str]]
) -> dict[str, dict[str, CountedCase]]:
    """The cases by ledger, which nobody else writes until the transaction ends.

    Name every ledger of the chunk, also those without a case: their locks are taken in one order.
    """
    places = sorted(
        Place(division, _CASE, case_id)
        for division, ids in cases.items()
        for case_id in {"", *ids}
    )
    divisions, rules, subjects = map(list, zip(*places, strict=True))
    named = {"divisions": divisions, "rules": rules, "subjects": subjects}
    found: dict[str, dict[str, CountedCase]] = {division: {} for division in cases}
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(_LOCK, named)
        for row in await cursor.fetchall():
            case = CountedCase.from_json(orjson.loads(row["facts"]))
            found[row["division_code"]][row["subject"]] = case
    return found


def write_cases(cases: Mapping[str, Mapping[str, CountedCase]]) -> list[Statement]:
    """Keep what was read of the cases."""
    rows: list[dict[str, Any]] = [
        {
            "division_code": division,
            "rule": _CASE,
            "subject": case_id,
            "facts": orjson.dumps(case.to_json()).decode(),
            "counted": 0,
            "because": [],
            "asked": None,
            "episode": 0,
        }
        for division, known in sorted(cases.items())
        for case_id, case in sorted(known.items())
    ]
    return [Statement(_WRITE, {"rows": orjson.dumps(rows).decode()})] if rows else []


async def episode_of(pool: Pool, place: Place) -> Episode:
    """The last warning about a subject; by the board where the row was deleted."""
    async with transaction(pool, place.division) as connection:
        cursor = await connection.execute(_ONE, place._asdict())
        if (row := await cursor.fetchone()) is not None:
            return Episode(*row)
        last = (await last_raised(connection, [place])).get(place)
    return Episode(last["episode"], last["warning_id"], last["ended_at"]) if last else Episode()


def opened(place: Place, *, episode: int, warning_id: str) -> list[Statement]:
    """That the warning of this episode is raised, and how often its cause came until then."""
    named = {**place._asdict(), "episode": episode, "warning_id": warning_id}
    return [_WAIT_BRIEFLY, Statement(_OPEN, named)]


def ended(written: Sequence[Written[EarlyWarning]], policy: EarlyWarningPolicy) -> list[Statement]:
    """That the episodes of the warnings that end with these events are over."""
    rules = policy.rules
    rows = [
        {
            "rule": raised.rule,
            "subject": raised.subject,
            "warning_id": raised.warning_id,
            "quiet_until": to_wire(at + rules[raised.rule].quiet),
            "deals_with": _RULES[raised.rule].deals_with,
        }
        for raised, at in ((each.state.raised, each.state.ended_at) for each in written)
        if raised is not None and at is not None and raised.rule in rules
    ]
    if not rows:
        return []
    division = division_of(written[0].new[0].stream_id)
    named = {"division": division, "rows": orjson.dumps(rows).decode()}
    return [_WAIT_BRIEFLY, Statement(_END, named)]


def _state(row: Mapping[str, Any]) -> RuleState:
    return RuleState(
        facts=[RuleFact.from_json(each) for each in orjson.loads(row["facts"])],
        counted=row["counted"],
        because=row["because"],
        asked=None if row["asked"] is None else WarningLevel.of(row["asked"]),
        episode=row["episode"],
        warning_id=row["warning_id"],
        quiet_until=row["quiet_until"],
    )
