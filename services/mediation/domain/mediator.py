"""A mediator: on the roster with kinds that only ever gain, until the mediator leaves.

  (nobody) ─ MediatorEnrolled ─► on the roster ─ MediatorLeft ─► left ─ MediatorEnrolled ─► …

Nothing here measures a mediator: the roster says who may be assigned, and counts heads.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from shared.contracts.event import Event
from shared.contracts.mediation_codes import MediatorKind
from shared.contracts.mediators import MediatorEnrolled, MediatorLeft
from shared.decider import Decider, EventOfAnotherAggregate
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolMediator:
    """聘任 (appointment): a person is a mediator of these kinds, in addition to earlier ones."""

    mediator_id: str
    kinds: frozenset[MediatorKind]
    person_ref: str
    """Who it is, as the vault knows; never a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StrikeMediator:
    """The mediator leaves the roster."""


MediatorCommand = EnrolMediator | StrikeMediator


@dataclass(frozen=True, slots=True, kw_only=True)
class Mediator:
    """The state of a mediator."""

    version: int = 0
    mediator_id: str | None = None
    person_ref: str | None = None
    kinds: frozenset[MediatorKind] = frozenset()
    on_roster: bool = False


class MediatorNotFound(Refusal):
    """There is no such mediator, or none that this token may see."""

    status = 404
    title = "No such mediator"


class MediatorNeedsAKind(Refusal):
    """A mediator is enrolled as something: at least one kind."""

    status = 422
    title = "The kind is missing"


class MediatorIsAnotherPerson(Refusal):
    """The mediator is enrolled already, as another person."""

    title = "The mediator is another person"


def decide(command: MediatorCommand, mediator: Mediator) -> list[Event]:
    """Decide a command: its events, none if they are recorded already, or a refusal."""
    match command:
        case EnrolMediator():
            return _enrol(command, mediator)
        case StrikeMediator():
            return _strike(mediator)
        case never:
            assert_never(never)


def _enrol(command: EnrolMediator, mediator: Mediator) -> list[Event]:
    """Further kinds only: one person is counted once, whatever was enrolled before."""
    if not command.kinds:
        raise MediatorNeedsAKind(field="kinds")
    if mediator.person_ref not in {None, command.person_ref}:
        raise MediatorIsAnotherPerson(field="person_ref")
    known = mediator.kinds if mediator.on_roster else frozenset()
    further = MediatorKind.in_order(command.kinds - known)
    if not further:
        return []
    enrolled = MediatorEnrolled(
        mediator_id=command.mediator_id, kinds=further, person_ref=command.person_ref
    )
    return [enrolled]


def _strike(mediator: Mediator) -> list[Event]:
    if mediator.mediator_id is None:
        raise MediatorNotFound
    return [MediatorLeft(mediator_id=mediator.mediator_id)] if mediator.on_roster else []


def evolve(mediator: Mediator, event: Event) -> Mediator:
    """The mediator after an event; who comes back has the kinds of the new enrolment.

    TypeError for an event that does not belong to a mediator.
    """
    match event:
        case MediatorEnrolled():
            return Mediator(
                version=mediator.version + 1,
                mediator_id=event.mediator_id,
                person_ref=event.person_ref,
                kinds=(mediator.kinds if mediator.on_roster else frozenset()) | set(event.kinds),
                on_roster=True,
            )
        case MediatorLeft():
            return replace(mediator, version=mediator.version + 1, on_roster=False)
        case _:
            raise EventOfAnotherAggregate(f"{event.kind} is no event of a mediator")


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterCount:
    """People on the roster, each counted once, and once in each of their kinds."""

    people: int
    by_kind: Mapping[MediatorKind, int]


def count(mediators: Iterable[Mediator]) -> RosterCount:
    """The kinds may add up to more than the people: 32 + 15 + 28 is no total."""
    serving = [mediator for mediator in mediators if mediator.on_roster]
    by_kind = Counter(kind for mediator in serving for kind in mediator.kinds)
    return RosterCount(people=len(serving), by_kind={kind: by_kind[kind] for kind in MediatorKind})


MEDIATOR = Decider(initial=Mediator(), decide=decide, evolve=evolve)
