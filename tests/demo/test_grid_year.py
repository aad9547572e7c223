"""The grid year of the reference township: its tables, its patrols and its reports."""

import csv
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from cli.register.mapping_file import read_mapping
from demo.expected_grid import expected_grid
from demo.generate_grid import GRIDS, VILLAGES, WORKERS, write
from demo.grid_year.patrols import patrols
from demo.grid_year.report_steps import steps, submission
from demo.grid_year.scenario import REJECTED, VALID, Fate, Report, reports
from demo.grid_year.serving import Served, worker_of
from demo.made_up.villages import villages_of
from demo.mediating.register_text import Body, day
from demo.reference_year.scenario import petitions
from demo.scene import REFERENCE_TOWNSHIP, TABLES
from shared.contracts.report_codes import ReportSource
from tests.cli.registers import bodies, read_all

YEAR_DAYS = [date(2025, 1, 1) + timedelta(days=number) for number in range(365)]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


@pytest.mark.parametrize("bundled", [VILLAGES, GRIDS, WORKERS])
def test_the_bundled_tables_are_those_that_the_generator_makes(
    bundled: Path, tmp_path: Path
) -> None:
    write(tmp_path)
    assert (tmp_path / bundled.name).read_bytes() == bundled.read_bytes()
    assert bundled in TABLES


def test_the_tables_have_as_many_as_the_summary_states() -> None:
    assert len(table(VILLAGES)) == len({row["区划代码"] for row in table(VILLAGES)}) == 21
    assert len(table(GRIDS)) == len({row["网格编码"] for row in table(GRIDS)}) == 106
    people = {row["工号"]: row["姓名"] for row in table(WORKERS)}
    assert len(people) == len(set(people.values())) == 112
    assert all(name.startswith("测试") for name in people.values())
    assert {row["专兼职"] for row in table(WORKERS)} == {"专职", "兼职"}


def test_every_row_is_read_by_its_mapping() -> None:
    for path in (VILLAGES, GRIDS, WORKERS):
        rows = bodies(read_all(path, read_mapping(path.with_suffix(".toml"))))
        assert {row["division"] for row in rows} == {REFERENCE_TOWNSHIP}


def test_the_villages_that_petitions_come_from_keep_their_codes() -> None:
    registered = {row["名称"]: row["区划代码"] for row in table(VILLAGES)}
    named = villages_of(REFERENCE_TOWNSHIP)
    assert registered.items() >= named.items()
    assert {each.village for each in petitions()} <= set(named)
    assert {row["网格编码"][:12] for row in table(GRIDS)} == set(registered.values())


def test_every_grid_is_served_at_the_end_of_the_year_and_some_workers_serve_two() -> None:
    at_the_end = [row for row in table(WORKERS) if not row["截止日期"]]
    assert {row["网格编码"] for row in at_the_end} == {row["网格编码"] for row in table(GRIDS)}
    assert {row["工号"] for row in at_the_end} == {row["工号"] for row in table(WORKERS)}
    served = Counter(row["工号"] for row in at_the_end)
    assert Counter(served.values()) == {1: 106, 2: 6}


def test_one_grid_has_nobody_for_seven_days() -> None:
    served = _served()
    alone = {
        code: {day for day in YEAR_DAYS if worker_of(known, day, 0) is None}
        for code, known in served.items()
    }
    assert [len(days) for days in alone.values() if days] == [7]


@pytest.mark.slow
def test_patrols_are_many_and_not_all_that_are_due() -> None:
    days = {(each.grid_code, each.on) for each in patrols()}
    assert 0.97 < len(days) / (106 * 365) < 0.99
    assert len({each.client_id for each in patrols()}) == sum(1 for _ in patrols())
    assert list(patrols()) == list(patrols())


def test_the_figures_that_have_to_come_out_are_those_of_the_summary() -> None:
    found = expected_grid(2025)
    values = [found[name][0] for name in ("villages", "grids", "grid_workers")]
    assert (values, found["valid_grid_reports"][0]) == (["21", "106", "112"], "287")
    assert found["patrol_coverage_rate"] == ("98.1", 37951, 106 * 365)


def test_where_a_patrol_found_something_a_report_says_so() -> None:
    found = {(each.grid_code, each.on) for each in patrols() if each.found}
    reported = {(r.grid_code, r.on) for r in reports() if r.source is ReportSource.PATROL}
    assert found == reported


def test_the_reports_are_as_many_as_the_summary_states() -> None:
    fates = Counter(each.fate for each in reports())
    assert fates.pop(Fate.REJECTED) == REJECTED
    assert fates.total() == VALID == 287
    assert {fate: fates[fate] for fate in fates} == {
        Fate.SOLVED_ON_SITE: 125,
        Fate.HANDLED: 145,
        Fate.RETURNED: 12,
        Fate.NOT_CONFIRMED: 5,
    }
    assert list(reports()) == list(reports())


def test_the_steps_of_a_report_come_in_the_order_of_their_times_within_the_year() -> None:
    for each in reports():
        times = [datetime.fromisoformat(body["occurred_at"]) for body in _bodies(each)]
        assert times == sorted(times)
        assert {time.year for time in times} == {2025}


def _bodies(report: Report) -> list[Body]:
    return [submission(report), *(step.body for step in steps(report))]


def _served() -> dict[str, list[Served]]:
    found: dict[str, list[Served]] = {}
    for row in table(WORKERS):
        until = row["截止日期"]
        served = Served(row["工号"], day(row["起始日期"]), day(until) if until else None)
        found.setdefault(row["网格编码"], []).append(served)
    return found
