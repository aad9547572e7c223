"""Reads a service's ledgers and their events, up to the heads found at the beginning."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import httpx
import orjson

from cli.exporting.retry import get_json
from cli.refusals import BadInput
from shared.contracts.ledger import LedgerSealed
from shared.divisions import COUNTY, TOWNSHIP, check_division
from shared.times import china_day, from_wire

_PAGE = 1000
_TELL_EVERY = 50_000


@dataclass
class Exported:
    """An exported ledger: its end, the years of its events, and the events they follow from."""

    service: str
    division: str
    events: int
    head_hash: str
    years: set[int] = field(default_factory=set)
    causes: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """`intake/519900101`."""
        return f"{self.service}/{self.division}"

    @property
    def file(self) -> str:
        """The path of its file in the export."""
        return f"ledgers/{self.name}.ndjson"


def ledgers_of(client: httpx.Client, service: str, division: str) -> Iterator[Exported]:
    """The ledgers of a division and the divisions within it, up to their current heads."""
    cursor: dict[str, str | int] = {}
    while True:
        part = get_json(client, "/ledgers", {"limit": 500, **cursor})
        for line in part["items"]:
            # used as a file name: must be checked, since another system may send anything
            code = _division(line["division"])
            if code.startswith(division):
                yield Exported(service, code, line["sequence"], line["hash"])
        if part["next"] is None:
            return
        cursor = {"cursor": part["next"]}


def _division(code: str) -> str:
    try:
        return check_division(code, COUNTY, TOWNSHIP)
    except ValueError:
        raise BadInput(
            "The system names a ledger that no division can have; is it Concord?"
        ) from None


def write_ledger(
    client: httpx.Client,
    ledger: Exported,
    folder: Path,
    *,
    seals: BinaryIO,
    reached: Callable[[int], None] = lambda _: None,
    after: int = 0,
) -> None:
    """Write the ledger's events behind `after`, its seals to theirs, and note years and causes."""
    file = folder / ledger.file
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("ab") as opened:
        for number, event in enumerate(_events(client, ledger, after), start=1):
            line = orjson.dumps(event, option=orjson.OPT_APPEND_NEWLINE)
            opened.write(line)
            if event["type"] == LedgerSealed.kind:
                seals.write(line)
            if cause := event.get("causationid"):
                ledger.causes.add(cause)
            if "matter_id" in event["data"]:
                ledger.years.add(china_day(from_wire(event["time"])).year)
            if number % _TELL_EVERY == 0:
                reached(number)


def ids_in(folder: Path, ledger: Exported) -> Iterator[str]:
    """The ids of the events that are written."""
    with (folder / ledger.file).open("rb") as opened:
        for line in opened:
            yield orjson.loads(line)["id"]


def _events(client: httpx.Client, ledger: Exported, after: int) -> Iterator[dict[str, Any]]:
    while after < ledger.events:
        asked = {"after": after, "limit": min(_PAGE, ledger.events - after)}
        part = get_json(client, f"/ledgers/{ledger.division}/events", asked)
        yield from part["items"]
        after += len(part["items"])
