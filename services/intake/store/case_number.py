"""Case numbers for people: `519900-2025-WS-000001-8`, county, year, channel, serial, check.

Serials are taken in blocks, so that townships do not wait for each other; what a process has not
used when it ends is a gap, and gaps are allowed.
"""

import asyncio
import re
import unicodedata
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import Annotated, LiteralString

from pydantic import AfterValidator

from shared.contracts.case_codes import Channel
from shared.divisions import check_id
from shared.postgres import Pool, rows, transaction

_LETTERS = {
    Channel.VISIT: "LF",
    Channel.LETTER: "LX",
    Channel.CALL: "LD",
    Channel.ONLINE: "WS",
    Channel.HOTLINE: "RX",
    Channel.ABOVE: "SZ",
    Channel.LEADER: "LP",
    Channel.GRID: "WG",
    Channel.NOT_STATED: "QT",
}
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BLOCK = 50


def check_character(text: str) -> str:
    """ISO 7064 MOD 37,36: finds every single wrong character and nearly all swaps."""
    remainder = 36
    for character in text:
        remainder = ((remainder + _ALPHABET.index(character)) % 36 or 36) * 2 % 37
    return _ALPHABET[(1 - remainder) % 36]


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers that are counted together."""

    county: str
    year: int
    channel: Channel

    def number(self, serial: int) -> str:
        """The printable number of a serial in this series."""
        parts = (self.county, f"{self.year:04}", _LETTERS[self.channel], f"{serial:06}")
        return "-".join((*parts, check_character("".join(parts))))


class CaseNumbers:
    """Gives out numbers; one for a process."""

    def __init__(self, pool: Pool) -> None:
        """`pool` is where it is remembered how far each series is given out."""
        self._pool = pool
        self._taken: dict[Series, deque[int]] = defaultdict(deque)
        self._locks: dict[Series, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def take(self, series: Series, count: int = 1) -> list[str]:
        """Numbers that nobody else is given."""
        async with self._locks[series]:
            serials = self._taken[series]
            if len(serials) < count:
                serials.extend(await self._block(series, max(count - len(serials), _BLOCK)))
            return [series.number(serials.popleft()) for _ in range(count)]

    async def _block(self, series: Series, size: int) -> range:
        query: LiteralString = """
            insert into case_number_block as block (division_code, year, channel, next_serial)
            values (%(county)s, %(year)s, %(channel)s, 1 + %(size)s)
            on conflict (division_code, year, channel)
            do update set next_serial = block.next_serial + %(size)s
            returning next_serial
        """
        named = {
            "county": series.county,
            "year": series.year,
            "channel": _LETTERS[series.channel],
            "size": size,
        }
        # the county's own row: a township's scope does not reach it
        async with transaction(self._pool, series.county) as connection:
            row = await (await connection.execute(query, named)).fetchone()
        if row is None:
            raise AssertionError("a block of numbers was neither made nor moved")
        return range(row[0] - size, row[0])


_WRITTEN = re.compile(r"([1-9][0-9]{5})-([0-9]{4})-([A-Z]{2})-([0-9]{6,9})-([0-9A-Z])")
WRITTEN_AS = "519900-2025-WS-000001-8"


def check_number(written: str) -> str:
    """The number as it is printed; ValueError for what is none, or has a mistyped character."""
    number = unicodedata.normalize("NFKC", written).upper()
    matched = _WRITTEN.fullmatch(number)
    if matched is None:
        raise ValueError(f"A number is written as {WRITTEN_AS}")
    if check_character("".join(matched.groups()[:-1])) != matched[5]:
        raise ValueError("The last character does not fit the number; one of them is mistyped")
    return number


def check_id_or_number(written: str) -> str:
    """The id of a case, or its printed number; ValueError for anything else."""
    try:
        return check_id(written)
    except ValueError:
        return check_number(written)


def is_number(reference: str) -> bool:
    """Whether what was checked is a printed number, and not an id."""
    return _WRITTEN.fullmatch(reference) is not None


CaseNumber = Annotated[str, AfterValidator(check_number)]
"""A printed number, such as 519900-2025-WS-000001-8."""

CaseReference = Annotated[str, AfterValidator(check_id_or_number)]
"""The id of a case or its printed number."""

_BY_NUMBER: LiteralString = "select case_id from case_board where number = %(number)s limit 1"


async def case_id_of(pool: Pool, scope: str, reference: str) -> str | None:
    """The id of a case that is named by either; of a number None where the scope has no such case."""
    if not is_number(reference):
        return reference
    async with transaction(pool, scope) as connection:
        found = await rows(connection, _BY_NUMBER, {"number": reference})
    return found[0]["case_id"] if found else None
