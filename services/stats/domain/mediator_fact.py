"""The fact of a mediator: when somebody was on the roster, and as what.

Kinds gain while a mediator serves; leaving ends them all, and who comes back begins anew. The
roster is counted, nobody on it is measured.
"""

from collections.abc import Iterator
from typing import NamedTuple

from shared.cloudevents import RecordedEvent
from shared.contracts.event import Event
from shared.contracts.mediators import MediatorEnrolled, MediatorEvent, MediatorLeft
from shared.folding.occurrence import Occurrence
from shared.folding.step import Step, occurrence_of, step_of

PERSON = ""
"""The stay of the person, beside those in each kind."""


class Stated(NamedTuple):
    """What an enrolment states: the kinds, parted by spaces."""

    kinds: str


class Stay(NamedTuple):
    """A time on the roster in one kind; it has not ended while `left` is None."""

    kind: str
    joined: Occurrence
    left: Occurrence | None = None


class Turn(NamedTuple):
    """Somebody comes or goes, in one kind."""

    kind: str
    occurrence: Occurrence


class MediatorFact(NamedTuple):
    """One mediator's times on the roster."""

    division: str
    mediator_id: str
    stays: tuple[Stay, ...] = ()

    @property
    def joinings(self) -> tuple[Turn, ...]:
        """Every time that a stay began."""
        return tuple(Turn(stay.kind, stay.joined) for stay in self.stays)

    @property
    def leavings(self) -> tuple[Turn, ...]:
        """Every time that one ended."""
        return tuple(Turn(stay.kind, stay.left) for stay in self.stays if stay.left)


def mediator_steps(event: RecordedEvent, data: Event) -> list[Step]:
    """The step that an event is, none when it is about no mediator; raises EntityElsewhere."""
    match data:
        case MediatorEnrolled():
            stated = Stated(" ".join(kind.value for kind in data.kinds))
            return [step_of(event, data.mediator_id, stated=stated)]
        case MediatorEvent():
            return [step_of(event, data.mediator_id)]
        case _:
            return []


def evolve(fact: MediatorFact | None, step: Step) -> MediatorFact | None:
    """The fact after a step; who leaves without having come is nobody."""
    if step.kind == MediatorEnrolled.kind:
        return _enrolled(fact or MediatorFact(step.division, step.entity_id), step)
    if step.kind == MediatorLeft.kind and fact:
        return fact._replace(stays=tuple(_ended(fact.stays, occurrence_of(step))))
    return fact


def _enrolled(fact: MediatorFact, step: Step) -> MediatorFact:
    serving = {stay.kind for stay in fact.stays if stay.left is None}
    stated: Stated = step.stated
    begun = [kind for kind in (PERSON, *stated.kinds.split()) if kind not in serving]
    occurrence = occurrence_of(step)
    return fact._replace(
        stays=(*fact.stays, *(Stay(kind, occurrence) for kind in dict.fromkeys(begun)))
    )


def _ended(stays: tuple[Stay, ...], occurrence: Occurrence) -> Iterator[Stay]:
    """A mediator's end is never before the beginning, whatever days are reported."""
    for stay in stays:
        if stay.left is not None:
            yield stay
        elif occurrence.at < stay.joined.at:
            yield stay._replace(left=stay.joined._replace(seq=occurrence.seq))
        else:
            yield stay._replace(left=occurrence)
