"""What several views share stays where it is: the rebuilt view's rows take the place of its own.

Positions are exchanged; a message that was parked and is folded now counts as replayed; one that
is parked only now is put aside in the live table too.
"""

from dataclasses import dataclass
from typing import Any, LiteralString

from services.stats.rebuilding.refusals import EventsMissing
from services.stats.rebuilding.schema import REBUILD_SCHEMA
from shared.postgres import SET_SCOPE, Connection

_MOST_NAMED = 5

_BEHIND: LiteralString = f"""
    select substr(live.source, 2), live.division_code, live.next_seq - 1,
           coalesce(made.next_seq, 1), parked.reason
    from public.inbox live
    left join {REBUILD_SCHEMA}.inbox made using (source, division_code)
    left join lateral (
        select reason from {REBUILD_SCHEMA}.parked
        where division_code = live.division_code and source = live.source
              and seq = coalesce(made.next_seq, 1) limit 1) parked on true
    where live.source = %(source)s and coalesce(made.next_seq, 1) < live.next_seq
    order by live.division_code
"""
_POSITIONS: LiteralString = f"""
    with old as (delete from public.inbox where source = %(source)s)
    select count(*), coalesce(sum(next_seq - 1), 0)::bigint from {REBUILD_SCHEMA}.inbox
    where source = %(source)s
"""
_NEW_POSITIONS: LiteralString = f"""
    insert into public.inbox select * from {REBUILD_SCHEMA}.inbox where source = %(source)s
"""
_FOLDED_NOW: LiteralString = f"""
    update public.parked old set replayed_at = clock_timestamp()
    where old.topic = %(topic)s and old.seq is not null and old.replayed_at is null
          and exists (
              select from {REBUILD_SCHEMA}.inbox made
              where made.source = old.source and made.division_code = old.division_code
                    and made.next_seq > old.seq)
          and not exists (
              select from {REBUILD_SCHEMA}.parked still
              where still.division_code = old.division_code and still.source = old.source
                    and still.seq = old.seq and still.replayed_at is null)
"""
_PARKED_NOW: LiteralString = f"""
    insert into public.parked select * from {REBUILD_SCHEMA}.parked made
    where made.topic = %(topic)s and made.replayed_at is null and not exists (
        select from public.parked old
        where old.division_code = made.division_code and old.source = made.source
              and old.seq = made.seq and old.replayed_at is null)
    on conflict (division_code, topic, topic_id, topic_partition, message_offset)
    do update set replayed_at = null, reason = excluded.reason
    where parked.replayed_at is not null
"""


_BRING_ALONG: LiteralString = f"""
    insert into {REBUILD_SCHEMA}.parked select * from public.parked where topic = %(topic)s and seq is null
"""


async def bring_along(keeper: Connection, *, county: str, topic: str) -> None:
    """What is aside and names no ledger is no news to a rebuild, however much in a row it is."""
    async with keeper.transaction():
        await keeper.execute(SET_SCOPE, (county,))
        await keeper.execute(_BRING_ALONG, {"topic": topic})


@dataclass(frozen=True, slots=True)
class Merged:
    """What the rebuilt view holds."""

    ledgers: int
    events: int
    newly_parked: int


async def merge(keeper: Connection, *, source: str, topic: str, replace: bool) -> Merged:
    """Write the rebuilt view's positions and parked messages.

    Raises EventsMissing where the live view knows more, unless it is to be replaced all the same.
    """
    about = {"source": source, "topic": topic}
    behind = await (await keeper.execute(_BEHIND, about)).fetchall()
    if behind and not replace:
        raise EventsMissing(_named(behind))
    row = await (await keeper.execute(_POSITIONS, about)).fetchone()
    await keeper.execute(_NEW_POSITIONS, about)
    await keeper.execute(_FOLDED_NOW, about)
    parked = await keeper.execute(_PARKED_NOW, about)
    ledgers, events = row or (0, 0)
    return Merged(ledgers, events, parked.rowcount)


def _named(behind: list[tuple[Any, ...]]) -> list[str]:
    named = [_sentence(*row) for row in behind[:_MOST_NAMED]]
    more = len(behind) - len(named)
    return [*named, f"and so for {more} more ledgers"] if more else named


def _sentence(service: str, division: str, live: int, wanted: int, reason: str | None) -> str:
    about = f"{service}/{division} is live up to event {live}, and event {wanted}"
    if reason is not None:
        return f"{about} cannot be folded ({reason})"
    return (
        f"{about} is not on the topic "
        f"(concord relay resend --service {service} --division {division})"
    )
