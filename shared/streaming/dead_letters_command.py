"""The command line of a service's dead letters, run by `concord dead`: list, replay, park.

Exit code 1: some events still cannot be folded; 2: bad input; 3: the database does not answer.
"""

import argparse
import asyncio
import json
import re
import sys
from collections.abc import Awaitable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import datetime
from typing import Any

from aiokafka.errors import KafkaError
from psycopg import OperationalError
from psycopg_pool import PoolTimeout

from shared.broker import BrokerAway
from shared.ledger.errors import ClockNotBelieved
from shared.postgres import Pool, new_pool, transaction
from shared.streaming.dead_letters import DeadLetters
from shared.streaming.fold import Fold
from shared.streaming.park_by_hand import CannotPark, park_by_hand
from shared.streaming.parked_events import DeadLetter, listed

DONE, STILL_PARKED, BAD_INPUT, NOT_REACHABLE = 0, 1, 2, 3
_PLACE = re.compile(r"/?([a-z][a-z-]*)/(\d{6}|\d{9})(?:@([1-9]\d{0,17}))?", re.ASCII)
_MESSAGES = re.compile(r"([a-z][a-z.-]*)/(\d{1,4})/(\d{1,18})(?:\.\.(\d{1,18}))?", re.ASCII)

Followed = Mapping[str, Fold]
"""The fold of each topic that the service follows."""


class NoSuchPlace(ValueError):
    """The argument names no ledger or place that this service follows."""


def run(
    url: str,
    *,
    bootstrap: str,
    county: str,
    followed: Followed,
    arguments: Sequence[str],
    opened: Pool | None = None,
) -> int:
    """Run the command and return the exit code; `followed` are the service's folds by topic.

    `opened` is a pool that the folds use, opened for as long as the command runs.
    """
    asked = _parser().parse_args(arguments)
    try:
        work = _run(url, bootstrap, county, followed, asked)
        return asyncio.run(_within(opened or nullcontext(), work))
    except (NoSuchPlace, CannotPark) as reason:
        sys.stderr.write(f"{reason}\n")
        return BAD_INPUT
    except ClockNotBelieved as why:
        sys.stderr.write(f"{why}\n")
        return NOT_REACHABLE
    except (OperationalError, PoolTimeout):
        sys.stderr.write(
            "The service's database does not answer; `concord status` says what runs.\n"
        )
        return NOT_REACHABLE
    except (BrokerAway, KafkaError):
        sys.stderr.write("Kafka does not answer; `concord status` says what runs.\n")
        return NOT_REACHABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="concord dead", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    shown = verbs.add_parser("list", help="what is parked, never what it holds")
    shown.add_argument("--format", choices=("table", "json"), default="table")
    shown.add_argument("--all", action="store_true", help="also what was replayed")
    shown.add_argument("--limit", type=int, default=100)
    replayed = verbs.add_parser("replay", help="fold what is parked, after the mend")
    which = replayed.add_mutually_exclusive_group(required=True)
    which.add_argument("place", nargs="?", help="one event, such as intake/519900101@42")
    which.add_argument("--ledger", help="one ledger, such as intake/519900101")
    which.add_argument("--all", action="store_true")
    parked = verbs.add_parser("park", help="put aside what is no event, so that a worker goes on")
    parked.add_argument(
        "messages", help="such as concord.intake/7/120..126, as the log names them"
    )
    return parser


async def _within(opened: AbstractAsyncContextManager[object], work: Awaitable[int]) -> int:
    async with opened:
        return await work


async def _run(
    url: str, bootstrap: str, county: str, followed: Followed, asked: argparse.Namespace
) -> int:
    folds = list(followed.values())
    async with new_pool(url, name="dead-letters", size=1) as pool:
        match asked.verb:
            case "list":
                return await _list(pool, county, folds, asked)
            case "park":
                return await _park(pool, bootstrap, county, followed, asked.messages)
            case _:
                return await _replay(pool, county, folds, asked)


