"""The facts of reports and of grid's register: what their events come to."""

from shared.contracts.grid_codes import Employment, GridKind
from shared.contracts.report_codes import ReportTopic
from shared.divisions import new_id
from tests.stats.grid_lives import Grids, a_village

VILLAGE = a_village()
GRID = f"{VILLAGE}001"


def test_a_report_counts_on_the_day_on_which_it_is_found_valid() -> None:
    ledger = Grids()
    report = ledger.submit("2025-03-01", ReportTopic.UNPAID_WAGES)
    assert ledger.counted(report) == {}
    ledger.miss(report, "2025-03-02")
    ledger.validate(report, "2025-03-04")
    ledger.close(report, "2025-03-09")
    assert ledger.counted(report) == {
        "valid_grid_reports": "2025-03-04",
        "valid_grid_reports_labour": "2025-03-04",
    }


def test_a_rejected_report_is_no_valid_one() -> None:
    ledger = Grids()
    report = ledger.submit("2025-03-01")
    ledger.reject(report, "2025-03-02")
    assert ledger.counted(report) == {"rejected_grid_reports": "2025-03-02"}


def test_how_a_report_was_checked_first_stands() -> None:
    ledger = Grids()
    rejected, valid = ledger.submit("2025-03-01"), ledger.submit("2025-03-01")
    for check, other, report in (
        (ledger.reject, ledger.validate, rejected),
        (ledger.validate, ledger.reject, valid),
    ):
        check(report, "2025-03-02")
        other(report, "2025-03-03")
    assert ledger.counted(rejected) == {"rejected_grid_reports": "2025-03-02"}
    assert ledger.counted(valid)["valid_grid_reports"] == "2025-03-02"


def test_a_report_that_nobody_submitted_counts_nowhere() -> None:
    ledger = Grids()
    report = new_id(ledger.division)
    ledger.validate(report, "2025-03-02")
    assert ledger.counted(report) == {}


def test_a_corrected_report_counts_by_its_category() -> None:
    ledger = Grids()
    report = ledger.submit("2025-03-01", ReportTopic.WASTE)
    ledger.validate(report, "2025-03-04")
    ledger.correct_topic(report, "2025-03-05", ReportTopic.UNPAID_WAGES)
    assert ledger.counted(report) == {
        "valid_grid_reports": "2025-03-04",
        "valid_grid_reports_labour": "2025-03-04",
    }
    ledger.correct_topic(new_id(ledger.division), "2025-03-05", ReportTopic.WASTE)


def test_a_village_counts_from_its_first_day_to_its_last() -> None:
    ledger = Grids()
    ledger.register(VILLAGE, "2025-01-01")
    ledger.end_village(VILLAGE, "2025-06-30")
    assert ledger.counted(VILLAGE) == {
        "villages_came": "2025-01-01",
        "villages_left": "2025-07-01",
    }


def test_a_grid_counts_by_its_kind() -> None:
    ledger = Grids()
    ledger.define(GRID, "2025-01-01", GridKind.MICRO)
    assert ledger.counted(GRID) == {"grids_came": "2025-01-01", "grids_came_micro": "2025-01-01"}


def test_what_is_stated_twice_is_there_once() -> None:
    ledger = Grids()
    for _ in range(2):
        ledger.register(VILLAGE, "2025-01-01")
        ledger.define(GRID, "2025-01-01")
    worker = ledger.enrol("2025-01-01")
    ledger.enrol("2025-02-01", again=worker)
    for about in (VILLAGE, GRID, worker):
        assert set(ledger.counted(about).values()) == {"2025-01-01"}


def test_an_end_before_the_beginning_leaves_no_day() -> None:
    ledger = Grids()
    ledger.define(GRID, "2025-03-01")
    ledger.end_grid(GRID, "2025-01-01")
    assert ledger.counted(GRID) == {}


def test_a_worker_of_two_grids_is_one_person() -> None:
    ledger = Grids()
    worker = ledger.enrol("2025-01-01", Employment.PART_TIME)
    for number in (1, 2):
        ledger.assign(worker, ledger.define(f"{VILLAGE}00{number}", "2025-01-01"), "2025-01-01")
    assert ledger.counted(worker) == {
        "grid_workers_came": "2025-01-01",
        "grid_workers_came_part_time": "2025-01-01",
    }


def test_another_employment_is_the_same_person() -> None:
    ledger = Grids()
    worker = ledger.enrol("2025-01-01", Employment.PART_TIME)
    ledger.enrol("2025-07-01", Employment.FULL_TIME, again=worker)
    assert ledger.counted(worker) == {
        "grid_workers_came": "2025-01-01 2025-07-01",
        "grid_workers_came_part_time": "2025-01-01",
        "grid_workers_came_full_time": "2025-07-01",
        "grid_workers_left": "2025-07-01",
        "grid_workers_left_part_time": "2025-07-01",
    }


def test_who_had_left_before_another_employment_began_was_never_in_that() -> None:
    ledger = Grids()
    worker = ledger.enrol("2025-01-01", Employment.PART_TIME)
    ledger.enrol("2025-07-01", Employment.FULL_TIME, again=worker)
    ledger.leave(worker, "2025-05-31")
    assert ledger.counted(worker) == {
        "grid_workers_came": "2025-01-01",
        "grid_workers_came_part_time": "2025-01-01",
        "grid_workers_left": "2025-06-01",
        "grid_workers_left_part_time": "2025-06-01",
    }


def test_who_comes_back_is_counted_again_and_never_twice_on_a_day() -> None:
    ledger = Grids()
    worker = ledger.enrol("2025-01-01")
    ledger.leave(worker, "2025-03-31")
    ledger.leave(worker, "2025-04-30")
    ledger.enrol("2025-02-01", again=worker)
    found = ledger.counted(worker)
    assert found["grid_workers_came"] == "2025-01-01 2025-04-01"
    assert found["grid_workers_left"] == "2025-04-01"


def test_a_correction_moves_the_first_day_and_the_kind() -> None:
    ledger = Grids()
    ledger.register(VILLAGE, "2025-01-01")
    ledger.correct_village(VILLAGE, "2025-02-01", None)
    ledger.end_village(VILLAGE, "2025-06-30")
    assert ledger.counted(VILLAGE) == {
        "villages_came": "2025-02-01",
        "villages_left": "2025-07-01",
    }
    ledger.define(GRID, "2025-01-01", GridKind.MICRO)
    ledger.correct_grid(GRID, None, GridKind.DEDICATED)
    assert ledger.counted(GRID) == {
        "grids_came": "2025-01-01",
        "grids_came_dedicated": "2025-01-01",
    }
    ledger.correct_grid(f"{VILLAGE}002", "2025-01-01", GridKind.BASIC)
    assert ledger.counted(f"{VILLAGE}002") == {}
