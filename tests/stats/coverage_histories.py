"""Made-up histories of grids and their patrols, decided by grid's own rules."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import ClassVar

from hypothesis import strategies as st

from services.grid.domain.coverage import CoveredGrid, GridCoverage, Time, coverage
from services.grid.domain.grid import GRID, Grid, GridCommand
from services.grid.domain.grid.correcting import CorrectGrid
from services.grid.domain.grid.defining import DefineGrid
from services.grid.domain.grid.dissolving import DissolveGrid
from services.grid.domain.grid.serving import (
    AssignWorker,
    EndAssignment,
    TakeOver,
    VoidAssignment,
)
from services.grid.domain.named_ids import grid_id
from services.grid.domain.patrol import PATROL, Patrol, RecordPatrol, VoidPatrol
from services.grid.domain.patrol_policy import DAILY
from shared.clocks.shipped import shipped_calendar
from shared.contracts.grid_codes import EndedHow, GridDuty, GridKind
from shared.contracts.grid_reports import GridReportSubmitted
from shared.contracts.mediation_codes import VoidReason
from shared.contracts.report_codes import (
    LadderLevel,
    ReportSource,
    ReportTopic,
    Urgency,
    category_of,
    matter_category_of,
)
from shared.divisions import new_id
from shared.refusals import Refusal
from shared.times import CHINA
from tests.stats.made_up_ledger import TOWNSHIP, MadeUpLedger

BEGINS = date(2025, 2, 20)
CODES = {
    f"{TOWNSHIP}201001": GridKind.BASIC,
    f"{TOWNSHIP}201002": GridKind.BASIC,
    f"{TOWNSHIP}202101": GridKind.MICRO,
}
WORKERS = [new_id(TOWNSHIP) for _ in range(2)]


@dataclass
class GridYear(MadeUpLedger):
    """A township's grids and patrols; `today` is the day on which all that comes is recorded."""

    source: ClassVar[str] = "/grid"
    today: date = BEGINS
    grids: dict[str, Grid] = field(default_factory=lambda: dict.fromkeys(CODES, Grid()))
    patrols: dict[str, Patrol] = field(default_factory=dict)
    past: list["Known"] = field(default_factory=list)
    """What was known after each act."""

    def decide(self, code: str, command: GridCommand) -> None:
        """What grid decides of a command to a grid; nothing where it refuses."""
        try:
            events = GRID.decide(command, self.grids[code])
        except Refusal:
            return
        for event in events:
            self.grids[code] = GRID.evolve(self.grids[code], event)
            self.record(event, grid_id(code), self._now())

    def patrol(self, code: str, day: date, which: int) -> None:
        """One of those who serve the grid that day patrols it, if anybody does."""
        served = list(self.grids[code].served_on(day))
        if day > self.today or not self.grids[code].is_valid_on(day) or not served:
            return
        patrol_id = new_id(TOWNSHIP)
        self._patrol(
            patrol_id,
            RecordPatrol(
                patrol_id=patrol_id,
                grid_code=code,
                worker_ref=served[which % len(served)].worker_id,
                on=day,
                found=False,
                grid_kind=self._kind_of(code),
            ),
            datetime.combine(day, time(9), CHINA),
        )

    def _kind_of(self, code: str) -> GridKind:
        defined = self.grids[code].defined
        return defined.grid_kind if defined else CODES[code]

    def void_patrol(self, which: int) -> None:
        """Any patrol, if there is one."""
        if self.patrols:
            patrol_id = list(self.patrols)[which % len(self.patrols)]
            self._patrol(patrol_id, VoidPatrol(reason=VoidReason.BY_MISTAKE), self._now())

    def _patrol(self, patrol_id: str, command: RecordPatrol | VoidPatrol, at: datetime) -> None:
        patrol = self.patrols.get(patrol_id, PATROL.initial)
        for event in PATROL.decide(command, patrol):
            patrol = PATROL.evolve(patrol, event)
            self.record(event, patrol_id, at)
        self.patrols[patrol_id] = patrol

    def _now(self) -> datetime:
        now = datetime.combine(self.today, time(12), CHINA).astimezone(UTC)
        self.recorded_at = max(self.recorded_at, now)
        return self.recorded_at

    def report(self) -> None:
        """A report in the first of the grids."""
        topic, report_id = ReportTopic.WASTE, new_id(TOWNSHIP)
        submitted = GridReportSubmitted(
            matter_id=new_id(TOWNSHIP),
            report_id=report_id,
            grid_code=next(iter(CODES)),
            category=category_of(topic),
            topic=topic,
            matter_category=matter_category_of(topic),
            urgency=Urgency.NORMAL,
            source=ReportSource.PATROL,
            words_digest="0" * 64,
            persons=(),
            level=LadderLevel.GRID,
        )
        self.record(submitted, report_id, self._now())

    def known(self) -> "Known":
        """All that is on record now."""
        return Known(len(self.events), dict(self.grids), dict(self.patrols))


@dataclass(frozen=True)
class Known:
    """The grids and patrols after so many events."""

    seq: int
    grids: dict[str, Grid]
    patrols: dict[str, Patrol]

    def covered(self, first: date, last: date) -> list[GridCoverage]:
        """The coverage as grid's own route counts it."""
        drawn = {code: grid for code, grid in self.grids.items() if grid.defined}
        return list(
            coverage(
                [_covered(code, grid) for code, grid in drawn.items()],
                [
                    Time(grid_code=code, first_day=each.first_day, last_day=each.last_day)
                    for code, grid in drawn.items()
                    for each in grid.assignments
                ],
                {
                    (each.done.grid_code, each.done.on)
                    for each in self.patrols.values()
                    if each.done and not each.voided
                },
                first=first,
                last=last,
                is_due=partial(DAILY.is_due, calendar=shipped_calendar()),
            )
        )


