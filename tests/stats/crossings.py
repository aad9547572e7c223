"""Matters that cross the ledgers of a county, and what a plain count of them has to give.

Every event is recorded after what it follows from, whichever ledger it is in; what a receiver or
sender does next may come much later, or never.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from hypothesis import strategies as st

from tests.stats.lives import COUNTY, NEIGHBOUR, TOWNSHIP, Ledger
from tests.stats.made_up_ledger import FIRST_RECORDED

DIVISIONS = (TOWNSHIP, NEIGHBOUR, COUNTY)
_FIRST = date(2025, 1, 1)


@dataclass
class Matter:
    """Where a matter is, and which cases it has left behind."""

    home: str
    case: str
    division: str
    on_its_way: bool = False
    left: list[tuple[str, str]] = field(default_factory=list)
    """The division and case of everybody who passed it on and has not got it back."""
    stages: set[str] = field(default_factory=set)
    """What its present case has come to."""
    next: Callable[[], None] | None = None
    """What follows elsewhere, and has not been recorded yet."""


@dataclass(frozen=True)
class Plain:
    """What a plain count of the matters gives, and where the ledgers stood then."""

    positions: dict[str, int]
    held: Counter[str]
    """By division, how many it holds."""
    on_its_way: int
    matters: int
    passed_on: Counter[str]
    """By division, how many of its registrations others hold."""
    returned: Counter[str]
    stages: dict[str, Counter[str]]
    """By stage and division."""


@dataclass
class County:
    """Its ledgers, its matters, and the plain count after every event."""

    ledgers: dict[str, Ledger] = field(
        default_factory=lambda: {division: Ledger(division) for division in DIVISIONS}
    )
    matters: list[Matter] = field(default_factory=list)
    returned: Counter[str] = field(default_factory=Counter)
    counts: list[Plain] = field(default_factory=list)

    def file(self, division: str) -> None:
        ledger = self._now(division)
        case = ledger.file(self._day(), received_on=None)
        self.matters.append(Matter(division, case, division))
        self._count()

    def pass_on(self, matter: Matter, to: str) -> None:
        """The receiver files a case of its own, or is the home again."""
        if matter.on_its_way or to == matter.division or matter.stages:
            return
        ledger, sender, case = self._now(matter.division), matter.division, matter.case
        if sender == COUNTY:
            ledger.assign(case, self._day(), to_division=to)
        else:
            ledger.forward(case, self._day(), to_division=to)
        matter.left.append((sender, case))
        matter.on_its_way = True
        goes_home = to == matter.home
        matter.next = lambda: self._come_home(matter) if goes_home else self._arrive(matter, to)
        self._count()

    def cross(self, matter: Matter, to: str) -> None:
        """It arrives at once."""
        self.pass_on(matter, to)
        self.go_on(matter)

    def give_back(self, matter: Matter) -> None:
        """The objection is upheld: the receiver's case ends, and the sender learns of it."""
        came_from_another = bool(matter.left) and matter.division != matter.home
        if matter.on_its_way or not came_from_another or matter.stages:
            return
        self._now(matter.division).give_back(matter.case, self._day())
        self.returned[matter.division] += 1
        matter.on_its_way = True
        matter.next = lambda: self._hold_again(matter)
        self._count()

    def bounce(self, matter: Matter) -> None:
        """It is back with its sender at once."""
        self.give_back(matter)
        self.go_on(matter)

    def go_on(self, matter: Matter) -> None:
        """What is to be recorded elsewhere is."""
        if matter.next:
            following, matter.next = matter.next, None
            following()
            self._count()

    def handle(self, matter: Matter, stage: str) -> None:
        """The holder handles it."""
        if matter.on_its_way or stage in matter.stages:
            return
        getattr(self._now(matter.division), _STAGES[stage])(matter.case, self._day())
        matter.stages.add(stage)
        self._count()

    def _arrive(self, matter: Matter, to: str) -> None:
        matter.case = self._now(to).file(self._day(), from_case_id=matter.left[-1][1])
        matter.division, matter.on_its_way = to, False

    def _come_home(self, matter: Matter) -> None:
        """Whoever had it on its way keeps no more than having passed it on."""
        case = next(case for division, case in matter.left if division == matter.home)
        self._now(matter.home).note(case, self._day())
        matter.left = [each for each in matter.left if each[0] != matter.home]
        matter.case, matter.division, matter.on_its_way = case, matter.home, False

    def _hold_again(self, matter: Matter) -> None:
        division, case = matter.left[-1]
        if division != matter.home:
            home = next(case for division, case in matter.left if division == matter.home)
            self._now(matter.home).note(home, self._day(), to_division=division)
            self._count()
        self._now(division).note(case, self._day())
        matter.left.pop()
        matter.case, matter.division, matter.on_its_way = case, division, False

    def _now(self, division: str) -> Ledger:
        """Its ledger, at the next minute of all."""
        ledger = self.ledgers[division]
        ledger.recorded_at = FIRST_RECORDED + timedelta(minutes=len(self.counts))
        return ledger

    def _day(self) -> str:
        return (_FIRST + timedelta(days=3 * len(self.counts))).isoformat()

    def _count(self) -> None:
        there = [matter for matter in self.matters if not matter.on_its_way]
        self.counts.append(
            Plain(
                positions={name: len(each.events) for name, each in self.ledgers.items()},
                held=Counter(matter.division for matter in there),
                on_its_way=len(self.matters) - len(there),
                matters=len(self.matters),
                passed_on=Counter(
                    division for matter in self.matters for division, _ in matter.left
                ),
                returned=Counter(self.returned),
                stages={
                    stage: Counter(matter.division for matter in there if stage in matter.stages)
                    for stage in _STAGES
                },
            )
        )


_STAGES = {"accepted": "accept", "answered": "serve", "resolved": "resolve", "closed": "close"}
_ACTS = st.sampled_from(["pass_on", "go_on", "give_back", *["cross", "bounce"] * 3, *_STAGES])


@st.composite
def counties(draw: st.DrawFn, most: int = 30) -> County:
    """Some matters, and whatever may happen to them."""
    county = County()
    for division in draw(st.lists(st.sampled_from(DIVISIONS), min_size=1, max_size=3)):
        county.file(division)
    acts = st.tuples(_ACTS, st.integers(0, 2), st.sampled_from(DIVISIONS))
    for act, which, to in draw(st.lists(acts, min_size=8, max_size=most)):
        matter = county.matters[which % len(county.matters)]
        if act in {"pass_on", "cross"}:
            getattr(county, act)(matter, to)
        elif act in _STAGES:
            county.handle(matter, act)
        else:
            getattr(county, act)(matter)
    return county
