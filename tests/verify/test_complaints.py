"""Complaints by the unit complained of: counted from an export as intake counts them."""

from pathlib import Path

from cli.verify import check_export
from tests.office_doors import MARKS
from tests.stats.lives import TOWNSHIP, Ledger
from tests.verify.exports import Chained, write_export

ONE, OTHER = MARKS.of_unit("water-station"), MARKS.of_unit("school")


def said_of(folder: Path, ledger: Ledger) -> list[str]:
    said = list[str]()
    assert (
        check_export(
            write_export(folder, [Chained(ledger)], division=TOWNSHIP), None, said.append, None
        )
        == []
    )
    return [each for each in said if "complain of a unit" in each]


def test_cases_that_count_as_filed_are_counted_by_mark_and_year(tmp_path: Path) -> None:
    ledger = Ledger()
    for day, mark in (("2024-12-31", ONE), ("2025-03-04", ONE), ("2025-03-04", OTHER)):
        ledger.file(day, complained_mark=mark)
    ledger.file("2025-03-05")
    ledger.void(ledger.file("2025-03-05", complained_mark=ONE), "2025-03-06")
    ledger.recognise(ledger.file("2025-03-05", complained_mark=ONE), "2025-03-06")
    first, second = said_of(tmp_path, ledger)
    assert first.endswith(f"1 cases filed in 2024 complain of a unit, by its mark: {ONE} 1")
    assert "2 cases filed in 2025 complain of a unit" in second
    assert f"{ONE} 1" in second
    assert f"{OTHER} 1" in second


def test_nothing_is_said_where_nobody_complains(tmp_path: Path) -> None:
    ledger = Ledger()
    ledger.file("2025-03-04")
    assert said_of(tmp_path, ledger) == []
