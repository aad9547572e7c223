"""What a walk keeps of its subjects and of what falls due; a store may put both on disk."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from services.grid.domain.rules.counted_cases import CountedCase
from services.grid.domain.rules.facts import RuleFact, Says
from services.grid.domain.rules.state import RuleState
from shared.contracts.early_warning_codes import WarningLevel


class Place(NamedTuple):
    """A subject of a rule in a ledger."""

    division: str
    rule: str
    subject: str


@dataclass(slots=True, kw_only=True)
class Followed:
    """A subject under a rule: the rule's own state, and what becomes of the open warning."""

    state: RuleState = field(default_factory=RuleState)
    late: list[str] = field(default_factory=list)
    """The events among the kept facts that were recorded late."""
    level: WarningLevel | None = None
    """Of the open warning."""
    expires_at: datetime | None = None
    """When the open warning expires by itself; None where its recorded end is waited for."""
    case: CountedCase | None = None
    """Where the place is that of a case: what the rules keep of it."""

    def note_late(self, event_id: str) -> None:
        """Remember that an event was recorded late, as long as its fact is kept."""
        kept = {each.event_id for each in self.state.facts}
        self.late = [each for each in self.late if each in kept]
        if event_id in kept and event_id not in self.late:
            self.late.append(event_id)

    def members(self) -> list[object]:
        """The same for a store that writes moments and codes in JSON by itself."""
        state = self.state
        return [
            [list(each) for each in state.facts],
            state.counted,
            state.because,
            state.episode,
            state.warning_id,
            state.asked,
            state.quiet_until,
            self.late,
            self.level,
            self.expires_at,
            None if self.case is None else self.case.to_json(),
        ]

    @classmethod
    def from_json(cls, written: Sequence[Any]) -> "Followed":
        """The subject of which `members` were written in JSON."""
        facts, counted, because, episode, warning_id, asked, quiet, late, level, expires, case = (
            written
        )
        state = RuleState(
            facts=[_fact(each) for each in facts],
            counted=counted,
            because=because,
            episode=episode,
            warning_id=warning_id,
            asked=_level(asked),
            quiet_until=_moment(quiet),
        )
        return cls(
            state=state,
            late=late,
            level=_level(level),
            expires_at=_moment(expires),
            case=None if case is None else CountedCase.from_json(case),
        )


class DueKind(StrEnum):
    """What falls due; at one moment a warning ends before a rule looks."""

    EXPIRY = "expiry"
    LOOK = "look"


class Due(NamedTuple):
    """Something falls due. Of one moment the rules come before what tells that something failed."""

    at: datetime
    kind: DueKind
    place: Place


class Followeds(Protocol):
    """The subjects that were met, by their place. What is changed in one of them is kept."""

    def of(self, place: Place) -> Followed:
        """The subject, new where it was not met before."""

    def name(self, warning_id: str, place: Place) -> None:
        """Remember whose warning this is."""

    def named(self, warning_id: str) -> Place | None:
        """Whose warning this is; None where the walk has not raised it."""


class Agenda(Protocol):
    """What falls due, each once: a row that was taken is not put again."""

    def put(self, due: Due) -> None:
        """Keep it until it falls due."""

    def next_before(self, moment: datetime) -> Due | None:
        """Take the first that falls due before that moment."""


def _fact(written: Sequence[Any]) -> RuleFact:
    at, event_id, says, of, matter_id, unit, due, *rest = written
    moment = datetime.fromisoformat(at)
    return RuleFact(moment, event_id, Says(says), of, matter_id, unit, _due(due), *rest)


def _due(written: str | None) -> date | datetime | None:
    if written is None or "T" in written:
        return _moment(written)
    return date.fromisoformat(written)


def _moment(written: str | None) -> datetime | None:
    return None if written is None else datetime.fromisoformat(written)


def _level(written: str | None) -> WarningLevel | None:
    return None if written is None else WarningLevel.of(written)


@dataclass(frozen=True, slots=True)
class CasesOf:
    """The cases of a ledger, each at a place of its own."""

    followeds: Followeds
    division: str

    def get(self, case_id: str, /) -> CountedCase | None:
        """None where nothing was read of it."""
        return self._at(case_id).case

    def __setitem__(self, case_id: str, case: CountedCase, /) -> None:
        """Keep it."""
        self._at(case_id).case = case

    def _at(self, case_id: str) -> Followed:
        return self.followeds.of(Place(self.division, "case", case_id))