async def _list(pool: Pool, county: str, folds: Sequence[Fold], asked: argparse.Namespace) -> int:
    found: list[DeadLetter] = []
    for fold in folds:
        async with transaction(pool, county) as connection:
            found += await listed(connection, fold.source, replayed=asked.all, limit=asked.limit)
    if asked.format == "json":
        sys.stdout.write(json.dumps([_as_json(each) for each in found], indent=2) + "\n")
        return DONE
    sys.stdout.writelines(f"{line}\n" for line in _table(found))
    return DONE


def _as_json(letter: DeadLetter) -> dict[str, Any]:
    return {
        "ledger": letter.ledger,
        "seq": letter.seq,
        "kind": letter.kind,
        "reason": letter.reason,
        "topic": letter.topic,
        "partition": letter.partition,
        "offset": letter.offset,
        "parked_at": letter.parked_at.isoformat(),
        "replayed_at": _when(letter.replayed_at),
    }


def _when(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")


def _table(found: Sequence[DeadLetter]) -> list[str]:
    if not found:
        return ["Nothing is parked."]
    rows = [("event", "kind", "parked since", "replayed", "message", "reason")]
    rows += [
        (
            f"{letter.ledger}@{letter.seq}"
            if letter.ledger
            else "of no ledger: cannot be replayed",
            letter.kind or "–",
            _when(letter.parked_at) or "–",
            _when(letter.replayed_at) or "no",
            f"{letter.topic}/{letter.partition}/{letter.offset}",
            letter.reason,
        )
        for letter in found
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    more = found[0].of - len(found)
    return [*lines, f"and {more} more: --limit"] if more > 0 else lines


async def _replay(
    pool: Pool, county: str, folds: Sequence[Fold], asked: argparse.Namespace
) -> int:
    service, division, seq = (None, None, None) if asked.all else _place(asked, folds)
    good, failed = 0, 0
    for fold in folds:
        if service is not None and fold.source != f"/{service}":
            continue
        async for done in DeadLetters(pool, fold, county=county).replay(
            division=division, seq=seq
        ):
            name = f"{fold.source.removeprefix('/')}/{done.division}@{done.seq}"
            sys.stdout.write(f"{name}: {'replayed' if done.why is None else done.why}\n")
            sys.stdout.flush()
            good, failed = good + (done.why is None), failed + (done.why is not None)
    sys.stdout.write(_summary(good, failed))
    return STILL_PARKED if failed else DONE


def _place(
    asked: argparse.Namespace, folds: Sequence[Fold]
) -> tuple[str | None, str | None, int | None]:
    text = asked.ledger or asked.place
    matched = _PLACE.fullmatch(text)
    if matched is None or bool(matched[3]) is bool(asked.ledger):
        wanted = "intake/519900101" if asked.ledger else "intake/519900101@42"
        raise NoSuchPlace(f"A {'ledger' if asked.ledger else 'place'} is written {wanted}.")
    if f"/{matched[1]}" not in {fold.source for fold in folds}:
        raise NoSuchPlace(f"No ledger of {matched[1]} is followed here.")
    return matched[1], matched[2], int(matched[3]) if matched[3] else None


async def _park(pool: Pool, bootstrap: str, county: str, followed: Followed, messages: str) -> int:
    matched = _MESSAGES.fullmatch(messages)
    if matched is None:
        raise NoSuchPlace(
            "Messages are written concord.intake/7/120 or concord.intake/7/120..126."
        )
    topic, partition, first, last = matched.groups()
    if topic not in followed:
        raise NoSuchPlace(f"No topic {topic} is followed here; {', '.join(followed)} is.")
    parked = await park_by_hand(
        pool,
        bootstrap=bootstrap,
        topic=topic,
        source=followed[topic].source,
        county=county,
        partition=int(partition),
        offsets=range(int(first), int(last or first) + 1),
    )
    sys.stdout.write(f"{parked} put aside; the worker goes on past them.\n")
    return DONE


def _summary(good: int, failed: int) -> str:
    if not good and not failed:
        return "Nothing is parked there.\n"
    if not failed:
        return f"{good} replayed.\n"
    return (
        f"{good} replayed, {failed} still parked. Where the message itself is spoilt, "
        "`concord relay resend` sends the event again.\n"
    )
