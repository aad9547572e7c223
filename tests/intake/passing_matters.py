"""Many ledgers of a county in memory: cases of one matter, and the follow-ups between them."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count

from services.intake import examples
from services.intake.domain.case import CASE, CaseCommand, CaseFile
from services.intake.domain.transfer_follow_ups import (
    FOLLOWED,
    FollowUp,
    Passing,
    follow_ups,
    leads_on,
)
from shared.contracts.event import Event
from shared.contracts.transfers import TransferNoted
from shared.decider import Mark
from shared.divisions import division_of
from shared.refusals import Refusal
from shared.times import china_day

COUNTY, HOME = "519900", "519900101"
DIVISIONS = (HOME, "519900102", "519900103", COUNTY)
LATE = date(2030, 1, 1)


@dataclass(frozen=True)
class Recorded:
    event: Event
    mark: Mark
    event_id: str


@dataclass
class County:
    """Ledgers whose events are read in their order, each at its own pace and as often as it comes."""

    home_division: str = HOME
    streams: dict[str, list[Recorded]] = field(default_factory=lambda: defaultdict(list))
    unread: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))
    receipts: set[tuple[str, str, str]] = field(default_factory=set)
    numbers: Callable[[], int] = field(default_factory=lambda: count(1).__next__)
    now: datetime = datetime(2025, 3, 4, 2, tzinfo=UTC)

    def __post_init__(self) -> None:
        self.home = self._id(self.home_division)
        filing = replace(examples.FILE, case_id=self.home, external=None)
        self.act(self.home, filing)

    def act(self, case_id: str, command: CaseCommand) -> list[Event]:
        """What the command comes to; raises its refusal."""
        self.now += timedelta(minutes=1)
        before = CASE.at(self.case(case_id), Mark(self.now))
        events = CASE.decide(command, before)
        division = division_of(case_id)
        for event in events:
            event_id = self._id(division)
            recorded = Recorded(event, Mark(self.now, event_id), event_id)
            self.streams[case_id].append(recorded)
            self.unread[division].append((case_id, len(self.streams[case_id])))
        return events

    def tries(self, case_id: str, command: CaseCommand) -> bool:
        try:
            return bool(self.act(case_id, command))
        except Refusal:
            return False

    def case(self, case_id: str, version: int | None = None) -> CaseFile:
        recorded = self.streams[case_id][:version]
        return CASE.fold_marked([(each.event, each.mark) for each in recorded])

    def cases(self) -> dict[str, CaseFile]:
        return {case_id: self.case(case_id) for case_id in list(self.streams)}

    def read(self, division: str, *, killed_after: int | None = None) -> bool:
        """Follow the next event of a ledger; a process that is killed reads it again."""
        if not self.unread[division]:
            return False
        case_id, version = self.unread[division][0]
        recorded = self.streams[case_id][version - 1]
        for done, each in enumerate(self._follow_ups(case_id, version, recorded)):
            if done == killed_after:
                return True
            self._carry_out(each, recorded)
        self.unread[division].pop(0)
        return True

    def settle(self) -> None:
        """All that follows, ledger by ledger."""
        while any(self.read(division) for division in DIVISIONS):
            pass

    def holding(self) -> list[str]:
        """The cases whose ledger holds the matter, by their own folds."""
        return [
            case_id
            for case_id, case in self.cases().items()
            if case.holder and case.holder.case_id == case_id
        ]

    def steps(self, case_id: str, receiver_case_id: str) -> list[str]:
        """What was noted in a case of another one."""
        events = [each.event for each in self.streams[case_id]]
        return [
            event.step.value
            for event in events
            if isinstance(event, TransferNoted) and event.receiver_case_id == receiver_case_id
        ]

    def _follow_ups(
        self, case_id: str, version: int, recorded: Recorded
    ) -> list[FollowUp | Passing]:
        case = self.case(case_id, version)
        concerned = leads_on(recorded.event) or case.reports_to
        if not concerned or not isinstance(recorded.event, FOLLOWED):
            return []
        return follow_ups(recorded.event, case, event_id=recorded.event_id)

    def _carry_out(self, each: FollowUp | Passing, recorded: Recorded) -> None:
        if isinstance(each, Passing):
            number = f"519900-2025-LF-{self.numbers():06}-0"
            command: CaseCommand = each.filing(
                number=number,
                received_on=china_day(self.now),
                person_ref=None,
                content_digest=None,
            )
            stream_id = each.case_id
        else:
            stream_id, command = each.stream_id, each.command
        receipt = (recorded.event_id, type(command).__name__, division_of(stream_id))
        if receipt not in self.receipts:
            self.act(stream_id, command)
            self.receipts.add(receipt)

    def _id(self, division: str) -> str:
        return f"{division}-0198a5c0-0000-7000-8000-{self.numbers():012x}"
