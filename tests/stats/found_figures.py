"""Figures asked from the real tables: now, and of the past; and the verifier's of the same events."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from cli import verify
from services.stats.asking.applicable import applicable
from services.stats.asking.figures import Answer, figures
from services.stats.asking.question import Question
from services.stats.domain.ledgers import LedgerName
from services.stats.domain.measures import MEASURES, Figure
from services.stats.domain.period import Period
from services.stats.store.snapshot import snapshot
from shared.cloudevents import RecordedEvent
from shared.postgres import Pool
from tests.stats.folding import fold_in
from tests.stats.lives import COUNTY, TOWNSHIP
from tests.stats.made_up_ledger import MadeUpLedger
from tests.verify.exports import Chained, line_of

Found = Mapping[str, Figure]
Shown = TypeVar("Shown")


async def ask(pool: Pool, period: str = "all", division: str = TOWNSHIP, **rest: Any) -> Answer:
    question = Question(division=division, period=Period.parse(period), **rest)
    measures = applicable(list(MEASURES.values()), question, named=False)
    async with snapshot(pool, COUNTY) as connection:
        return await figures(connection, question, measures)


async def found_in(pool: Pool, *args: Any, **rest: Any) -> Found:
    answer = await ask(pool, *args, **rest)
    return {figure.measure.id: figure for figure in answer.figures}


async def live_and_past(
    pool: Pool,
    ledger: LedgerName,
    events: Sequence[RecordedEvent],
    position: int,
    *,
    periods: Sequence[str],
    shown: Callable[[Found], Shown],
) -> dict[str, tuple[Shown, Shown]]:
    """By period what is found of all events, and as of a position: the latter is what was found then."""
    then = {}
    if position:
        await fold_in(pool, events[:position], chunk=4)
        then = {period: shown(await found_in(pool, period)) for period in periods}
    if position < len(events):
        await fold_in(pool, events[position:], chunk=5)
    found = {}
    for period in periods:
        live = shown(await found_in(pool, period))
        past = shown(await found_in(pool, period, as_of={ledger: position}))
        assert not then or past == then[period], period
        found[period] = live, past
    return found


def verified(
    ledger: MadeUpLedger,
    until: int,
    year: int,
    *,
    names: Sequence[str],
    listed: str,
    horizon: date,
) -> dict[str, Any]:
    """What the verifier, which shares no code, makes of the same events of grid."""
    read = verify.counting(f"grid/{TOWNSHIP}")
    for event in Chained(ledger).events[:until]:
        if event.kind not in verify.OF_EVERY_LEDGER:
            read.take(verify.read_event(line_of(event)))
    counts = verify.counts_in(verify.counts_by_year(read, horizon), year)
    found = {name: verify.figure_of(verify.MEASURES[name], counts) for name in names}
    return {
        name: (
            each["value"],
            {group["code"]: int(group["value"]) for group in each["groups"]}
            if "groups" in each
            else None,
            each[listed],
        )
        for name, each in found.items()
    }
