"""Numbers for people: checkable, never given twice, taken in blocks."""

import asyncio

import pytest

from services.intake.store.case_number import CaseNumbers, Series, check_character
from shared.contracts.case_codes import Channel
from tests.intake.doors import COUNTY, Doors

WALK_IN = Series(COUNTY, 2025, Channel.VISIT)


def test_the_check_character_is_that_of_the_standard() -> None:
    """The example of the Global Release Identifier, which uses ISO 7064 MOD 37,36 too."""
    assert check_character("A12425GABC1234002") == "M"


@pytest.mark.parametrize("position", range(18))
def test_any_single_wrong_character_is_found(position: int) -> None:
    text = "5199002025WS000123"
    wrong = text[:position] + ("7" if text[position] != "7" else "8") + text[position + 1 :]
    assert check_character(wrong) != check_character(text)


@pytest.mark.parametrize(
    ("channel", "letters"),
    [
        (Channel.VISIT, "LF"),
        (Channel.LETTER, "LX"),
        (Channel.CALL, "LD"),
        (Channel.ONLINE, "WS"),
        (Channel.HOTLINE, "RX"),
        (Channel.ABOVE, "SZ"),
        (Channel.LEADER, "LP"),
        (Channel.GRID, "WG"),
        (Channel.NOT_STATED, "QT"),
    ],
)
def test_a_number_tells_county_year_channel_and_serial(channel: Channel, letters: str) -> None:
    number = Series(COUNTY, 2025, channel).number(1)
    assert number.startswith(f"519900-2025-{letters}-000001-")
    assert number[-1] == check_character(number[:-2].replace("-", ""))


def test_serials_beyond_six_digits_go_on() -> None:
    assert WALK_IN.number(1_234_567).startswith("519900-2025-LF-1234567-")


@pytest.mark.parts
async def test_two_processes_never_give_the_same_number(doors: Doors) -> None:
    series = Series(COUNTY, 1999, Channel.LETTER)
    processes = [CaseNumbers(doors.pool) for _ in range(3)]
    taken = await asyncio.gather(*(each.take(series, 7) for each in processes * 10))
    numbers = [number for batch in taken for number in batch]
    assert len(set(numbers)) == 3 * 10 * 7


@pytest.mark.parts
async def test_each_series_begins_with_one(doors: Doors) -> None:
    numbers = CaseNumbers(doors.pool)
    for channel in (Channel.VISIT, Channel.GRID):
        series = Series(COUNTY, 1998, channel)
        assert await numbers.take(series) == [series.number(1)]
