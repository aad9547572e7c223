"""Ids made of what a record is called: one code is one stream, however often it is stated."""

from datetime import date
from uuid import UUID, uuid5

from shared.contracts.signal_codes import OrderSource
from shared.divisions import township_of

_NAMESPACE = UUID("6b1d1f0e-2a53-5b0c-9c7e-1f6f3e0a8102")
"""Nobody else's, so that no id of another kind is the same: those that are drawn are version 7."""


def village_id(code: str) -> str:
    """The id of the village with this code."""
    return _named(township_of(code), "village", code)


def grid_id(code: str) -> str:
    """The id of the grid with this code."""
    return _named(township_of(code), "grid", code)


def patrol_id(division: str, client_id: str) -> str:
    """The id of the patrol that a telephone calls so: sent twice, it is the same one."""
    return _named(division, "patrol", client_id)


def hotline_order_id(division: str, number: str) -> str:
    """The id of the call that 12345 numbers so: pushed twice, or imported as well, it is one record."""
    return _named(division, "order", f"{OrderSource.HOTLINE_12345.value}/{number}")


def department_order_id(division: str, number: str) -> str:
    """The id of the order that a department numbers so."""
    return _named(division, "order", f"{OrderSource.DEPARTMENT.value}/{number}")


def imported_worker_id(division: str, source: str, number: str) -> str:
    """The id of the worker whom a register numbers so."""
    return _named(division, "worker", f"{source}/{number}")


def imported_assignment_id(worker_id: str, grid_code: str, first_day: date) -> str:
    """The id of an assignment that a register states."""
    name = f"{worker_id}/{grid_code}/{first_day.isoformat()}"
    return _named(township_of(grid_code), "assignment", name)


def weekly_report_id(division: str, week: str) -> str:
    """The id of the township's report of a week."""
    return _named(division, "weekly-report", week)


def assessment_id(division: str, month: str) -> str:
    """The id of the township's assessments of a month."""
    return _named(division, "assessment", month)


def warning_id(division: str, rule: str, subject: str, episode: int) -> str:
    """The id of a rule's first, second … warning about a subject: decided twice, it is the same one."""
    return _named(division, "warning", f"{rule}/{subject}/{episode}")


def watch_id(division: str, warning_id: str) -> str:
    """The id of the entry by which a warning's matter is watched: one warning, one entry."""
    return _named(division, "watch", warning_id)


def _named(division: str, kind: str, name: str) -> str:
    return f"{division}-{uuid5(_NAMESPACE, f'{kind}/{name}')}"
