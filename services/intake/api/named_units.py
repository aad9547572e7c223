"""What is looked up of the units and posts that a command about a case names.

One that has ended with nobody to take its matters over is refused: the case would be nobody's, and
no event would say so. The duty catalogue only warns; a person decides.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from services.intake.api.office import Office
from services.intake.domain.case import CaseCommand, CaseFile
from services.intake.domain.case.acceptance import AcceptCase
from services.intake.domain.case.assigning import AssignCase
from services.intake.domain.case.forwarding import ForwardCase
from services.intake.domain.case.handing_over import HandCaseOver
from services.intake.domain.case.recusal import RecordRecusal
from services.intake.domain.duties import UNVERIFIED
from services.intake.domain.posts.refusals import PostHasEnded, PostIsVacant
from services.intake.domain.registry import Place, Registry, Why
from services.intake.domain.units.refusals import UnitHasEnded
from services.intake.store.registry_locks import require_post, require_unit
from shared.handling import Prepare, Prepared, Record
from shared.identity import Role
from shared.ledger import Statement
from shared.office import CommandContext
from shared.refusals import Refusal
from shared.times import china_day

Context = CommandContext[Office, CaseCommand, CaseFile]
REFUSED = (UnitHasEnded, PostHasEnded, PostIsVacant)
"""What a route documents whose command names units or posts."""
_BY_REASON: Mapping[Why, type[Refusal]] = {
    Why.UNIT_ENDED: UnitHasEnded,
    Why.POST_ENDED: PostHasEnded,
    Why.POST_VACANT: PostIsVacant,
}


@dataclass(frozen=True, kw_only=True)
class Names:
    """The unit and the post that are to have the case, each by the field that names it."""

    unit: tuple[str, Place]
    post: tuple[str, Place] | None = None


def names_of(command: CaseCommand, division: str) -> Names | None:
    """What a command names; None where it gives the case to nobody."""
    match command:
        case (
            ForwardCase(to_unit=unit, to_division=across)
            | AssignCase(to_unit=unit, to_division=across)
        ):
            return Names(unit=("to_unit", (across or division, unit)))
        case AcceptCase(responsible_unit=unit, handler=handler):
            return Names(
                unit=("responsible_unit", (division, unit)), post=("handler", (division, handler))
            )
        case HandCaseOver(to_unit=unit, to_post=post):
            return _given(division, unit, post)
        case RecordRecusal(to_unit=unit, to_post=post):
            return _given(division, unit, post) if unit is not None else None
        case _:
            return None


def _given(division: str, unit: str, post: str | None) -> Names:
    named = ("to_post", (division, post)) if post is not None else None
    return Names(unit=("to_unit", (division, unit)), post=named)


def looking_up_names(
    context: Context, prepare: Prepare[CaseFile, CaseCommand]
) -> Prepare[CaseFile, CaseCommand]:
    """The prepare step that looks up what the command names, after a conflict in a newer registry."""
    tried = False

    async def prepare_named(record: Record[CaseFile]) -> Prepared[CaseCommand, CaseFile] | None:
        nonlocal tried
        if tried:
            context.office.registries.forget(context.division)
        tried = True
        prepared = await prepare(record)
        names = names_of(prepared.command, context.division) if prepared else None
        if prepared is None or names is None:
            return prepared
        return await _with_found(context, names, record.state, prepared)

    return prepare_named


async def _with_found(
    context: Context, names: Names, case: CaseFile, prepared: Prepared[CaseCommand, CaseFile]
) -> Prepared[CaseCommand, CaseFile]:
    registry = await context.office.registry(context.division)
    found = _Found(registry, names, china_day(context.office.now()))
    if context.actor.role is not Role.BACKFILL:
        found.refuse_unheld()
    warning = found.warning(case)
    return replace(
        prepared,
        side_writes=[*prepared.side_writes, *found.required()],
        further={**prepared.further, **({"warning": warning} if warning else {})},
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """What the registry has on that day of what a command names."""

    registry: Registry
    names: Names
    on: date

    def refuse_unheld(self) -> None:
        """Raise UnitHasEnded, PostHasEnded or PostIsVacant."""
        name, place = self.names.unit
        unheld = self.registry.unit_unheld(*place, self.on)
        if unheld is None and self.names.post:
            name, place = self.names.post
            unheld = self.registry.post_unheld(*place, self.on)
        if unheld:
            raise _BY_REASON[unheld.why](field=name, since=unheld.since.isoformat())

    def required(self) -> Iterator[Statement]:
        """What keeps the unit and the post from ending between this look-up and the append."""
        unit = self.registry.unit(*self.registry.unit_now(*self.names.unit[1], self.on))
        if unit is not None:
            yield require_unit(unit)
        now = self.registry.post_now(*self.names.post[1], self.on) if self.names.post else None
        post = self.registry.post(*now) if now else None
        if post is not None:
            yield require_post(post)

    def warning(self, case: CaseFile) -> dict[str, object] | None:
        """That a duty of a higher level is given to a unit of a lower one."""
        if case.registration is None:
            return None
        unit = self.registry.unit(*self.registry.unit_now(*self.names.unit[1], self.on))
        return UNVERIFIED.warning(case.registration.category, unit)
