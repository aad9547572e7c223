"""Mediators (调解员), as a subject of figures: who is on the roster, people and kinds."""

from collections.abc import Iterable
from operator import attrgetter

from services.stats.domain.anchor import Recurring, Trace
from services.stats.domain.counted_subject import CountedSubject
from services.stats.domain.counter import Condition, Counter
from services.stats.domain.mediator_fact import PERSON, Turn, evolve, mediator_steps
from shared.contracts.mediation_codes import MediatorKind
from shared.contracts.mediators import MediatorEnrolled, MediatorLeft

JOINED = Recurring("joined", Trace((MediatorEnrolled.kind,)), attrgetter("joinings"))
LEFT = Recurring("left", Trace((MediatorLeft.kind,)), attrgetter("leavings"))


def joined_as(kind: MediatorKind) -> str:
    """The counter of those who came as mediators of a kind."""
    return f"mediators_joined_{kind.name.lower()}"


def left_as(kind: MediatorKind) -> str:
    """The counter of those who no longer are."""
    return f"mediators_left_{kind.name.lower()}"


def _is_of_kind(kind: str) -> Condition:
    def holds(turn: Turn) -> bool:
        return turn.kind == kind

    return holds


def _counters() -> Iterable[Counter]:
    yield Counter("mediators_joined", JOINED, _is_of_kind(PERSON))
    yield from (Counter(joined_as(kind), JOINED, _is_of_kind(kind)) for kind in MediatorKind)
    yield Counter("mediators_left", LEFT, _is_of_kind(PERSON))
    yield from (Counter(left_as(kind), LEFT, _is_of_kind(kind)) for kind in MediatorKind)


def _no_dimensions(_: object) -> tuple[()]:
    return ()


MEDIATOR = CountedSubject(
    name="mediator",
    source="/mediation",
    read=mediator_steps,
    begins_with=None,
    evolve=evolve,
    dimensions=(),
    dimensions_of=_no_dimensions,
    counters=tuple(_counters()),
)
