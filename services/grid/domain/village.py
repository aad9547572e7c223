"""A village or a community on the register.

  (none) ─ VillageRegistered ─► valid ─ VillageDissolved ─► dissolved
                                  ▲└ VillageCorrected

Its code makes its id, so that a code is registered once.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from services.grid.domain.named_ids import village_id
from services.grid.domain.validity import differing, require_order, require_successors
from shared.contracts.event import Event
from shared.contracts.grid import VillageCorrected, VillageDissolved, VillageRegistered
from shared.contracts.grid_codes import EndedHow, VillageKind
from shared.decider import Decider, EventOfAnotherAggregate
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterVillage:
    """The village with this code is valid from a day on."""

    village_code: str
    kind: VillageKind
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectVillage:
    """The register had it wrong: what is None is right."""

    kind: VillageKind | None = None
    valid_from: date | None = None
    title_digest: str | None = None
    """Of another name than the one on record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DissolveVillage:
    """The village ends, and these take its place."""

    last_day: date
    how: EndedHow
    successors: frozenset[str]


VillageCommand = RegisterVillage | CorrectVillage | DissolveVillage


@dataclass(frozen=True, slots=True, kw_only=True)
class Village:
    """The state of a village; each fact is kept as it was published, with what corrects it."""

    version: int = 0
    registered: VillageRegistered | None = None
    title_digest: str | None = None
    """None while it is called as it was first registered."""
    dissolved: VillageDissolved | None = None

    def is_valid_on(self, day: date) -> bool:
        """Whether the village is on the register that day."""
        if self.registered is None or day < self.registered.valid_from:
            return False
        return self.dissolved is None or day <= self.dissolved.last_day


class VillageNotFound(Refusal):
    """There is no such village, or none that this token may see."""

    status = 404
    title = "No such village"


class VillageRegisteredOtherwise(Refusal):
    """The code is on the register already, with another kind or another first day: correct it."""

    title = "The village is registered otherwise"


class VillageNamedOtherwise(Refusal):
    """The code is on the register already, under another name: correct the name."""

    title = "The village has another name"


class VillageDissolvedOtherwise(Refusal):
    """The village came to its end already, on another day or with other successors."""

    title = "The village was dissolved otherwise"


def decide(command: VillageCommand, village: Village) -> list[Event]:
    """Decide a command: its events, none if they are recorded already, or a refusal."""
    match command:
        case RegisterVillage():
            return _register(command, village)
        case CorrectVillage():
            return _correct(command, village)
        case DissolveVillage():
            return _dissolve(command, village)
        case never:
            assert_never(never)


def _register(command: RegisterVillage, village: Village) -> list[Event]:
    registered = VillageRegistered(
        village_id=village_id(command.village_code),
        village_code=command.village_code,
        village_kind=command.kind,
        valid_from=command.valid_from,
    )
    if village.registered is None:
        return [registered]
    if village.registered != registered:
        known = village.registered
        first, *_ = differing(
            {"kind": command.kind, "valid_from": command.valid_from},
            {"kind": known.village_kind, "valid_from": known.valid_from},
        )
        raise VillageRegisteredOtherwise(village_id=known.village_id, field=first)
    return []


def _correct(command: CorrectVillage, village: Village) -> list[Event]:
    """What is right already is not said again; a first day after the last one is refused."""
    known = village.registered
    if known is None:
        raise VillageNotFound
    corrected = VillageCorrected(
        village_id=known.village_id,
        village_code=known.village_code,
        village_kind=command.kind if command.kind is not known.village_kind else None,
        valid_from=command.valid_from if command.valid_from != known.valid_from else None,
        title_digest=command.title_digest,
    )
    if corrected == VillageCorrected(village_id=known.village_id, village_code=known.village_code):
        return []
    if corrected.valid_from and village.dissolved:
        require_order(corrected.valid_from, village.dissolved.last_day)
    return [corrected]


def _after_correction(village: Village, event: VillageCorrected) -> Village:
    if village.registered is None:
        raise AssertionError("a correction of what was never registered")
    stated = {"village_kind": event.village_kind, "valid_from": event.valid_from}
    right = {name: value for name, value in stated.items() if value is not None}
    return replace(
        village,
        version=village.version + 1,
        registered=village.registered.model_copy(update=right),
        title_digest=event.title_digest or village.title_digest,
    )


def _dissolve(command: DissolveVillage, village: Village) -> list[Event]:
    registered = village.registered
    if registered is None:
        raise VillageNotFound
    require_order(registered.valid_from, command.last_day)
    needed = command.how is not EndedHow.ABOLISHED
    require_successors(registered.village_code, command.successors, needed=needed)
    dissolved = VillageDissolved(
        village_id=registered.village_id,
        village_code=registered.village_code,
        last_day=command.last_day,
        how=command.how,
        successors=tuple(sorted(command.successors)),
    )
    if village.dissolved is None:
        return [dissolved]
    if village.dissolved != dissolved:
        raise VillageDissolvedOtherwise(last_day=village.dissolved.last_day.isoformat())
    return []


def evolve(village: Village, event: Event) -> Village:
    """The village after an event; EventOfAnotherAggregate for one of another record."""
    match event:
        case VillageRegistered():
            return replace(village, version=village.version + 1, registered=event)
        case VillageCorrected():
            return _after_correction(village, event)
        case VillageDissolved():
            return replace(village, version=village.version + 1, dissolved=event)
        case _:
            raise EventOfAnotherAggregate(f"{event.kind} is no event of a village")


VILLAGE = Decider(
    initial=Village(),
    decide=decide,
    evolve=evolve,
    # each fact states its own day, which the rules compare
    first_day=lambda _: date.min,
)
