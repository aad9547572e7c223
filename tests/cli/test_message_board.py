"""The register of a real message board, read as `concord import` reads it; nothing is sent."""

import os
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from cli.register.mapping_file import read_mapping
from shared.times import china_day
from tests.cli.registers import bodies, read_all

PROJECT = Path(__file__).parents[2]
MAPPING = PROJECT / "demo/message_board.toml"


def register() -> Path:
    data = Path(os.environ.get("CONCORD_TEST_DATA", PROJECT.parent / "shared/data"))
    found = data / "message_board/messages_with_replies.xlsx"
    if not found.exists():
        pytest.skip(f"CONCORD_TEST_DATA names no folder with message_board in it ({data})")
    return found


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    return bodies(read_all(register(), read_mapping(MAPPING)))


def day(text: str) -> Any:
    return china_day(datetime.fromisoformat(text))


def test_every_message_is_read_with_its_answer(rows: list[dict[str, Any]]) -> None:
    assert len(rows) == 2816
    assert len({row["number"] for row in rows}) == 2816
    assert all([fact["do"] for fact in row["facts"]] == ["reply"] for row in rows)
    assert all(row["number"].isdecimal() for row in rows)
    assert sum(row["facts"][0]["day_only"] for row in rows) == 1


def test_the_years_are_those_counted_independently(rows: list[dict[str, Any]]) -> None:
    filed = Counter(day(row["file"]["at"]).year for row in rows)
    answered = Counter(day(row["facts"][0]["at"]).year for row in rows)
    years = range(2011, 2021)
    assert [filed[year] for year in years] == [5, 52, 109, 103, 130, 227, 453, 847, 886, 4]
    assert [answered[year] for year in years] == [2, 46, 114, 105, 112, 232, 437, 821, 924, 23]


@pytest.mark.parametrize(("days", "count"), [(15, 1755), (30, 2361), (60, 2660)])
def test_so_many_were_answered_in_time(rows: list[dict[str, Any]], days: int, count: int) -> None:
    waited = [(day(row["facts"][0]["at"]) - day(row["file"]["at"])).days for row in rows]
    assert sum(wait <= days for wait in waited) == count


def test_texts_are_clean_and_most_places_are_found(rows: list[dict[str, Any]]) -> None:
    texts = [text for row in rows for text in (row["file"]["narrative"], row["facts"][0]["text"])]
    assert all(text == text.strip() and "\r" not in text for text in texts)
    assert not any("_x000D_" in text for text in texts)
    assert Counter(row["division"] for row in rows)["519900199"] <= 175