def _covered(code: str, grid: Grid) -> CoveredGrid:
    assert grid.defined is not None
    return CoveredGrid(
        grid_code=code,
        grid_kind=grid.defined.grid_kind,
        valid_from=grid.defined.valid_from,
        last_day=grid.dissolved.last_day if grid.dissolved else None,
    )


Act = Callable[[GridYear], None]
days = st.dates(BEGINS - timedelta(days=20), BEGINS + timedelta(days=60))
_codes, _numbers = st.sampled_from(list(CODES)), st.integers(0, 20)


@st.composite
def _defined(draw: st.DrawFn) -> Act:
    code, day = draw(_codes), draw(days)
    return lambda year: year.decide(
        code, DefineGrid(grid_code=code, kind=CODES[code], valid_from=day)
    )


@st.composite
def _assigned(draw: st.DrawFn) -> Act:
    code, worker, name = draw(_codes), draw(st.sampled_from(WORKERS)), new_id(TOWNSHIP)
    first, last = draw(days), draw(st.none() | days)

    def assign(year: GridYear) -> None:
        duty = GridDuty.RESPONSIBLE if last is None else GridDuty.SUBSTITUTE
        year.decide(
            code,
            AssignWorker(
                assignment_id=name, worker_id=worker, duty=duty, first_day=first, last_day=last
            ),
        )

    return assign


@st.composite
def _changed(draw: st.DrawFn) -> Act:
    """An assignment ends, is voided or taken over."""
    code, which, how, day = draw(_codes), draw(_numbers), draw(st.integers(0, 2)), draw(days)
    name, worker = new_id(TOWNSHIP), draw(st.sampled_from(WORKERS))

    def change(year: GridYear) -> None:
        known = [each.assignment_id for each in year.grids[code].assignments]
        if not known:
            return
        one = known[which % len(known)]
        commands: list[GridCommand] = [
            EndAssignment(assignment_id=one, last_day=day),
            VoidAssignment(assignment_id=one, reason=VoidReason.BY_MISTAKE),
            TakeOver(
                assignment_id=one,
                successor_assignment_id=name,
                worker_id=worker,
                first_day=day,
            ),
        ]
        year.decide(code, commands[how])

    return change


@st.composite
def _dissolved(draw: st.DrawFn) -> Act:
    """Some days ago or hence, whatever was patrolled since."""
    code, back = draw(_codes), timedelta(days=draw(st.integers(-5, 10)))

    def dissolve(year: GridYear) -> None:
        last_day, how = year.today - back, EndedHow.ABOLISHED
        year.decide(code, DissolveGrid(last_day=last_day, how=how, successors=frozenset()))

    return dissolve


@st.composite
def _corrected(draw: st.DrawFn) -> Act:
    """The grid was of another kind, or began on another day."""
    code, kind = draw(_codes), draw(st.sampled_from([GridKind.BASIC, GridKind.DEDICATED]))
    day = draw(st.none() | days)
    return lambda year: year.decide(code, CorrectGrid(kind=kind, valid_from=day))


@st.composite
def _patrolled(draw: st.DrawFn) -> Act:
    """Some days back, where somebody serves a grid."""
    code, back, which = draw(_codes), timedelta(days=draw(st.integers(0, 12))), draw(_numbers)
    return lambda year: year.patrol(code, year.today - back, which)


@st.composite
def _patrol_voided(draw: st.DrawFn) -> Act:
    which = draw(_numbers)
    return lambda year: year.void_patrol(which)


@st.composite
def _days_passed(draw: st.DrawFn) -> Act:
    passed = timedelta(days=draw(st.integers(1, 9)))

    def wait(year: GridYear) -> None:
        year.today += passed

    return wait


@st.composite
def _drawn_and_served(draw: st.DrawFn) -> Act:
    """A grid that somebody serves without an end."""
    code, name = draw(_codes), new_id(TOWNSHIP)
    day = BEGINS - timedelta(days=draw(st.integers(0, 20)))
    served = day + timedelta(days=draw(st.integers(0, 5)))

    def begin(year: GridYear) -> None:
        year.decide(code, DefineGrid(grid_code=code, kind=CODES[code], valid_from=day))
        duty = GridDuty.RESPONSIBLE
        worker = WORKERS[0]
        year.decide(
            code,
            AssignWorker(assignment_id=name, worker_id=worker, duty=duty, first_day=served),
        )

    return begin


def grid_years() -> st.SearchStrategy[GridYear]:
    """Histories in which some grids are drawn and served first."""
    many = [_patrolled(), _days_passed(), _patrolled()]
    few = [_assigned(), _changed(), _patrol_voided(), _dissolved(), _corrected(), _defined()]
    begun = st.lists(_drawn_and_served(), min_size=1, max_size=4)
    acts = st.lists(st.one_of(*many, *few), min_size=5, max_size=50)
    return st.tuples(begun, acts).map(lambda drawn: _played(*drawn))


def _played(begun: list[Act], acts: list[Act]) -> GridYear:
    year = GridYear(recorded_at=datetime.combine(BEGINS, time(8), CHINA).astimezone(UTC))
    for act in (*begun, *acts):
        act(year)
        year.past.append(year.known())
    return year
