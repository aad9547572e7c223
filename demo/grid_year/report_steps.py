"""A report of the scenario as commands of grid, each with the day and time when it happened."""

from collections.abc import Iterator
from datetime import date, timedelta

from demo.grid_year.scenario import Fate, Report
from demo.mediating.register_text import Body, Step
from shared.contracts.report_codes import (
    HandlingResult,
    ReportRater,
    ReportReturnReason,
    ReportSource,
    VerifiedHow,
)

_FIRST_UNIT = "governance-center"
"""The unit that gives a report back: it is another one's."""


def submission(report: Report) -> Body:
    """The body that submits it."""
    persons = [{"name": f"测试{report.number}"}] if report.source is ReportSource.RESIDENT else []
    return {
        "grid_code": report.grid_code,
        "topic": report.matter.topic,
        "urgency": report.urgency,
        "source": report.source,
        "words": f"{report.matter.words}。",
        "persons": persons,
        "occurred_at": _at(report.on, "10:00"),
    }


def steps(report: Report) -> Iterator[Step]:
    """What follows the submission, from the check to the rating."""
    if report.fate is Fate.REJECTED:
        yield _step("reject", report.on, "11:00", reason=report.rejection)
        return
    yield _step("validate", report.on, "11:00")
    if report.fate is Fate.SOLVED_ON_SITE:
        handled = report.on
        yield _step("solve-on-site", handled, "11:30", result=HandlingResult.SOLVED)
    else:
        handled = report.on + timedelta(days=report.days_to_handle)
        yield from _handling(report, handled)
    yield from _ending(report, handled + timedelta(days=1))


def _handling(report: Report, handled: date) -> Iterator[Step]:
    """By the unit that it is dispatched to, or that has it after another one."""
    dispatched = report.on
    if report.fate is Fate.RETURNED:
        yield _step("dispatch", dispatched, "14:00", to_unit=_FIRST_UNIT)
        reason = ReportReturnReason.NOT_OUR_REMIT
        yield _step("return", dispatched, "16:00", reason=reason)
    yield _step("dispatch", dispatched, "17:00", to_unit=report.matter.unit)
    if report.fate is Fate.NOT_CONFIRMED:
        yield _step("handle", handled, "09:00", result=HandlingResult.EXPLAINED)
        yield _step("verify", handled, "11:00", confirmed=False, how=VerifiedHow.VISIT)
    yield _step("handle", handled, "15:00", result=HandlingResult.SOLVED)


def _ending(report: Report, on: date) -> Iterator[Step]:
    yield _step("verify", on, "09:00", confirmed=True, how=VerifiedHow.CALL)
    yield _step("close", on, "10:00")
    if report.grade is not None:
        rated = on + timedelta(days=1)
        yield _step("rate", rated, "10:00", rater=ReportRater.AFFECTED, grade=report.grade)


def _step(verb: str, on: date, clock: str, **said: object) -> Step:
    return Step(verb, said | {"occurred_at": _at(on, clock)})


def _at(day: date, clock: str) -> str:
    return f"{day.isoformat()}T{clock}:00+08:00"
