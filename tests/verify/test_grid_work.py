"""The laws of grid work: what a stranger finds in a ledger that was bent."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from services.grid.domain.named_ids import grid_id
from shared.contracts.catalogue import event_class
from shared.divisions import new_id
from tests.stats.made_up_ledger import TOWNSHIP, MadeUpLedger
from tests.verify.exports import Chained, write_export
from tests.verify.tampering import found_in

GRID, DIGEST = f"{TOWNSHIP}201001", "0" * 64
WORKER, OTHER = new_id(TOWNSHIP), new_id(TOWNSHIP)
ID_OF = ("assessment_id", "weekly_report_id", "report_id", "signal_id", "order_id", "patrol_id")
ORDER, REPORT, MATTER = new_id(TOWNSHIP), new_id(TOWNSHIP), new_id(TOWNSHIP)
ASSIGNMENT, COMMITTEE = new_id(TOWNSHIP), new_id(TOWNSHIP)
SERVED: dict[str, Any] = {
    "grid_id": grid_id(GRID),
    "grid_code": GRID,
    "assignment_id": ASSIGNMENT,
    "worker_id": WORKER,
}
DUE = "2025-03-05T04:00:00.000000Z"


class Grid(MadeUpLedger):
    """A ledger of grid; every event is stated whole, and nothing is refused."""

    source = "/grid"

    def say(
        self, kind: str, day: str = "2025-03-04", cause: str | None = None, /, **data: Any
    ) -> str:
        """Record an event; gives its id."""
        about = next((data[each] for each in ID_OF if each in data), grid_id(GRID))
        event = event_class(kind, 1).model_validate(data)
        self.record(event, about, day, cause)
        return self.events[-1].event_id

    def step(
        self, kind: str, on: str = "2025-03-04", cause: str | None = None, **data: Any
    ) -> str:
        """Record a step of the report."""
        about = {"report_id": REPORT, "matter_id": MATTER}
        return self.say(f"grid-report-{kind}", on, cause, **(about | data))

    def submit(self, **changes: Any) -> None:
        said = {
            "grid_code": GRID,
            "category": "sanitation",
            "topic": "waste",
            "matter_category": "other",
            "urgency": "normal",
            "source": "patrol",
            "words_digest": DIGEST,
            "persons": (),
            "level": "grid",
        }
        self.step("submitted", "2025-03-03", **(said | changes))

    def draw(self) -> None:
        """A grid that the worker serves in March."""
        drawn = {"grid_id": grid_id(GRID), "grid_code": GRID, "grid_kind": "basic"}
        self.say("grid-defined", valid_from="2025-03-01", **drawn)
        self.say("grid-worker-assigned", **SERVED, duty="responsible", first_day="2025-03-03")

    def patrol(self, on: str, worker: str = WORKER, patrol_id: str | None = None) -> str:
        """A patrol of that day; gives its id."""
        name = patrol_id or new_id(TOWNSHIP)
        said = {"grid_code": GRID, "worker_ref": worker, "found": False, "grid_kind": "basic"}
        self.say("patrol-done", on, **{"patrol_id": name, "on": on} | said)
        return name

    def order(self, order_id: str = ORDER, **changes: Any) -> None:
        """A work order for the report."""
        said = {
            "order_id": order_id,
            "matter_id": MATTER,
            "source": "department",
            "to_unit": "water-office",
            "nature": "lead",
            "category": "other",
            "number": "水务-7号",
            "report_id": REPORT,
        }
        self.say("work-order-opened", **(said | changes))

    def signal(self) -> str:
        """Somebody calls."""
        name = new_id(TOWNSHIP)
        said = {"source": "grid-app", "kind": "help", "category": "land", "words_digest": DIGEST}
        self.say("signal-received", **{"signal_id": name, "matter_id": name} | said)
        return name

    def link(self, signal: str, to: str, matter: str | None = None) -> None:
        """The one counts with the other."""
        self.say(
            "signal-linked",
            signal_id=signal,
            matter_id=signal,
            to_kind="signal",
            to_id=to,
            to_matter_id=matter or to,
            why="same-matter",
        )

    def week(self, **figures: int) -> None:
        """The tenth week is filed with these numbers."""
        self.say(
            "weekly-report-filed",
            "2025-03-11",
            weekly_report_id=new_id(TOWNSHIP),
            week="2025-W10",
            as_of=len(self.events),
            figures=figures,
            by_category={"sanitation": 1},
            by_urgency={"normal": 1},
            matters=(),
            counted_at="2025-03-11T04:00:00.000000Z",
        )


def findings(ledger: MadeUpLedger, folder: Path, *others: MadeUpLedger) -> list[str]:
    chained = [Chained(each) for each in (ledger, *others)]
    return found_in(write_export(folder, chained, division=TOWNSHIP))


def handled(ledger: Grid, **changes: Any) -> None:
    said: dict[str, Any] = {"on_site": False, "result": "solved", "by_unit": "water-office"}
    said |= changes
    ledger.step("handled", **said)


def a_year() -> Grid:
    """Something of everything, as grid would record it."""
    ledger = Grid()
    ledger.draw()
    ledger.say(
        "patrol-voided",
        reason="by-mistake",
        patrol_id=ledger.patrol("2025-03-03"),
        grid_code=GRID,
        on="2025-03-03",
    )
    ledger.patrol("2025-03-04")
    ledger.submit(due_at=DUE, terms_version="1", level_due_at=DUE)
    ledger.step("term-missed", "2025-03-05", step="check", due_at=DUE)
    ledger.step("escalated", from_level="grid", to_level="village", reason="time-is-over")
    ledger.step("validated", due_at=DUE)
    ledger.step("dispatched", to_unit="roads-office")
    ledger.step("returned", by_unit="roads-office", reason="not-our-remit")
    ledger.step("dispatched", to_unit="water-office")
    handled(ledger)
    ledger.step("verified", confirmed=False, how="call")
    ledger.order()
    ledger.step(
        "converted",
        to="work-order",
        order_id=ORDER,
        matter_category="other",
        village_code=GRID[:12],
    )
    answered = ledger.say("work-order-answered", order_id=ORDER, matter_id=MATTER, result="solved")
    noted: dict[str, Any] = {
        "to": "work-order",
        "record_id": ORDER,
        "outcome": "answered",
        "ended": True,
    }
    ledger.step("outcome-noted", cause=answered, **noted)
    ledger.step("verified", confirmed=True, how="call")
    ledger.step("closed")
    ledger.step("rated", rater="affected", grade="satisfied")
    star, first, second = ledger.signal(), ledger.signal(), ledger.signal()
    ledger.link(first, star)
    ledger.link(second, star)
    ledger.say(
        "signal-unlinked", signal_id=first, matter_id=first, from_kind="signal", from_id=star
    )
    ledger.week(**WEEK)
    return ledger


WEEK = {
    "submitted": 1,
    "validated": 1,
    "handled": 1,
    "converted": 1,
    "closed": 1,
    "patrols-due": 7,
    "patrols-done": 1,
    "days-without-worker": 0,
}


def test_grid_work_that_keeps_its_laws_has_no_finding(tmp_path: Path) -> None:
    assert findings(a_year(), tmp_path) == []


def begun(ledger: Grid, *steps: str) -> Grid:
    ledger.submit()
    for step in steps:
        unit = {"to_unit": "water-office"} if step == "dispatched" else {}
        ledger.step(step, **unit)
    return ledger


def order_twice(ledger: Grid) -> None:
    ledger.order()
    ledger.order(new_id(TOWNSHIP))


def answer_twice(ledger: Grid) -> None:
    ledger.order()
    for _ in range(2):
        ledger.say("work-order-answered", order_id=ORDER, matter_id=MATTER, result="solved")


def chain(ledger: Grid) -> None:
    first, second, third = ledger.signal(), ledger.signal(), ledger.signal()
    ledger.link(first, second)
    ledger.link(second, third)


def counted_twice(ledger: Grid) -> None:
    first, second, third = ledger.signal(), ledger.signal(), ledger.signal()
    ledger.link(first, second)
    ledger.link(first, third)


def other_matter(ledger: Grid) -> None:
    first, second = ledger.signal(), ledger.signal()
    ledger.link(first, second, first)


def unlink_nothing(ledger: Grid) -> None:
    one = ledger.signal()
    ledger.say("signal-unlinked", signal_id=one, matter_id=one, from_kind="signal", from_id=ORDER)


def patrol_after_voiding(ledger: Grid) -> None:
    ledger.draw()
    ledger.say("grid-worker-assignment-voided", **SERVED, reason="by-mistake")
    ledger.recorded_at += timedelta(minutes=10)
    ledger.patrol("2025-03-04")


def patrol_by(worker: str, on: str) -> Callable[[Grid], None]:
    def patrol(ledger: Grid) -> None:
        ledger.draw()
        ledger.patrol(on, worker)

    return patrol


def patrol_of_no_grid(ledger: Grid) -> None:
    ledger.say("grid-worker-assigned", **SERVED, duty="responsible", first_day="2025-03-03")
    ledger.patrol("2025-03-04")


def patrol_twice(ledger: Grid) -> None:
    ledger.draw()
    ledger.patrol("2025-03-04", patrol_id=ledger.patrol("2025-03-03"))


def missed(step: str, due: str, on: str = "2025-03-05") -> Callable[[Grid], None]:
    def miss(ledger: Grid) -> None:
        ledger.submit(due_at=DUE, terms_version="1")
        ledger.step("term-missed", on, step=step, due_at=due)

    return miss


def missed_early(ledger: Grid) -> None:
    due = "2026-02-01T04:00:00.000000Z"
    ledger.submit(due_at=due, terms_version="1")
    ledger.step("term-missed", step="check", due_at=due)


def week_missed(due: str, *, filed: bool = False) -> Callable[[Grid], None]:
    def miss(ledger: Grid) -> None:
        ledger.submit()
        ledger.draw()
        if filed:
            ledger.week(**{"submitted": 1, "open-at-end": 1, "patrols-due": 7})
        ledger.say(
            "weekly-report-missed",
            weekly_report_id=new_id(TOWNSHIP),
            week="2025-W10",
            due_at=due,
            policy_version="1",
            calendar_version="1",
        )

    return miss


def filed_with(**changes: int) -> Callable[[Grid], None]:
    def file(ledger: Grid) -> None:
        ledger.submit()
        ledger.draw()
        ledger.patrol("2025-03-04")
        right = {"submitted": 1, "open-at-end": 1, "patrols-due": 7, "patrols-done": 1}
        ledger.week(**right | changes)

    return file


def steps(*named: str, **last: Any) -> Callable[[Grid], None]:
    def go(ledger: Grid) -> None:
        begun(ledger, *named[:-1])
        if named[-1] == "handled":
            handled(ledger, **last)
        else:
            ledger.step(named[-1], **last)

    return go


TO_CASE = {"to": "case", "matter_category": "other", "village_code": GRID[:12]}
TO_ORDER = TO_CASE | {"to": "work-order", "order_id": ORDER}
NO_STEP, NOT_THE_UNIT = "is no step of a report that is", "a unit that does not have the report"
BENT: dict[str, tuple[Callable[[Grid], None], str]] = {
    "dispatched unchecked": (steps("dispatched", to_unit="water-office"), NO_STEP),
    "validated twice": (steps("validated", "validated"), NO_STEP),
    "closed unverified": (steps("validated", "closed"), NO_STEP),
    "rated open": (steps("validated", "rated", rater="affected", grade="satisfied"), NO_STEP),
    "converted unchecked": (steps("converted", **TO_CASE), NO_STEP),
    "solved on the spot after a unit has it": (
        steps("validated", "dispatched", "handled", on_site=True, by_unit=None),
        NO_STEP,
    ),
    "handled without a dispatch": (
        steps("validated", "handled", by_unit=None),
        NO_STEP,
    ),
    "handled by another unit": (
        steps("validated", "dispatched", "handled", by_unit="roads-office"),
        NOT_THE_UNIT,
    ),
    "returned by another unit": (
        steps(
            "validated", "dispatched", "returned", by_unit="roads-office", reason="not-our-remit"
        ),
        NOT_THE_UNIT,
    ),
    "a level lowered": (
        steps("escalated", from_level="grid", to_level="grid", reason="urgent"),
        "to a higher one",
    ),
    "an order of nobody": (steps("validated", "converted", **TO_ORDER), "was not opened for"),
    "a term not stated": (missed("check", "2025-03-06T04:00:00.000000Z"), "not running"),
    "a term of another step": (missed("handle", DUE), "not running"),
    "a term not over": (missed_early, "before it was over"),
    "one number twice": (order_twice, "with the number of order"),
    "an order answered twice": (answer_twice, "an order that is answered"),
    "a chain of links": (chain, "a chain of links"),
    "counted twice": (counted_twice, "counts with another record already"),
    "another matter": (other_matter, "its record does not have"),
    "no link": (unlink_nothing, "undoes a link that is not there"),
    "a patrol by another worker": (patrol_by(OTHER, "2025-03-04"), "who does not serve"),
    "a patrol before the assignment": (patrol_by(WORKER, "2025-03-02"), "who does not serve"),
    "a patrol after the voiding": (patrol_after_voiding, "who does not serve"),
    "a patrol of no grid": (patrol_of_no_grid, "is not valid on"),
    "a patrol twice": (patrol_twice, "a second time"),
    "a week missed too early": (week_missed("2025-03-09T04:00:00.000000Z"), "before it was due"),
    "a week missed in the future": (
        week_missed("2026-03-09T04:00:00.000000Z"),
        "before it was due",
    ),
    "a week missed after its filing": (
        week_missed("2025-03-10T04:00:00.000000Z", filed=True),
        "filed or missed before",
    ),
    "a number too high": (filed_with(submitted=2), "says submitted 2 for 2025-W10"),
    "a report forgotten": (filed_with(**{"open-at-end": 0}), "says open-at-end 0"),
    "a patrol forgotten": (filed_with(**{"patrols-done": 0}), "says patrols-done 0"),
    "days due forgotten": (filed_with(**{"patrols-due": 5}), "says patrols-due 5"),
    "a gap invented": (filed_with(**{"days-without-worker": 3}), "says days-without-worker 3"),
}


@pytest.mark.parametrize("what", BENT)
def test_what_was_bent_is_found_and_nothing_else(what: str, tmp_path: Path) -> None:
    bend, told = BENT[what]
    ledger = Grid()
    bend(ledger)
    (found,) = findings(ledger, tmp_path)
    assert told in found


class Intake(MadeUpLedger):
    """A ledger of intake with one event."""

    source = "/intake"


def converted(
    outcome: str, *, about: str | None = None, caused: bool = True
) -> list[MadeUpLedger]:
    """A report that is converted to a case, and a note of what came of it."""
    grid, intake = Grid(), Intake()
    begun(grid, "validated")
    conversion = grid.step("converted", **TO_CASE)
    case_id = about or f"{TOWNSHIP}-{conversion.partition('-')[2]}"
    closed = event_class("case-forwarded", 1).model_validate(
        {"case_id": case_id, "matter_id": MATTER, "to_unit": "water-office"}
    )
    intake.record(closed, case_id, "2025-03-05")
    grid.step(
        "outcome-noted",
        cause=intake.events[-1].event_id if caused else None,
        to="case",
        record_id=f"{TOWNSHIP}-{conversion.partition('-')[2]}",
        outcome=outcome,
        ended=False,
    )
    return [grid, intake]


@pytest.mark.parametrize(
    ("outcome", "how", "told"),
    [
        ("accepted", {}, "notes an outcome that its cause did not bring"),
        ("forwarded", {"about": ORDER}, "follows from an event about another record"),
        ("forwarded", {"caused": False}, "names no event that it follows from"),
    ],
)
def test_an_outcome_follows_from_the_event_that_brought_it(
    outcome: str, how: dict[str, Any], told: str, tmp_path: Path
) -> None:
    grid, intake = converted(outcome, **how)
    found = [each for each in findings(grid, tmp_path, intake) if each.startswith("grid/")]
    assert [told in each for each in found] == [True]


def test_an_outcome_of_its_own_case_has_no_finding(tmp_path: Path) -> None:
    grid, intake = converted("forwarded")
    found = findings(grid, tmp_path, intake)
    assert [each for each in found if each.startswith("grid/")] == []
