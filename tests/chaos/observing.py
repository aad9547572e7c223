"""Looks at everything once it is quiet: ledgers, topic, figures, evidence."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import httpx
from psycopg.rows import class_row

from deploy.local.issuing import Wish
from deploy.local.tokens import fetch_token
from shared.identity import Role
from tests.chaos.case_counts import FIGURES
from tests.chaos.ground import COUNTY, Ground
from tests.chaos.observed import Command, LedgerEvent, Observation
from tests.chaos.topic import everything, messages_of

_PAGE = 500
_COLUMNS = """
    seq as sequence, stream_id, version, kind, correlation_id as command, recorded_at, digest,
    previous_hash, hash
"""
_NEWEST_IN_STATS = "select division_code, next_seq - 1 from inbox where source = '/intake'"
_PARKED = """
    select division_code, count(*) from parked where seq is not null and replayed_at is null
    group by division_code
"""
_HEADS = "select division_code, head_seq from ledger"
_RELAYED = "select division_code, seq from relayed"


def how_far(ground: Ground) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """The heads of the ledgers, what is relayed of them, what is folded of them."""
    with ground.database("intake") as intake, ground.database("stats") as stats:
        return (
            dict(intake.execute(_HEADS).fetchall()),
            dict(intake.execute(_RELAYED).fetchall()),
            dict(stats.execute(_NEWEST_IN_STATS).fetchall()),
        )


def ledgers(ground: Ground, divisions: Iterable[str]) -> dict[str, list[LedgerEvent]]:
    """What stands in these ledgers, by the database itself."""
    query = f"select {_COLUMNS} from event where division_code = %s order by seq"
    with (
        ground.database("intake") as intake,
        intake.cursor(row_factory=class_row(LedgerEvent)) as cursor,
    ):
        return {name: cursor.execute(query, (name,)).fetchall() for name in sorted(divisions)}


async def observe(
    ground: Ground,
    commands: Sequence[Command],
    divisions: Iterable[str],
    shown_by_case: Iterable[str],
) -> Observation:
    """These ledgers and all that follows from them; evidence only of `shown_by_case`."""
    written = ledgers(ground, divisions)
    messages = messages_of(await everything(ground.run.kafka.bootstrap))
    with _stats(ground) as http:
        told = {division: _figures(http, division) for division in written}
        evidence = {
            (division, figure): list(_evidence(http, division, figure))
            for division in shown_by_case
            for figure in FIGURES
        }
    return Observation(
        commands=commands,
        ledgers=written,
        messages=[message for message in messages if message.division in written],
        figures=_values(told),
        evidence=evidence,
        parked={name: count for name, count in _parked(ground).items() if name in written},
        as_of={
            division: answer["as_of"].get(f"intake/{division}", 0)
            for division, answer in told.items()
        },
    )


def _values(told: dict[str, dict[str, Any]]) -> dict[tuple[str, str], int]:
    return {
        (division, figure["id"]): int(figure["value"])
        for division, answer in told.items()
        for figure in answer["figures"]
    }


def _parked(ground: Ground) -> dict[str, int]:
    with ground.database("stats") as stats:
        return dict(stats.execute(_PARKED).fetchall())


def _stats(ground: Ground) -> httpx.Client:
    token = fetch_token(ground.run, Wish(role=Role.AUDITOR, division=COUNTY))
    return httpx.Client(
        base_url=ground.run.url("stats"),
        headers={"Authorization": f"Bearer {token}"},
        trust_env=False,
        timeout=60,
    )


def _figures(http: httpx.Client, division: str) -> dict[str, Any]:
    asked = {"division": division, "period": "all", "ids": ",".join(FIGURES)}
    answer = http.get("/figures", params=asked)
    answer.raise_for_status()
    told: dict[str, Any] = answer.json()
    return told


def _evidence(http: httpx.Client, division: str, figure: str) -> Iterable[str]:
    asked = {"division": division, "period": "all", "limit": str(_PAGE)}
    while True:
        answer = http.get(f"/figures/{figure}/evidence", params=asked)
        answer.raise_for_status()
        page = answer.json()
        yield from (item["case_id"] for item in page["items"])
        if page["next"] is None:
            return
        asked["cursor"] = page["next"]


def repeats(observation: Observation) -> int:
    """How many messages of the topic are there again."""
    met: dict[tuple[str, int], int] = defaultdict(int)
    for message in observation.messages:
        met[message.division, message.sequence] += 1
    return sum(times - 1 for times in met.values())
