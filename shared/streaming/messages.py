"""Parses messages: first the place in a ledger, the rest only when needed."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from aiokafka.structs import ConsumerRecord

from shared.cloudevents import NotOurs
from shared.divisions import COUNTY, TOWNSHIP, check_division, in_scope

_LARGEST = 2**63


@dataclass(frozen=True, slots=True)
class PoisonMessage:
    """A message that cannot be consumed, the reason, and its place in a ledger if it names one."""

    record: ConsumerRecord
    reason: str
    division: str | None = None
    sequence: int | None = None


@dataclass(frozen=True, slots=True)
class ParsedChunk:
    """A chunk's messages: those that name their place in a ledger, and those that do not."""

    records: list[ConsumerRecord]
    places: list[tuple[str, int]]
    poison: list[PoisonMessage]

    @property
    def divisions(self) -> set[str]:
        """The ledgers that the messages belong to."""
        return {division for division, _ in self.places}


def joined(parsed: Iterable[ParsedChunk]) -> ParsedChunk:
    """Chunks of several partitions as one."""
    whole = ParsedChunk([], [], [])
    for found in parsed:
        whole.records.extend(found.records)
        whole.places.extend(found.places)
        whole.poison.extend(found.poison)
    return whole


def parse_places(records: Iterable[ConsumerRecord], *, source: str, county: str) -> ParsedChunk:
    """Read the place of each message, nothing else."""
    found = ParsedChunk([], [], [])
    for record in records:
        try:
            place = place_of(record, source=source, county=county)
        except NotOurs as fault:
            found.poison.append(PoisonMessage(record, str(fault)))
        else:
            found.records.append(record)
            found.places.append(place)
    return found


def place_of(record: ConsumerRecord, *, source: str, county: str) -> tuple[str, int]:
    """The ledger and the sequence that a message names; raises NotOurs."""
    headers = dict(record.headers)
    try:
        said, division = headers["ce_source"].decode(), headers["ce_partitionkey"].decode()
        sequence = int(headers["ce_sequence"])
    except (KeyError, ValueError, AttributeError):
        raise NotOurs("the message names no ledger and no place in it") from None
    if said != source:
        raise NotOurs("the message comes from another source than its topic's")
    if not _is_ledger_of(county, division):
        raise NotOurs("the message's division is no ledger of the county")
    if not 0 < sequence < _LARGEST:
        raise NotOurs("the message's sequence is no place in a ledger")
    return division, sequence


@lru_cache(maxsize=4096)
def _is_ledger_of(county: str, division: str) -> bool:
    try:
        return in_scope(county, check_division(division, COUNTY, TOWNSHIP))
    except ValueError:
        return False
